<#-- Asks before something of a person of the staff ends. -->
<#import "clinic-frame.ftl" as clinic>
<#assign name><bdi>${person.name}</bdi></#assign>
<#assign device><#if ask.label??><bdi>${ask.label}</bdi><#else>${msg("clinicDeviceUnknown")}</#if></#assign>
<#assign clinics><#list ask.clinics![] as one><bdi>${one}</bdi><#sep>${msg("clinicListSeparator")}</#sep></#list></#assign>
<#assign titles = {"end": "clinicEndTitle", "end-all": "clinicConfirmTitle", "offboard": "clinicOffboardTitle"}>
<#assign buttons = {"end": "clinicSignOut", "end-all": "clinicSignOutEverywhere", "offboard": "clinicOffboard"}>

<@clinic.frame title=msg(titles[ask.what]) script="clinic-sessions.js">
  <@clinic.heading title=msg(titles[ask.what])/>
  <div class="pf-v5-c-content">
    <p class="clinic-whom"><b>${name}</b> · <bdi>${person.username}</bdi></p>
    <#if ask.what == "end">
      <p><@clinic.say key="clinicEndText" parts=[device]/></p>
    <#else>
      <p>${msg("clinicEndAllText", person.count)}</p>
    </#if>
    <#if ask.what == "offboard">
      <p><#if ask.disables>${msg("clinicOffboardDisables")}<#else><@clinic.say key="clinicOffboardLeaves" parts=[name, clinics]/></#if></p>
    <#else>
      <p>${msg("clinicEndAfter")}</p>
    </#if>
  </div>
  <form class="clinic-actions" method="post" action="${ask.action}"><@clinic.state/><#if ask.session??><input type="hidden" name="session" value="${ask.session}"></#if>
    <button class="pf-v5-c-button pf-m-danger" type="submit">${msg(buttons[ask.what])}</button>
    <a class="pf-v5-c-button pf-m-link" href="${person.page}">${msg("clinicCancel")}</a>
  </form>
</@clinic.frame>
