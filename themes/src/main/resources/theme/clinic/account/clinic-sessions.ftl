<#-- Rows of sessions: of the person's own, and of a person whom an owner oversees. -->
<#import "clinic-frame.ftl" as clinic>
<#import "clinic-times.ftl" as times>

<#macro deviceIcon type>
  <@clinic.svg viewBox="0 0 24 24" class="clinic-session__icon">
    <#switch type>
      <#case "desktop"><path d="M2 3h20v14H2zm2 2v10h16V5zm4 14h8v2H8z" fill-rule="evenodd"/><#break>
      <#case "mobile"><path d="M6 1h12v22H6zm2 3v14h8V4zm2.8 16v1.5h2.4V20z" fill-rule="evenodd"/><#break>
      <#case "tablet"><path d="M3 2h18v20H3zm2 2v14h14V4zm5.5 15.5V21h3v-1.5z" fill-rule="evenodd"/><#break>
      <#case "app"><path d="M2 3h20v18H2zm2 5v11h16V8zm0-3v1.5h2V5zm3.5 0v1.5h2V5z" fill-rule="evenodd"/><#break>
      <#default><path d="M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22zm0 2a9 9 0 1 1 0 18 9 9 0 0 1 0-18zm-1.2 13h2.4v2.4h-2.4zM8 9.8h2.3c0-1 .7-1.6 1.7-1.6s1.7.6 1.7 1.4c0 .7-.4 1.1-1.2 1.7-1.1.8-1.7 1.5-1.7 2.9v.4h2.3c0-.8.3-1.2 1.1-1.8 1-.7 1.8-1.6 1.8-3.2 0-2.2-1.7-3.6-4-3.6S8 7.5 8 9.8z" fill-rule="evenodd"/>
    </#switch>
  </@clinic.svg>
</#macro>

<#macro mark color=""><span class="pf-v5-c-label pf-m-compact<#if color?has_content> pf-m-${color}</#if>"><span class="pf-v5-c-label__content"><span class="pf-v5-c-label__text"><#nested></span></span></span></#macro>

<#macro marks s>
  <#if s.current><@mark "green">${msg("clinicMarkCurrent")}</@mark></#if>
  <#if s.newDevice><@mark "orange">${msg("clinicMarkNewDevice")}</@mark></#if>
  <#if s.unfamiliarCountry><@mark "orange">${msg("clinicMarkCountry")}</@mark></#if>
  <#if s.offlineOnly || s.offlineAccess><@mark>${msg("clinicMarkOffline")}</@mark></#if>
  <#if s.impersonated><@mark "orange"><#if s.impersonator??><#local name><bdi>${s.impersonator}</bdi></#local><@clinic.say key="clinicMarkImpersonatedBy" parts=[name]/><#else>${msg("clinicMarkImpersonated")}</#if></@mark></#if>
</#macro>

<#macro ago at><@times.moment at "relative"><#if at.unit != "now">${msg({"minutes": "clinicMinutesAgo", "hours": "clinicHoursAgo", "days": "clinicDaysAgo"}[at.unit], at.count)}</#if></@times.moment></#macro>

<#-- Both wordings are there: after a minute the script changes from one to the other. -->
<#macro activity s index>
  <#local now = s.lastActive.unit == "now">
  <#local since><@ago s.lastActive/></#local>
  <span class="clinic-active" id="clinic-active-${index?c}" title="${s.lastActive.exact}">
    <span class="clinic-active__now"<#if !now> hidden</#if>>${msg("clinicActiveNow")}</span>
    <span class="clinic-active__ago"<#if now> hidden</#if>><@clinic.say key="clinicLastActive" parts=[since]/></span>
  </span>
  <span class="pf-v5-screen-reader">(<@times.moment s.lastActive "exact">${s.lastActive.exact}</@times.moment>)</span>
</#macro>

<#-- Whose rule it is. -->
<#assign ruleKeys = {"CLINIC": "clinicRuleClinic", "NAMED_CLINIC": "clinicRuleNamedClinic", "OTHER_CLINIC": "clinicRuleOtherClinic", "ROLE": "clinicRuleRole", "REALM": "clinicRuleRealm", "BOUND": "clinicRuleBound"}>
<#macro rule timeout><#local name><#if timeout.name??><bdi>${timeout.name}</bdi></#if></#local><@clinic.say key=ruleKeys[timeout.kind] parts=[name]/></#macro>
<#macro duration timeout>${msg({"minutes": "clinicMinutes", "seconds": "clinicSeconds"}[timeout.unit], timeout.count)}</#macro>

