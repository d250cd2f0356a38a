<#import "clinic-frame.ftl" as clinic>

<#macro field id label>
  <div class="pf-v5-c-form__group">
    <div class="pf-v5-c-form__group-label"><label class="pf-v5-c-form__label" for="${id}"><span class="pf-v5-c-form__label-text">${label}</span></label></div>
    <div class="pf-v5-c-form__group-control"><#nested></div>
  </div>
</#macro>

<#macro hint id><div class="pf-v5-c-helper-text" id="${id}"><div class="pf-v5-c-helper-text__item"><span class="pf-v5-c-helper-text__item-text"><#nested></span></div></div></#macro>

<#-- What is wrong stands at the field and is read with it. -->
<#macro problem id><div class="pf-v5-c-helper-text" id="${id}"><div class="pf-v5-c-helper-text__item pf-m-error"><span class="pf-v5-c-helper-text__item-text"><#nested></span></div></div></#macro>

<#assign roleProblems = {"NO_ROLE": "clinicRoleMissing", "UNKNOWN_ROLE": "clinicRoleUnknown", "ROLE_TWICE": "clinicRoleTwice", "NO_MINUTES": "clinicMustBeNumber"}>

<#-- A list that is edited without a script: a row for each role, and some that are empty. -->
<#macro roleList>
  <fieldset class="clinic-roles" aria-describedby="<#if roles.tooMany>clinic-roles-problem </#if>clinic-roles-hint">
    <legend class="pf-v5-c-form__label"><span class="pf-v5-c-form__label-text">${msg("clinicRoles")}</span></legend>
    <#if roles.tooMany><@problem id="clinic-roles-problem">${msg("clinicRolesTooMany", roles.most)}</@problem></#if>
    <@hint id="clinic-roles-hint">${msg("clinicRolesHint")}</@hint>
    <div class="clinic-role clinic-small" aria-hidden="true"><span id="clinic-role-head">${msg("clinicRole")}</span><span id="clinic-role-minutes-head">${msg("clinicRoleMinutes")}</span></div>
    <ul role="list"><#list roles.rows as row><@roleRow row/></#list></ul>
  </fieldset>
</#macro>

<#macro roleRow row>
  <#local id = "clinic-role-" + row.number?c>
  <#local wrong = row.problem!"">
  <#local atMinutes = wrong == "NO_MINUTES">
  <li class="clinic-role">
    <#if row.fixed>
      <span class="clinic-role__name" id="${id}"><bdi>${row.role}</bdi></span>
      <#if roles.writable><input type="hidden" name="${row.fields.role}" value="${row.role}"></#if>
    <#else>
      <span hidden id="${id}">${msg("clinicRoleNew")}</span>
      <span class="pf-v5-c-form-control<#if wrong?has_content && !atMinutes> pf-m-error</#if>"><input id="${id}-name" name="${row.fields.role}" value="${row.role}" dir="auto" maxlength="255" autocomplete="off" autocapitalize="none" spellcheck="false" aria-labelledby="${id} clinic-role-head"<#if wrong?has_content && !atMinutes> aria-invalid="true" aria-describedby="${id}-problem" autofocus</#if>></span>
    </#if>
    <#if roles.writable>
      <span class="pf-v5-c-form-control<#if atMinutes> pf-m-error</#if>"><input id="${id}-minutes" name="${row.fields.minutes}" type="number" inputmode="numeric" min="${idle.least?c}" max="${idle.most?c}" step="1" value="${row.minutes}" aria-labelledby="${id} clinic-role-minutes-head"<#if atMinutes> aria-invalid="true" aria-describedby="${id}-problem" autofocus</#if>></span>
    <#else>
      <span>${row.minutes}</span>
    </#if>
    <#if row.fixed && roles.writable>
      <span class="pf-v5-c-check clinic-role__remove"><input class="pf-v5-c-check__input" type="checkbox" id="${id}-remove" name="${row.fields.remove}" value="true"<#if row.remove> checked</#if> aria-describedby="${id}"><label class="pf-v5-c-check__label" for="${id}-remove">${msg("clinicRoleRemove")}</label></span>
    </#if>
    <#if wrong?has_content><div class="clinic-role__problem"><@problem id=id + "-problem">${msg(roleProblems[wrong], idle.least, idle.most)}</@problem></div></#if>
  </li>
</#macro>

<#assign behaviorKeys = {"choose": "clinicLimitChoose", "end-least-recent": "clinicLimitEnd", "deny": "clinicLimitDeny"}>
<#assign behaviorHints = {"choose": "clinicLimitChooseHint", "end-least-recent": "clinicLimitEndHint", "deny": "clinicLimitDenyHint"}>

