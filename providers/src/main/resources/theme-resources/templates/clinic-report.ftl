<#-- The link of a mail: a sign-in is reported as not the person's. Made of what every sign-in theme has: template.ftl, and classes that may be missing. -->
<#import "template.ftl" as layout>
<#assign titles = {"ask": "clinicReportTitle", "done": "clinicReportDoneTitle", "invalid": "clinicReportInvalidTitle", "failed": "clinicReportTitle"}>
<#assign button = properties.kcButtonClass! + " " + properties.kcButtonBlockClass! + " " + properties.kcButtonLargeClass!>

<#macro link href label primary=true><a class="${button} ${primary?then(properties.kcButtonPrimaryClass!, properties.kcButtonSecondaryClass!(properties.kcButtonDefaultClass!""))} pf-v5-u-mt-md" href="${href}" rel="noreferrer">${label}</a></#macro>

<@layout.registrationLayout displayMessage=false; section>
  <#if section == "header">
    ${msg(titles[clinicReport.state])}
  <#elseif section == "form">
    <div id="clinic-report" data-state="${clinicReport.state}">
    <#switch clinicReport.state>
      <#case "ask">
        <p class="pf-v5-u-mb-md">${msg("clinicReportIntro")}</p>
        <#if clinicReport.started??>
          <p class="pf-v5-u-mb-md pf-v5-u-text-break-word">
            ${msg("clinicReportSignedIn")} <bdi>${clinicReport.started.exact}</bdi><br>
            <#if clinicReport.device??>${msg("clinicReportDevice")} <bdi>${clinicReport.device}</bdi><br></#if>
            <#if clinicReport.ipAddress??>${msg("clinicReportAddress")} <bdi dir="ltr">${clinicReport.ipAddress}</bdi></#if>
          </p>
        <#else>
          <p class="pf-v5-u-mb-md">${msg("clinicReportUnknown")}</p>
        </#if>
        <p class="pf-v5-u-mb-md">${msg("clinicReportWhat")}</p>
        <form class="${properties.kcFormClass!}" method="post">
          <div class="${properties.kcCheckboxClass!} pf-v5-u-mb-md">
            <input class="${properties.kcCheckboxInputClass!}" type="checkbox" id="clinic-others" name="others" value="true">
            <label class="${properties.kcCheckboxLabelClass!}" for="clinic-others">${msg("clinicReportOthers")}</label>
          </div>
          <button class="${button} ${properties.kcButtonPrimaryClass!}" type="submit" id="clinic-report-submit">${msg("clinicReportSubmit")}</button>
        </form>
        <p class="pf-v5-u-mt-md">${msg("clinicReportWasMe")}</p>
        <#break>
      <#case "done">
        <p class="pf-v5-u-mb-md">${msg("clinicReportEnded", clinicReport.ended)}</p>
        <#switch clinicReport.password>
          <#case "REQUIRED"><p>${msg("clinicReportPasswordRequired")}</p><#break>
          <#case "NONE"><p>${msg("clinicReportPasswordNone")}</p><#break>
          <#case "ELSEWHERE"><#break>
          <#default><p>${msg("clinicReportPasswordAdministration")}</p>
        </#switch>
        <#if clinicReport.elsewhere?has_content><p>${msg("clinicReportPasswordElsewhere")} <#list clinicReport.elsewhere as place><b><bdi>${place}</bdi></b><#sep>${msg("clinicLoginListSeparator")}</#sep></#list></p></#if>
        <#if clinicReport.password == "REQUIRED"><@link clinicReport.change msg("clinicReportChange")/><#else><@link clinicReport.signIn msg("clinicReportSignIn") false/></#if>
        <#break>
      <#case "invalid">
        <p class="pf-v5-u-mb-md">${msg("clinicReportInvalid")}</p>
        <p class="pf-v5-u-mb-md">${msg("clinicReportInvalidDo")}</p>
        <@link clinicReport.signIn msg("clinicReportSignIn")/>
        <#break>
      <#default>
        <p>${msg("clinicReportFailed")}</p>
    </#switch>
    </div>
  </#if>
</@layout.registrationLayout>
