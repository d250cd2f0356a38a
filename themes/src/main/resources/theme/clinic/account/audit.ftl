<#import "clinic-frame.ftl" as clinic>
<#import "clinic-times.ftl" as times>

<#-- Stable names of the ledger in words. -->
<#assign actionKeys = {
  "SESSION_STARTED": "clinicActionStarted", "SESSION_ENDED": "clinicActionEnded", "SESSIONS_VIEWED": "clinicActionViewed",
  "SETTING_CHANGED": "clinicActionSetting", "VISIBILITY_CHANGED": "clinicActionVisibility", "LIMIT_REACHED": "clinicActionLimit",
  "NEW_DEVICE": "clinicActionNewDevice", "UNFAMILIAR_COUNTRY": "clinicActionCountry", "REPORTED": "clinicActionReported"}>
<#assign causeKeys = {
  "SIGNED_OUT": "clinicCauseSignedOut", "ENDED_BY_USER": "clinicCauseByUser", "ENDED_BY_OWNER": "clinicCauseByOwner",
  "ENDED_BY_ADMIN": "clinicCauseByAdmin", "IDLE_TIMEOUT": "clinicCauseIdle", "MAX_LIFESPAN": "clinicCauseLifespan",
  "SESSION_LIMIT": "clinicCauseLimit", "PASSWORD_CHANGED": "clinicCausePassword", "USER_DISABLED": "clinicCauseDisabled",
  "USER_DELETED": "clinicCauseDeleted", "TOKEN_REVOKED": "clinicCauseRevoked", "REALM_SIGN_OUT": "clinicCauseRealm",
  "REPORTED": "clinicCauseReported", "UNKNOWN": "clinicCauseUnknown"}>

<#-- Settings of ours; Keycloak's own keep the names that its documentation has. -->
<#assign settingKeys = {
  "idleTimeoutMinutes": "clinicSettingIdle", "idleTimeoutReason": "clinicSettingReason", "roleIdleTimeoutMinutes": "clinicRoles",
  "maxHours": "clinicSettingMaxHours", "optOutAllowed": "clinicSettingOptOut", "maxSessions": "clinicMaxSessions", "limitBehavior": "clinicLimitBehavior", "countries": "clinicCountries", "notifyOwner": "clinicSettingNotifyOwner", "accessTokenSeconds": "clinicSettingAccessTokens",
  "boundOffline": "clinicSettingBoundOffline", "endSessionsOnPasswordChange": "clinicSettingPassword", "ledgerYears": "clinicSettingYears"}>
<#assign valueKeys = {"true": "clinicYes", "false": "clinicNo", "-": "clinicSettingNothing"}>
<#assign behaviorKeys = valueKeys + {"choose": "clinicLimitChoose", "end-least-recent": "clinicLimitEnd", "deny": "clinicLimitDeny"}>

<#-- A name that there are no words for yet is shown as it is. -->
<#function words keys name><#return keys[name]???then(msg(keys[name]!""), name)></#function>

<#-- Whatever somebody has written may be in it. -->
<#macro value text setting><bdi>${words((setting == "limitBehavior")?then(behaviorKeys, valueKeys), text)}</bdi></#macro>

<#macro what row>
  <div class="clinic-ledger__what" data-action="${row.action}"<#if row.cause??> data-cause="${row.cause}"</#if> title="${row.action}<#if row.cause??> ${row.cause}</#if>">
    ${words(actionKeys, row.action)}<#if row.cause??><br>${words(causeKeys, row.cause)}</#if>
    <#if row.setting??>
      <br><#if row.role??><#local role><bdi>${row.role}</bdi></#local><span title="${row.setting}"><@clinic.say key="clinicSettingRoles" parts=[role]/></span><#elseif settingKeys[row.setting]??><span title="${row.setting}">${msg(settingKeys[row.setting])}</span><#else><bdi class="clinic-ledger__setting">${row.setting}</bdi></#if><#t>
      <#if row.client??> <#local client><bdi>${row.client}</bdi></#local><@clinic.say key="clinicSettingOfClient" parts=[client]/></#if>
      <#if row.old?? && row.new??>
        <#local old><@value row.old row.setting/></#local><#local new><@value row.new row.setting/></#local><br><@clinic.say key="clinicSettingFromTo" parts=[old, new]/>
        <#if row.reason??><#local reason><bdi>${row.reason}</bdi></#local><br><@clinic.say key="clinicSettingBecause" parts=[reason]/></#if>
      <#elseif row.tried?? && row.inForce??>
        <#local tried><bdi>${row.tried}</bdi></#local><#local inForce><bdi>${row.inForce}</bdi></#local><br><@clinic.say key="clinicSettingTried" parts=[tried, inForce]/>
      </#if>
    </#if>
    <#if row.visibility??><br>${msg((row.visibility == "private")?then("clinicVisibilityHidden", "clinicVisibilityShown"))}</#if>
  </div>