<#-- What becomes of a sign-in too many: each way with what it means, the attacker in mind. -->
<#macro behaviorRadio id value label>
  <div class="pf-v5-c-radio">
    <input class="pf-v5-c-radio__input" type="radio" id="clinic-limit-${id}" name="${behavior.name}" value="${value}"<#if behavior.value == value> checked</#if><#if !behavior.writable> disabled</#if> aria-describedby="clinic-limit-${id}-hint">
    <label class="pf-v5-c-radio__label" for="clinic-limit-${id}">${label}</label>
    <span class="pf-v5-c-radio__description" id="clinic-limit-${id}-hint"><#nested></span>
  </div>
</#macro>

<#macro behaviorChoice>
  <fieldset class="clinic-radios" aria-describedby="<#if behavior.bad>clinic-limit-problem </#if>clinic-limit-hint">
    <legend class="pf-v5-c-form__label"><span class="pf-v5-c-form__label-text">${msg("clinicLimitBehavior")}</span></legend>
    <#if behavior.bad><@problem id="clinic-limit-problem">${msg("clinicLimitBehaviorMissing")}</@problem></#if>
    <@hint id="clinic-limit-hint">${msg("clinicLimitBehaviorHint")}</@hint>
    <#if ofAll?? && behavior.writable>
      <@behaviorRadio id="of-all" value="" label=msg("clinicLimitOfAll")>${msg("clinicLimitOfAllHint", msg(behaviorKeys[ofAll.limitBehavior]))}</@behaviorRadio>
    </#if>
    <#list behaviorKeys as value, key><@behaviorRadio id=value value=value label=msg(key)>${msg(behaviorHints[value])}</@behaviorRadio></#list>
  </fieldset>
</#macro>

<#macro fact title><div class="pf-v5-c-description-list__group"><dt class="pf-v5-c-description-list__term"><span class="pf-v5-c-description-list__text">${title}</span></dt><dd class="pf-v5-c-description-list__description"><div class="pf-v5-c-description-list__text"><#nested></div></dd></div></#macro>

<#macro yesNo value>${msg(value?then("clinicYes", "clinicNo"))}</#macro>

