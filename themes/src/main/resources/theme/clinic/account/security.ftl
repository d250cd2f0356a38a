<#import "clinic-frame.ftl" as clinic>

<#macro hint key id><div class="pf-v5-c-helper-text" id="${id}"><div class="pf-v5-c-helper-text__item"><span class="pf-v5-c-helper-text__item-text">${msg(key)}</span></div></div></#macro>

<#-- What is wrong stands at the field and is read with it. -->
<#macro problem id least most>
  <div class="pf-v5-c-helper-text" id="${id}"><div class="pf-v5-c-helper-text__item pf-m-error"><span class="pf-v5-c-helper-text__item-text">${msg("clinicMustBeNumber", least, most)}</span></div></div>
</#macro>

<#macro fact title><div class="pf-v5-c-description-list__group"><dt class="pf-v5-c-description-list__term"><span class="pf-v5-c-description-list__text">${title}</span></dt><dd class="pf-v5-c-description-list__description"><div class="pf-v5-c-description-list__text"><#nested></div></dd></div></#macro>

<#macro yesNo value>${msg(value?then("clinicYes", "clinicNo"))}</#macro>

<#assign idle = fields.idleTimeoutMinutes>
<#assign optOut = fields.optOutAllowed>
<#assign name><bdi>${clinicName}</bdi></#assign>

<@clinic.frame title=msg("clinicSecurity") script="clinic-sessions.js" mainTabindex=canSave?then("-1", "0")>
  <@clinic.noticeAlert/>
  <@clinic.heading title=msg("clinicSecurity") intro=msg("clinicSecurityIntro")/>
  <#if clinics?has_content>
    <nav class="clinic-choice" aria-label="${msg('clinicChooseClinic')}">
      <ul role="list"><#list clinics as one><li><a href="${one.href}"<#if one.current> aria-current="true"</#if>><bdi>${one.name}</bdi></a></li></#list></ul>
    </nav>
  </#if>
  <h2 class="pf-v5-c-title pf-m-lg"><@clinic.say key="clinicSecurityOf" parts=[name]/></h2>
  <#if unsaved><p class="clinic-note" role="status"><strong>${msg("clinicNotSavedYet")}</strong></p></#if>
  <form class="pf-v5-c-form clinic-form" method="post" action="${url.security}" novalidate><@clinic.state/>
    <#if clinicAlias?has_content><input type="hidden" name="clinic" value="${clinicAlias}"></#if>
    <div class="pf-v5-c-form__group">
      <div class="pf-v5-c-form__group-label"><label class="pf-v5-c-form__label" for="clinic-idle"><span class="pf-v5-c-form__label-text">${msg("clinicIdleTimeout")}</span></label></div>
      <div class="pf-v5-c-form__group-control">
        <#if idle.writable>
          <span class="pf-v5-c-form-control clinic-number<#if idle.bad> pf-m-error</#if>"><input id="clinic-idle" name="${idle.name}" type="number" inputmode="numeric" min="${idle.least?c}" max="${idle.most?c}" step="1" required value="${idle.value}" aria-describedby="<#if idle.bad>clinic-idle-problem </#if>clinic-idle-hint"<#if idle.bad> aria-invalid="true" autofocus</#if>></span>
        <#else>
          <span class="pf-v5-c-form-control clinic-number pf-m-readonly"><input id="clinic-idle" readonly value="${idle.value}" aria-describedby="clinic-idle-hint"></span>
        </#if>
        <#if idle.bad><@problem id="clinic-idle-problem" least=idle.least most=idle.most/></#if>
        <@hint key=(idle.writable || !canSave)?then("clinicIdleTimeoutHint", "clinicIdleTimeoutOfRealm") id="clinic-idle-hint"/>
      </div>
    </div>
    <div class="pf-v5-c-form__group">
      <div class="pf-v5-c-form__group-control">
        <div class="pf-v5-c-check">
          <input class="pf-v5-c-check__input" type="checkbox" id="clinic-opt-out" name="${optOut.name}" value="true"<#if optOut.checked> checked</#if><#if !optOut.writable> disabled</#if> aria-describedby="clinic-opt-out-hint">
          <label class="pf-v5-c-check__label" for="clinic-opt-out">${msg("clinicOptOutAllowed")}</label>
          <span class="pf-v5-c-check__description" id="clinic-opt-out-hint">${msg("clinicOptOutAllowedHint")}</span>
        </div>
      </div>
    </div>
    <#if canSave>
      <div class="pf-v5-c-form__group pf-m-action"><div class="pf-v5-c-form__group-control"><div class="pf-v5-c-form__actions">
        <button class="pf-v5-c-button pf-m-primary" type="submit">${msg("clinicSave")}</button>
      </div></div></div>
    <#else>
      <p class="clinic-note">${msg("clinicCannotSave")}</p>
    </#if>
  </form>
  <section class="clinic-facts-of-realm" aria-labelledby="clinic-of-realm">
    <h2 class="pf-v5-c-title pf-m-lg" id="clinic-of-realm">${msg("clinicSetByAdministrator")}</h2>
    <dl class="pf-v5-c-description-list pf-m-horizontal-on-md">
      <@fact title=msg("clinicAccessTokens")>${msg("clinicSeconds", fields.accessTokenSeconds.inForce)}</@fact>
      <@fact title=msg("clinicPasswordEndsSessions")><@yesNo fields.endSessionsOnPasswordChange.inForce/></@fact>
      <@fact title=msg("clinicLedgerKept")>${msg("clinicYears", fields.ledgerYears.inForce)}</@fact>
    </dl>
  </section>
</@clinic.frame>
