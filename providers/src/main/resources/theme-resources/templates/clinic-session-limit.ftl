<#-- Which sessions are to end before one more begins. Made of what every sign-in theme has: template.ftl, and classes that may be missing. -->
<#import "template.ftl" as layout>
<#assign error><#if messagesPerField.existsError("session")>${messagesPerField.get("session")}</#if></#assign>

<#macro moment at format><time datetime="${at.iso}" data-clinic-format="${format}"><#nested></time></#macro>
<#macro ago at><#if at.unit == "now">${msg("clinicLoginNow")}<#else>${msg({"minutes": "clinicLoginMinutesAgo", "hours": "clinicLoginHoursAgo", "days": "clinicLoginDaysAgo"}[at.unit], at.count)}</#if></#macro>

<#macro session s index>
  <div class="${properties.kcCheckboxClass!} pf-v5-u-mb-md">
    <input class="${properties.kcCheckboxInputClass!}" type="checkbox" id="clinic-session-${index?c}" name="session" value="${s.id}"<#if s.chosen> checked</#if>
        aria-describedby="clinic-facts-${index?c}"<#if error?has_content> aria-invalid="true"<#if index == 0> autofocus</#if></#if>>
    <label class="${properties.kcCheckboxLabelClass!} pf-v5-u-font-weight-bold pf-v5-u-text-break-word" for="clinic-session-${index?c}"><#if s.name??><bdi>${s.name}</bdi><#if s.label??> (<bdi>${s.label}</bdi>)</#if><#elseif s.label??><bdi>${s.label}</bdi><#else>${msg("clinicLoginDeviceUnknown")}</#if></label>
    <div class="pf-v5-c-check__description pf-v5-u-text-break-word" id="clinic-facts-${index?c}">
      ${msg("clinicLoginLastActive")} <@ago s.lastActive/> (<@moment s.lastActive "exact">${s.lastActive.exact}</@moment>)<br>
      ${msg("clinicLoginSignedIn")} <@moment s.started "exact">${s.started.exact}</@moment><br>
      <#if s.ipAddress??>${msg("clinicLoginAddress")} <bdi dir="ltr">${s.ipAddress}</bdi><#else>${msg("clinicLoginAddressUnknown")}</#if>
      <#if s.applications?has_content><br>${msg("clinicLoginApplications")} <#list s.applications as application><bdi>${application}</bdi><#sep>${msg("clinicLoginListSeparator")}</#sep></#list></#if>
      <#if s.offlineAccess><br>${msg("clinicLoginOffline")}</#if>
      <#if s.impersonated><br>${msg("clinicLoginImpersonated")}</#if>
    </div>
  </div>
</#macro>

<@layout.registrationLayout displayMessage=!error?has_content; section>
  <#if section == "header">
    ${msg("clinicLoginLimitTitle")}
  <#elseif section == "show-username">
    <#-- Themes without this class show the name in place of the heading. -->
    <#if !properties.kcLoginMainTitle??><h1 id="kc-page-title">${msg("clinicLoginLimitTitle")}</h1></#if>
  <#elseif section == "form">
    <form id="clinic-session-limit" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
      <p class="pf-v5-u-mt-md">${msg("clinicLoginLimitIntro", clinicLimit.max, clinicLimit.needed)} ${msg("clinicLoginLimitWhen")}</p>
      <fieldset class="${properties.kcFormGroupClass!} pf-v5-c-form__fieldset"<#if error?has_content> aria-describedby="input-error-session"</#if>>
        <legend class="${properties.kcFormLabelClass!} pf-v5-u-mb-md"><span class="${properties.kcFormLabelTextClass!}">${msg("clinicLoginLimitSessions")}</span></legend>
        <#if error?has_content>
          <div class="${properties.kcInputHelperTextClass!} pf-v5-u-mb-md">
            <div class="${properties.kcInputHelperTextItemClass!} ${properties.kcError!}">
              <span id="input-error-session" class="${properties.kcInputErrorMessageClass!}" aria-live="polite">${error}</span>
            </div>
          </div>
        </#if>
        <#list clinicLimit.sessions as s><@session s s?index/></#list>
      </fieldset>
      <div class="${properties.kcFormGroupClass!}">
        <div class="${properties.kcFormActionGroupClass!}">
          <button class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}" type="submit" id="clinic-continue">${msg("clinicLoginLimitContinue")}</button>
          <button class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!(properties.kcButtonDefaultClass!"")} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}" type="submit" name="cancel" value="true" id="kc-cancel">${msg("doCancel")}</button>
        </div>
      </div>
    </form>
    <script type="module" src="${url.resourcesPath}/js/clinic-session-limit.js"></script>
  </#if>
</@layout.registrationLayout>
