<#-- On the person's own page: the devices with which they have signed in, their names, and the way to forget one. -->
<#import "clinic-frame.ftl" as clinic>
<#import "clinic-sessions.ftl" as rows>
<#import "clinic-times.ftl" as times>

<#-- How many are there without being asked for. -->
<#assign shown = 5>

<#macro called d><#if d.name??><bdi>${d.name}</bdi><#elseif d.label??><bdi>${d.label}</bdi><#else>${msg("clinicDeviceUnknown")}</#if></#macro>

<#macro naming d id>
  <details class="clinic-more"<#if d.refused> open</#if>>
    <summary>${msg(d.name???then("clinicDeviceRename", "clinicDeviceDoName"))}<span class="pf-v5-screen-reader"> <@called d/></span></summary>
    <form class="pf-v5-c-form clinic-device__form" method="post" action="${url.sessions}/devices/name"><@clinic.state/><input type="hidden" name="device" value="${d.id}">
      <div class="pf-v5-c-form__group">
        <div class="pf-v5-c-form__group-label"><label class="pf-v5-c-form__label" for="${id}-name"><span class="pf-v5-c-form__label-text">${msg("clinicDeviceName")}</span></label></div>
        <div class="pf-v5-c-form__group-control">
          <span class="pf-v5-c-form-control<#if d.refused> pf-m-error</#if>"><input id="${id}-name" name="name" value="${d.typed}" dir="auto" maxlength="${knownDevices.longest?c}" autocomplete="off" aria-describedby="<#if d.refused>${id}-problem </#if>${id}-hint"<#if d.refused> aria-invalid="true" autofocus</#if>></span>
          <#if d.refused><div class="pf-v5-c-helper-text" id="${id}-problem"><div class="pf-v5-c-helper-text__item pf-m-error"><span class="pf-v5-c-helper-text__item-text">${msg("clinicDeviceNameWrong", knownDevices.longest)}</span></div></div></#if>
          <div class="pf-v5-c-helper-text" id="${id}-hint"><div class="pf-v5-c-helper-text__item"><span class="pf-v5-c-helper-text__item-text">${msg("clinicDeviceNameHint", knownDevices.longest)}</span></div></div>
        </div>
      </div>
      <div><button class="pf-v5-c-button pf-m-secondary" type="submit">${msg("clinicDeviceSave")}</button></div>
    </form>
  </details>
</#macro>

<#macro device d index>
  <#local id = "clinic-known-" + index?c>
  <li class="clinic-device" id="${id}">
    <div class="clinic-device__head">
      <h3 class="clinic-device__name"><span id="${id}-called"><@called d/></span><#if d.name?? && d.label??> <span class="clinic-session__label"><bdi>${d.label}</bdi></span></#if> <#if d.current><@rows.mark "green">${msg("clinicMarkCurrent")}</@rows.mark></#if></h3>
      <#if knownDevices.canChange>
        <form method="post" action="${url.sessions}/devices/forget"><@clinic.state/><input type="hidden" name="device" value="${d.id}">
          <button class="pf-v5-c-button pf-m-link pf-m-inline" type="submit" id="${id}-forget" aria-labelledby="${id}-forget ${id}-called" aria-describedby="clinic-devices-forget">${msg("clinicDeviceForget")}</button>
        </form>
      </#if>
    </div>
    <#local first><@times.clock d.firstSeen d.firstSeen.exact/></#local><#local last><@times.clock d.lastSeen d.lastSeen.exact/></#local>
    <p class="clinic-facts">
      <span><@clinic.say key="clinicDeviceLastSeen" parts=[last]/></span>
      <span><@clinic.say key="clinicDeviceFirstSeen" parts=[first]/></span>
      <#if d.countries?has_content><span><span class="pf-v5-screen-reader">${msg("clinicDeviceCountries")}</span> <#list d.countries as country><bdi>${country}</bdi><#sep>${msg("clinicListSeparator")}</#sep></#list></span></#if>
    </p>
    <#if knownDevices.canChange><@naming d id/></#if>
  </li>
</#macro>

<#macro section>
  <#local all = knownDevices.list>
  <section class="clinic-privacy clinic-devices pf-v5-c-content" aria-labelledby="clinic-devices">
    <h2 id="clinic-devices">${msg("clinicDevices")}</h2>
    <#if all?has_content>
      <p>${msg("clinicDevicesIntro")}</p>
      <ul class="clinic-views" role="list" aria-labelledby="clinic-devices"><#list all as d><#if d?index lt shown><@device d d?index/></#if></#list></ul>
      <#if all?size gt shown>
        <#local rest = all[shown..]>
        <details class="clinic-more"<#if rest?filter(d -> d.refused)?size gt 0> open</#if>>
          <summary>${msg("clinicDevicesMore", rest?size)}</summary>
          <ul class="clinic-views" role="list" aria-labelledby="clinic-devices"><#list rest as d><@device d d?index + shown/></#list></ul>
        </details>
      </#if>
      <#if knownDevices.canChange><p class="clinic-small" id="clinic-devices-forget">${msg("clinicDevicesForget")}</p></#if>
    <#else>
      <p>${msg("clinicDevicesNone")}</p>
    </#if>
  </section>
</#macro>
