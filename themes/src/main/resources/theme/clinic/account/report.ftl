<#-- Asks before a sign-in is reported as not the person's. -->
<#import "clinic-frame.ftl" as clinic>
<#import "clinic-sessions.ftl" as rows>
<@clinic.frame title=msg("clinicReportTitle") script="clinic-sessions.js">
  <@clinic.heading title=msg("clinicReportTitle")/>
  <#if ask.session??>
    <ul class="clinic-sessions" role="list" aria-label="${msg('clinicReportedSession')}"><@rows.session ask.session 0/></ul>
  <#else>
    <p class="clinic-note">${msg("clinicReportOver")}</p>
  </#if>
  <div class="pf-v5-c-content clinic-said">
    <p>${msg("clinicReportText")}</p>
    <p>${msg("clinicReportPassword")}</p>
  </div>
  <form class="pf-v5-c-form" method="post" action="${url.report}"><@clinic.state/><input type="hidden" name="session" value="${ask.id}">
    <div class="pf-v5-c-check">
      <input class="pf-v5-c-check__input" type="checkbox" id="clinic-others" name="others" value="true">
      <label class="pf-v5-c-check__label" for="clinic-others">${msg("clinicReportOthers")}</label>
    </div>
    <div class="clinic-actions">
      <button class="pf-v5-c-button pf-m-danger" type="submit">${msg("clinicReport")}</button>
      <a class="pf-v5-c-button pf-m-link" href="${url.sessions}">${msg("clinicCancel")}</a>
    </div>
  </form>
  <@clinic.credit/>
</@clinic.frame>
