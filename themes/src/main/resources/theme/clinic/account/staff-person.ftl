<#import "clinic-frame.ftl" as clinic>
<#import "clinic-sessions.ftl" as rows>
<#assign name><bdi>${person.name}</bdi></#assign>

<@clinic.frame title=person.name script="clinic-sessions.js">
  <@clinic.noticeAlert/>
  <p class="clinic-back"><a href="${person.list}">${msg("clinicBackToStaff")}</a></p>
  <div class="clinic-heading">
    <div class="pf-v5-c-content">
      <h1 class="pf-v5-c-title pf-m-2xl"><bdi>${person.name}</bdi></h1>
      <p><span class="clinic-facts"><bdi>${person.username}</bdi></span><#if !person.enabled> <@rows.mark "orange">${msg("clinicMarkDisabled")}</@rows.mark></#if></p>
    </div>
    <div class="clinic-actions">
      <#if person.canEnd && person.count gt 0><a class="pf-v5-c-button pf-m-secondary pf-m-danger" href="${person.endAll}">${msg("clinicEndAllAsk")}</a></#if>
      <#if person.canOffboard><a class="pf-v5-c-button pf-m-secondary pf-m-danger" href="${person.offboard}">${msg("clinicOffboardAsk")}</a></#if>
    </div>
  </div>
  <#if person.optedOut>
    <div class="pf-v5-c-content">
      <p><@clinic.say key="clinicOptedOut" parts=[name]/></p>
      <p>${msg("clinicSessionCount", person.count)}</p>
    </div>
  <#elseif view.sessions?has_content>
    <ul class="clinic-sessions" role="list" aria-label="${msg('clinicSessions')}" data-clinic-now="${view.now}">
      <#list view.sessions as s><@rows.session s s?index person.canEnd?then(person.end, "")/></#list>
    </ul>
    <p class="clinic-note"><@clinic.say key="clinicLookIsSeen" parts=[name]/></p>
    <@clinic.credit/>
  <#else>
    <p class="clinic-note">${msg("clinicSessionCount", 0)}</p>
  </#if>
</@clinic.frame>
