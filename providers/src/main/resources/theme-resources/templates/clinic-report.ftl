<#-- The link of a mail: a sign-in is reported as not the person's. Made of what every sign-in theme has: template.ftl, and classes that may be missing. -->
<#import "template.ftl" as layout>
<#assign titles = {"ask": "clinicLoginReportTitle", "done": "clinicLoginReportDoneTitle", "invalid": "clinicLoginReportInvalidTitle", "failed": "clinicLoginReportTitle"}>
<#assign button = properties.kcButtonClass! + " " + properties.kcButtonBlockClass! + " " + properties.kcButtonLargeClass!>

<#macro link href label primary=true><a class="${button} ${primary?then(properties.kcButtonPrimaryClass!, properties.kcButtonSecondaryClass!(properties.kcButtonDefaultClass!""))} pf-v5-u-mt-md" href="${href}" rel="noreferrer">${label}</a></#macro>

<@layout.registrationLayout displayMessage=false; section>
  <#if section == "header">
    ${msg(titles[clinicReport.state])}
  <#elseif section == "form">
    <div id="clinic-report" data-state="${clinicReport.state}">
    <#switch clinicReport.state>
      <#case "ask">
        <p class="pf-v5-u-mb-md">${msg("clinicLoginReportIntro")}</p>
        <p class="pf-v5-u-mb-md pf-v5-u-text-break-word">
          ${msg("clinicLoginReportSignedIn")} <bdi>${clinicReport.at.exact}</bdi><br>
          <#if clinicReport.device??>${msg("clinicLoginReportDevice")} <bdi>${clinicReport.device}</bdi><br></#if>
          <#if clinicReport.ipAddress??>${msg("clinicLoginReportAddress")} <bdi dir="ltr">${clinicReport.ipAddress}</bdi></#if>
        </p>
        <p class="pf-v5-u-mb-md">${msg("clinicLoginReportWhat")}</p>
        <form class="${properties.kcFormClass!}" method="post">
          <div class="${properties.kcCheckboxClass!} pf-v5-u-mb-md">
            <input class="${properties.kcCheckboxInputClass!}" type="checkbox" id="clinic-others" name="others" value="true">
            <label class="${properties.kcCheckboxLabelClass!}" for="clinic-others">${msg("clinicLoginReportOthers")}</label>
          </div>
          <button class="${button} ${properties.kcButtonPrimaryClass!}" type="submit" id="clinic-report-submit">${msg("clinicLoginReportSubmit")}</button>
        </form>
        <p class="pf-v5-u-mt-md">${msg("clinicLoginReportWasMe")}</p>
        <#break>
      <#case "done">
        <p class="pf-v5-u-mb-md">${msg("clinicLoginReportEnded", clinicReport.ended)}</p>
        <#switch clinicReport.password>
          <#case "REQUIRED"><p>${msg("clinicLoginReportPasswordRequired")}</p><#break>
          <#case "NONE"><p>${msg("clinicLoginReportPasswordNone")}</p><#break>
          <#case "ELSEWHERE"><#break>
          <#default><p>${msg("clinicLoginReportPasswordAdministration")}</p>
        </#switch>
        <#if clinicReport.elsewhere?has_content><p>${msg((clinicReport.password == "ELSEWHERE")?then("clinicLoginReportPasswordElsewhere", "clinicLoginReportPasswordAlsoAt"))} <#list clinicReport.elsewhere as place><b><bdi>${place}</bdi></b><#sep>${msg("clinicLoginListSeparator")}</#sep></#list></p></#if>
        <#if clinicReport.password == "REQUIRED"><@link clinicReport.change msg("clinicLoginReportChange")/><#else><@link clinicReport.signIn msg("clinicLoginReportSignIn") false/></#if>
        <#break>
      <#case "invalid">
        <p class="pf-v5-u-mb-md">${msg("clinicLoginReportInvalid")}</p>
        <p class="pf-v5-u-mb-md">${msg("clinicLoginReportInvalidDo")}</p>
        <@link clinicReport.signIn msg("clinicLoginReportSignIn")/>
        <#break>
      <#default>
        <p>${msg("clinicLoginReportFailed")}</p>
    </#switch>
    </div>
  </#if>
</@layout.registrationLayout>