</#macro>

<#macro actor by>
  <#if by.name??><#local name><bdi>${by.name}</bdi></#local></#if>
  <#switch by.type>
    <#case "SELF">${msg("clinicActorSelf")}<#break>
    <#case "SYSTEM">${msg("clinicActorSystem")}<#break>
    <#case "OWNER"><#if name??><@clinic.say key="clinicActorOwnerNamed" parts=[name]/><#else>${msg("clinicActorOwner")}</#if><#break>
    <#case "ADMIN"><#if name??><@clinic.say key="clinicActorAdminNamed" parts=[name]/><#else>${msg("clinicActorAdmin")}</#if><#break>
    <#default><#if name??>${name}</#if>
  </#switch>
</#macro>

<#-- A cell without anything in it has no label on narrow screens either. -->
<#macro cell label><#local text><#nested></#local><td class="pf-v5-c-table__td" role="cell" data-label="${msg(label)}"><#if text?markup_string?trim?has_content><div>${text}</div></#if></td></#macro>

<#macro detail label><div><dt>${label}</dt><dd><bdi><#nested></bdi></dd></div></#macro>

<#macro details row>
  <#if row.sessionRef?? || row.clinic?? || row.actorIpAddress?? || row.further?has_content>
    <details class="clinic-more">
      <summary>${msg("clinicLedgerShow")}</summary>
      <dl class="clinic-details">
        <#if row.sessionRef??><@detail msg("clinicLedgerSessionRef")>${row.sessionRef}</@detail></#if>
        <#if row.clinic??><@detail msg("clinicLedgerClinic")>${row.clinic}</@detail></#if>
        <#if row.actorIpAddress??><@detail msg("clinicLedgerActorAddress")>${row.actorIpAddress}</@detail></#if>
        <#list row.further as one><#local name><bdi>${one.name}</bdi></#local><@detail name>${one.value}</@detail></#list>
      </dl>
    </details>
  </#if>
</#macro>

<#macro entry row>
  <tr class="pf-v5-c-table__tr" role="row">
    <@cell "clinicLedgerWhen"><#if row.masked>${row.at.date}<#else><@times.moment row.at "stamp">${row.at.exact}</@times.moment></#if></@cell>
    <@cell "clinicLedgerWhat"><@what row/></@cell>
    <@cell "clinicLedgerPerson"><#if row.masked><span class="clinic-small">${msg("clinicLedgerOptedOut")}</span><#elseif row.person??><bdi>${row.person}</bdi></#if></@cell>
    <@cell "clinicLedgerDevice"><#if row.device??><bdi>${row.device}</bdi></#if></@cell>
    <@cell "clinicLedgerAddress"><#if row.ipAddress??><bdi dir="ltr">${row.ipAddress}</bdi></#if><#if row.country??><br><bdi>${row.country}</bdi></#if></@cell>
    <@cell "clinicLedgerActor"><@actor row.actor/></@cell>
    <@cell "clinicLedgerDetails"><@details row/></@cell>
  </tr>
</#macro>

<#macro heads keys><#list keys as key><th class="pf-v5-c-table__th" role="columnheader" scope="col">${msg(key)}</th></#list></#macro>

<#assign errorKeys = {
  "user.unknown": "clinicAuditNoSuchPerson", "cause.unknown": "clinicAuditNoSuchCause", "from.date": "clinicAuditNoDate",
  "to.date": "clinicAuditNoDate", "to.order": "clinicAuditOrder"}>

<#-- A field of the filter, with what is wrong about it. -->
<#macro field name label>
  <#local wrong = (audit.errors[name])!"">
  <div class="clinic-field">
    <label class="pf-v5-c-form__label" for="clinic-${name}"><span class="pf-v5-c-form__label-text">${msg(label)}</span></label>
    <span class="pf-v5-c-form-control<#if wrong?has_content> pf-m-error</#if>"><#nested></span>
    <#if wrong?has_content><div class="pf-v5-c-helper-text" id="clinic-${name}-error"><div class="pf-v5-c-helper-text__item pf-m-error"><span class="pf-v5-c-helper-text__item-text">${msg(errorKeys[name + "." + wrong])}</span></div></div></#if>
  </div>