<#-- Without idleExpires its longest life ends it first, however much it is used. -->
<#macro lifetime s>
  <#local started><@times.clock s.started/></#local>
  <span><@clinic.say key="clinicSignedInSince" parts=[started]/></span>
  <#if !s.offlineOnly>
    <#if s.expires??><#local latest><@times.until s.expires/></#local></#if>
    <#if s.idleExpires??>
      <#local idle><b><@times.until s.idleExpires/></b></#local>
      <#if s.timeout??>
        <#local whose><@rule s.timeout/></#local><#local after><@duration s.timeout/></#local>
        <span><@clinic.say key="clinicEndsIdleRule" parts=[idle, whose, after]/></span>
      <#else>
        <span><@clinic.say key="clinicEndsIdle" parts=[idle]/></span>
      </#if>
      <#if latest??><span><@clinic.say key="clinicLatest" parts=[latest]/></span></#if>
    <#elseif latest??>
      <span><@clinic.say key="clinicEndsLatest" parts=[latest]/></span>
    </#if>
  </#if>
  <#if s.offlineOnly && s.idleExpires??>
    <#local until><@times.until s.idleExpires/></#local><span><@clinic.say key="clinicKeepsAccessUntil" parts=[until]/></span>
  <#elseif s.offlineOnly || s.offlineAccess>
    <span>${msg("clinicKeepsAccess")}</span>
  </#if>
</#macro>

<#-- An owner is not told the names of those that are none of theirs. -->
<#macro applications s>
  <#local others = s.otherApplications!0>
  <#if s.applications?has_content>
    <span><span class="pf-v5-screen-reader">${msg("clinicApplications")}</span> <#list s.applications as application><bdi>${application}</bdi><#sep>${msg("clinicListSeparator")}</#sep></#list><#if others gt 0> ${msg("clinicAndOtherApplications", others)}</#if></span>
  <#elseif others gt 0>
    <span>${msg("clinicOtherApplications", others)}</span>
  </#if>
</#macro>

<#-- end: where its button leads; report: where its link leads; without, there is none. -->
<#macro session s index end="" report="">
  <li class="clinic-session<#if s.current> clinic-session--current</#if>"<#if s.current> aria-current="true"</#if>>
    <@deviceIcon s.deviceType/>
    <div class="clinic-session__body">
      <h2 class="clinic-session__device"><span id="clinic-device-${index?c}"><#if s.name??><bdi>${s.name}</bdi><#elseif s.label??><bdi>${s.label}</bdi><#else>${msg("clinicDeviceUnknown")}</#if></span> <#if s.name?? && s.label??><span class="clinic-session__label"><bdi>${s.label}</bdi></span> </#if><@marks s/></h2>
      <p class="clinic-facts">
        <span><@activity s index/></span>
        <#if s.ipAddress??><span><span class="pf-v5-screen-reader">${msg("clinicAddress")}</span> <bdi dir="ltr">${s.ipAddress}</bdi></span>
        <#else><span>${msg("clinicAddressUnknown")}</span></#if>
        <#if s.country??><span><span class="pf-v5-screen-reader">${msg("clinicCountry")}</span> <bdi>${s.country}</bdi></span>
        <#elseif s.localNetwork><span>${msg("clinicLocalNetwork")}</span></#if>
        <@applications s/>
      </p>
      <p class="clinic-facts"><@lifetime s/></p>
    </div>
    <#if end?has_content>
      <form class="clinic-session__end" method="post" action="${end}"><@clinic.state/><input type="hidden" name="session" value="${s.id}">
        <button class="pf-v5-c-button pf-m-secondary" type="submit" id="clinic-end-${index?c}" aria-labelledby="clinic-end-${index?c} clinic-device-${index?c}" aria-describedby="clinic-active-${index?c}">${msg("clinicSignOut")}</button>
        <#if report?has_content && !s.current><a class="pf-v5-c-button pf-m-link" id="clinic-report-${index?c}" href="${report}?session=${s.id?url('UTF-8')}" aria-labelledby="clinic-report-${index?c} clinic-device-${index?c}" aria-describedby="clinic-active-${index?c}">${msg("clinicReport")}</a></#if>
      </form>
    </#if>
  </li>
</#macro>