<#assign idle = fields.idleTimeoutMinutes>
<#assign reason = fields.idleTimeoutReason>
<#assign optOut = fields.optOutAllowed>
<#assign maxSessions = fields.maxSessions>
<#assign behavior = fields.limitBehavior>
<#assign countries = fields.countries>
<#assign notifyOwner = fields.notifyOwner>
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
    <@field id="clinic-idle" label=msg("clinicIdleTimeout")>
      <#if idle.writable>
        <#-- Of one of several clinics it may be empty: then the value of all of them counts. -->
        <span class="pf-v5-c-form-control clinic-number<#if idle.bad> pf-m-error</#if>"><input id="clinic-idle" name="${idle.name}" type="number" inputmode="numeric" min="${idle.least?c}" max="${idle.most?c}" step="1"<#if ofAll??> placeholder="${ofAll.minutes?c}"<#else> required</#if> value="${idle.value}" aria-describedby="<#if idle.bad>clinic-idle-problem </#if>clinic-idle-hint<#if ofAll??> clinic-idle-of-all</#if>"<#if idle.bad> aria-invalid="true" autofocus</#if>></span>
      <#else>
        <span class="pf-v5-c-form-control clinic-number pf-m-readonly"><input id="clinic-idle" readonly value="${idle.value}" aria-describedby="clinic-idle-hint"></span>
      </#if>
      <#if idle.bad><@problem id="clinic-idle-problem">${msg("clinicMustBeNumber", idle.least, idle.most)}</@problem></#if>
      <@hint id="clinic-idle-hint">${msg("clinicIdleTimeoutHint")}</@hint>
      <#if ofAll?? && idle.writable><@hint id="clinic-idle-of-all"><#assign minutesOfAll><b>${msg("clinicMinutes", ofAll.minutes)}</b></#assign><@clinic.say key="clinicIdleTimeoutOfAll" parts=[minutesOfAll]/></@hint></#if>
    </@field>
    <@field id="clinic-reason" label=msg("clinicIdleReason")>
      <span class="pf-v5-c-form-control<#if reason.bad> pf-m-error</#if><#if !reason.writable> pf-m-readonly</#if>"><input id="clinic-reason" <#if reason.writable>name="${reason.name}" maxlength="${reason.longest?c}"<#else>readonly</#if> dir="auto" value="${reason.value}"<#if takesReason> aria-required="true"</#if> aria-describedby="<#if reason.bad>clinic-reason-problem </#if>clinic-reason-hint"<#if reason.bad> aria-invalid="true" autofocus</#if>></span>
      <#if reason.bad><@problem id="clinic-reason-problem">${msg(reason.missing?then("clinicIdleReasonMissing", "clinicMustBeLine"), reason.longest)}</@problem></#if>
      <@hint id="clinic-reason-hint">${msg("clinicIdleReasonHint")}</@hint>
    </@field>
    <#if roles.rows?has_content || roles.writable><@roleList/></#if>
    <@field id="clinic-max-sessions" label=msg("clinicMaxSessions")>
      <#if maxSessions.writable>
        <span class="pf-v5-c-form-control clinic-number<#if maxSessions.bad> pf-m-error</#if>"><input id="clinic-max-sessions" name="${maxSessions.name}" type="number" inputmode="numeric" min="${maxSessions.least?c}" max="${maxSessions.most?c}" step="1"<#if (ofAll.maxSessions)??> placeholder="${ofAll.maxSessions?c}"</#if> value="${maxSessions.value}" aria-describedby="<#if maxSessions.bad>clinic-max-sessions-problem </#if>clinic-max-sessions-empty clinic-max-sessions-hint"<#if maxSessions.bad> aria-invalid="true" autofocus</#if>></span>
      <#else>
        <span class="pf-v5-c-form-control clinic-number pf-m-readonly"><input id="clinic-max-sessions" readonly value="${maxSessions.value}" aria-describedby="clinic-max-sessions-empty clinic-max-sessions-hint"></span>
      </#if>
      <#if maxSessions.bad><@problem id="clinic-max-sessions-problem">${msg("clinicMaxSessionsWrong", maxSessions.least, maxSessions.most)}</@problem></#if>
      <@hint id="clinic-max-sessions-empty"><#if (ofAll.maxSessions)??>${msg("clinicMaxSessionsOfAll", ofAll.maxSessions)}<#else>${msg("clinicMaxSessionsEmpty")}</#if></@hint>
      <@hint id="clinic-max-sessions-hint">${msg("clinicMaxSessionsHint", maxSessions.least, maxSessions.most)}</@hint>
    </@field>
    <@behaviorChoice/>
    <@field id="clinic-countries" label=msg("clinicCountries")>
      <span class="pf-v5-c-form-control<#if countries.bad> pf-m-error</#if><#if !countries.writable> pf-m-readonly</#if>"><input id="clinic-countries" <#if countries.writable>name="${countries.name}" maxlength="300"<#if (ofAll.countries)??> placeholder="${ofAll.countries}"</#if><#else>readonly</#if> dir="ltr" autocomplete="off" autocapitalize="characters" spellcheck="false" value="${countries.value}" aria-describedby="<#if countries.bad>clinic-countries-problem </#if>clinic-countries-hint clinic-countries-empty<#if countryNames?has_content> clinic-countries-names</#if>"<#if countries.bad> aria-invalid="true" autofocus</#if>></span>
      <#if countries.bad><@problem id="clinic-countries-problem">${msg("clinicCountriesWrong", countries.most)}</@problem></#if>
      <#-- So that a code that was not meant is seen. -->
      <#if countryNames?has_content><@hint id="clinic-countries-names">${msg("clinicCountriesNow")} <b><#list countryNames as one><bdi>${one}</bdi><#sep>${msg("clinicListSeparator")}</#sep></#list></b></@hint></#if>
      <@hint id="clinic-countries-hint">${msg("clinicCountriesHint", countries.most)}</@hint>
      <@hint id="clinic-countries-empty">${msg((ofAll.countries)???then("clinicCountriesOfAll", "clinicCountriesEmpty"))}</@hint>
    </@field>
    <div class="pf-v5-c-form__group">
      <div class="pf-v5-c-form__group-control">
        <div class="pf-v5-c-check">
          <input class="pf-v5-c-check__input" type="checkbox" id="clinic-notify-owner" name="${notifyOwner.name}" value="true"<#if notifyOwner.checked> checked</#if><#if !notifyOwner.writable> disabled</#if> aria-describedby="clinic-notify-owner-hint">
          <label class="pf-v5-c-check__label" for="clinic-notify-owner">${msg("clinicNotifyOwner")}</label>
          <span class="pf-v5-c-check__description" id="clinic-notify-owner-hint">${msg("clinicNotifyOwnerHint")}</span>
        </div>
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
      <@fact title=msg("clinicLongestSession")>${msg("clinicHours", fields.maxHours.inForce)}</@fact>
      <#if ofAll?? && ofAll.roles?has_content>
        <@fact title=msg("clinicRolesOfAll")><#list ofAll.roles as one><div><bdi>${one.role}</bdi>: ${msg("clinicMinutes", one.minutes)}</div></#list></@fact>
      </#if>
      <@fact title=msg("clinicPasswordEndsSessions")><@yesNo fields.endSessionsOnPasswordChange.inForce/></@fact>
      <@fact title=msg("clinicLedgerKept")>${msg("clinicYears", fields.ledgerYears.inForce)}</@fact>
    </dl>
  </section>
</@clinic.frame>
