<#-- In place of Keycloak's page for a new password, which has been asked for by a report: the old one has to be given first. -->
<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
  <#if section == "header">
    ${msg("clinicLoginPasswordFirstTitle")}
  <#elseif section == "form">
    <div id="clinic-password-first">
      <p class="pf-v5-u-mb-md">${msg("clinicLoginPasswordFirst")}</p>
      <a class="${properties.kcButtonClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!} ${properties.kcButtonPrimaryClass!}" href="${clinicSignIn}">${msg("clinicLoginPasswordFirstLink")}</a>
    </div>
  </#if>
</@layout.registrationLayout>
