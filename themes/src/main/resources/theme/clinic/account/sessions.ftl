<#import "clinic-frame.ftl" as clinic>
<#import "clinic-devices.ftl" as deviceSection>
<#import "clinic-privacy.ftl" as privacySection>
<#import "clinic-sessions.ftl" as rows>
<#import "clinic-times.ftl" as times>

<#-- What the applications have been told. Closed, so that the notice stays a line. -->
<#macro receiptDetails>
  <div class="pf-v5-c-alert__description">
    <details class="clinic-receipt"<#if receipt.open> open</#if>>
      <summary>${msg("clinicReceipt")}</summary>
      <#if receipt.ended??>
        <#local at><@times.clock receipt.ended/></#local>
        <#local now = receipt.ended.unit == "now">
        <p class="clinic-active" title="${receipt.ended.exact}"><@clinic.say key="clinicReceiptEnded" parts=[at]/>
          <span class="clinic-active__now"<#if !now> hidden</#if>>(${msg("clinicJustNow")})</span>
          <span class="clinic-active__ago"<#if now> hidden</#if>>(<@rows.ago receipt.ended/>)</span>
        </p>
      </#if>
      <#if receipt.applications?has_content>
        <#if receipt.refusedByAll??><#local by><b><@times.clock receipt.refusedByAll/></b></#local><p><@clinic.say key="clinicReceiptRefusedByAll" parts=[by]/></p></#if>
        <ul class="clinic-receipt__applications" role="list">
          <#list receipt.applications as application>
            <#local by><@times.clock application.refuses/></#local>
            <li><div><bdi>${application.name}</bdi></div><@rows.mark color=stateColors[application.state]>${msg(stateKeys[application.state])}</@rows.mark> <span class="clinic-receipt__refuses"><@clinic.say key="clinicReceiptRefuses" parts=[by]/></span></li>
          </#list>
        </ul>
        <#if receipt.waiting><p><a href="${url.sessions}?receipt=${receipt.id}">${msg("clinicReceiptAgain")}</a></p></#if>
      <#else>
        <p>${msg("clinicReceiptNoApplications")}</p>
      </#if>
    </details>
  </div>
</#macro>
<#assign stateKeys = {"ANSWERED": "clinicReceiptAnswered", "WAITING": "clinicReceiptWaiting", "FAILED": "clinicReceiptFailed", "NOT_TOLD": "clinicReceiptNotTold", "BY_KEYCLOAK": "clinicReceiptByKeycloak"}>
<#assign stateColors = {"ANSWERED": "green", "WAITING": "blue", "FAILED": "orange", "NOT_TOLD": "", "BY_KEYCLOAK": ""}>

<@clinic.frame title=msg("clinicSessions") script="clinic-sessions.js" mainTabindex=view.canEnd?then("-1", "0")>
  <@clinic.noticeAlert>
    <#if receipt??><@receiptDetails/></#if>
    <#if passwordUrl??><div class="pf-v5-c-alert__action-group"><a class="pf-v5-c-button pf-m-link pf-m-inline" href="${passwordUrl}">${msg("clinicChoosePassword")}</a></div></#if>
  </@clinic.noticeAlert>
  <@clinic.heading title=msg("clinicSessions") intro=msg(view.canEnd?then("clinicSessionsIntro", "clinicCannotEnd"))>
    <#if view.canEnd>
      <#if view.otherCount gt 0>
        <form method="post" action="${url.endOthers}"><@clinic.state/><button class="pf-v5-c-button pf-m-secondary" type="submit">${msg("clinicSignOutOthers")}</button></form>
      </#if>
      <a class="pf-v5-c-button pf-m-secondary pf-m-danger" href="${url.endAll}">${msg("clinicSignOutEverywhere")}</a>
    </#if>
  </@clinic.heading>
  <ul class="clinic-sessions" role="list" aria-label="${msg('clinicSessionsList')}"<#if view.now??> data-clinic-now="${view.now}"</#if>>
    <#list view.sessions as s><@rows.session s s?index view.canEnd?then(url.end, "") view.canReport?then(url.report, "")/></#list>
  </ul>
  <#if view.otherCount == 0><p class="clinic-note">${msg("clinicNoOthers")}</p></#if>
  <@clinic.credit/>
  <@deviceSection.section/>
  <@privacySection.section/>
</@clinic.frame>