</#macro>
<#macro state name><#if (audit.errors[name])??> aria-invalid="true" aria-describedby="clinic-${name}-error"</#if></#macro>
<#macro arrow><span class="pf-v5-c-form-control__utilities"><span class="pf-v5-c-form-control__toggle-icon"><@clinic.svg viewBox="0 0 10 16"><path d="M.4 5.8h9.2L5 10.8z"/></@clinic.svg></span></span></#macro>

<#macro filter>
  <form class="clinic-filter" method="get" action="${url.audit}" role="search" aria-label="${msg('clinicAuditFilter')}">
    <#if audit.clinics?size gt 1>
      <@field "clinic" "clinicLedgerClinic"><select id="clinic-clinic" name="clinic"><option value="">${msg("clinicAuditAllClinics")}</option><#list audit.clinics as one><option value="${one.alias}"<#if one.alias == audit.clinic> selected</#if>>${one.name}</option></#list></select><@arrow/></@field>
    </#if>
    <@field "user" "clinicAuditPerson"><input id="clinic-user" name="user" value="${audit.typed.user}" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="255"<@state "user"/>></@field>
    <@field "cause" "clinicAuditCause"><select id="clinic-cause" name="cause"<@state "cause"/>><option value="">${msg("clinicAuditAnyCause")}</option><#list audit.causes as cause><option value="${cause}"<#if cause == audit.typed.cause> selected</#if>>${words(causeKeys, cause)}</option></#list></select><@arrow/></@field>
    <@field "from" "clinicAuditFrom"><input id="clinic-from" name="from" type="date" value="${audit.typed.from}"<@state "from"/>></@field>
    <@field "to" "clinicAuditTo"><input id="clinic-to" name="to" type="date" value="${audit.typed.to}"<@state "to"/>></@field>
    <div class="clinic-actions"><button class="pf-v5-c-button pf-m-primary" type="submit">${msg("clinicAuditSearch")}</button>
      <#if audit.filtered><a class="pf-v5-c-button pf-m-link" href="${url.audit}">${msg("clinicAuditReset")}</a></#if></div>
  </form>
  <p class="clinic-small">${msg("clinicAuditDays")}</p>
</#macro>

<@clinic.frame title=msg("clinicAudit") script="clinic-sessions.js">
  <@clinic.noticeAlert/>
  <@clinic.heading title=msg("clinicAudit") intro=msg("clinicAuditIntro")>
    <#if audit.rows?has_content>
      <a class="pf-v5-c-button pf-m-secondary" href="${audit.csv}">${msg("clinicAuditCsv")}</a>
      <a class="pf-v5-c-button pf-m-link" href="${audit.csvForExcel}">${msg("clinicAuditCsvExcel")}</a>
    </#if>
  </@clinic.heading>
  <@filter/>
  <#if audit.rows?has_content>
    <div class="clinic-ledger"<#if audit.now??> data-clinic-now="${audit.now}"</#if>>
      <table class="pf-v5-c-table pf-m-compact pf-m-grid-lg" role="table" aria-label="${msg('clinicAudit')}">
        <thead class="pf-v5-c-table__thead" role="rowgroup"><tr class="pf-v5-c-table__tr" role="row"><@heads ["clinicLedgerWhen", "clinicLedgerWhat", "clinicLedgerPerson", "clinicLedgerDevice", "clinicLedgerAddress", "clinicLedgerActor", "clinicLedgerDetails"]/></tr></thead>
        <tbody class="pf-v5-c-table__tbody" role="rowgroup"><#list audit.rows as row><@entry row/></#list></tbody>
      </table>
    </div>
  <#elseif audit.errors?has_content>
    <p class="clinic-note">${msg("clinicAuditMend")}</p>
  <#elseif audit.hiddenPerson>
    <p class="clinic-note">${msg("clinicAuditHiddenPerson")}</p>
  <#elseif audit.first gt 0 || audit.filtered>
    <p class="clinic-note">${msg("clinicAuditNothingFound")}</p>
  <#else>
    <p class="clinic-note">${msg("clinicAuditNothing")}</p>
  </#if>
  <@clinic.credit/>
  <#if audit.newer?? || audit.older??>
    <nav class="clinic-actions clinic-pages" aria-label="${msg('clinicAuditPages')}">
      <#if audit.newer??><a class="pf-v5-c-button pf-m-secondary" rel="prev" href="${audit.newer}">${msg("clinicAuditNewer")}</a></#if>
      <#if audit.rows?has_content><span>${msg("clinicAuditRange", audit.first + 1, audit.first + audit.rows?size)}</span></#if>
      <#if audit.older??><a class="pf-v5-c-button pf-m-secondary" rel="next" href="${audit.older}">${msg("clinicAuditOlder")}</a></#if>
    </nav>
  </#if>
</@clinic.frame>
