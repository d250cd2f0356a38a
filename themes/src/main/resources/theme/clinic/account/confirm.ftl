<#import "clinic-frame.ftl" as clinic>
<@clinic.frame title=msg("clinicConfirmTitle") script="clinic-sessions.js">
  <@clinic.heading title=msg("clinicConfirmTitle")/>
  <div class="pf-v5-c-content">
    <p>${msg("clinicConfirmText", count)}</p>
    <p>${msg("clinicConfirmAfter")}</p>
  </div>
  <form class="clinic-actions" method="post" action="${url.endAll}"><@clinic.state/>
    <button class="pf-v5-c-button pf-m-danger" type="submit">${msg("clinicSignOutEverywhere")}</button>
    <a class="pf-v5-c-button pf-m-link" href="${url.sessions}">${msg("clinicCancel")}</a>
  </form>
</@clinic.frame>
