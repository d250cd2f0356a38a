<#import "clinic-frame.ftl" as clinic>
<#import "clinic-sessions.ftl" as rows>

<#-- Without JavaScript too: what is looked for stands in the address. -->
<#macro searchForm>
  <form class="clinic-search" method="get" action="${url.staff}" role="search">
    <div class="clinic-search__field">
      <label class="pf-v5-c-form__label" for="clinic-search"><span class="pf-v5-c-form__label-text">${msg("clinicSearch")}</span></label>
      <span class="pf-v5-c-form-control<#if list.tooLong> pf-m-error</#if>"><input type="search" id="clinic-search" name="search" value="${list.search}" autocomplete="off" dir="auto"<#if list.tooLong> aria-invalid="true" aria-describedby="clinic-search-error"</#if>></span>
    </div>
    <#if list.clinics?has_content>
      <div class="clinic-search__field">
        <label class="pf-v5-c-form__label" for="clinic-clinic"><span class="pf-v5-c-form__label-text">${msg("clinicChooseClinic")}</span></label>
        <span class="pf-v5-c-form-control"><select id="clinic-clinic" name="clinic">
          <option value="">${msg("clinicAllClinics")}</option>
          <#list list.clinics as one><option value="${one.alias}"<#if one.chosen> selected</#if>>${one.name}</option></#list>
        </select><span class="pf-v5-c-form-control__utilities"><span class="pf-v5-c-form-control__toggle-icon"><@clinic.svg viewBox="0 0 10 16"><path d="M.4 5.8h9.2L5 10.8z"/></@clinic.svg></span></span></span>
      </div>
    </#if>
    <button class="pf-v5-c-button pf-m-secondary" type="submit">${msg("clinicSearchButton")}</button>
    <#if list.tooLong><p class="clinic-search__error" id="clinic-search-error">${msg("clinicSearchTooLong", list.longestSearch)}</p></#if>
  </form>
</#macro>

<#macro person p index>
  <li class="clinic-person">
    <div class="clinic-person__who">
      <p class="clinic-person__name"><a href="${p.href}"><bdi>${p.name}</bdi></a><#if p.own> <@rows.mark "green">${msg("clinicMarkYou")}</@rows.mark></#if><#if !p.enabled> <@rows.mark "orange">${msg("clinicMarkDisabled")}</@rows.mark></#if></p>
      <p class="clinic-facts"><bdi>${p.username}</bdi></p>
    </div>
    <p class="clinic-person__count">${msg("clinicSessionCount", p.count)}</p>
    <p class="clinic-person__active"><#if p.optedOut>${msg("clinicOptedOutShort")}<#elseif p.lastActive??><@rows.activity p index/></#if></p>
  </li>
</#macro>

<#macro pages>
  <nav class="clinic-actions clinic-pages" aria-label="${msg('clinicPages')}">
    <span>${msg("clinicRange", list.from, list.to, list.total)}</span>
    <#if list.previous??><a class="pf-v5-c-button pf-m-secondary" rel="prev" href="${list.previous}">${msg("clinicPrevious")}</a></#if>
    <#if list.next??><a class="pf-v5-c-button pf-m-secondary" rel="next" href="${list.next}">${msg("clinicNext")}</a></#if>
  </nav>
</#macro>

<@clinic.frame title=msg("clinicStaff") script="clinic-sessions.js">
  <@clinic.noticeAlert/>
  <@clinic.heading title=msg("clinicStaff") intro=msg("clinicStaffIntro")/>
  <@searchForm/>
  <#if list.people?has_content>
    <ul class="clinic-people" role="list" aria-label="${msg('clinicStaff')}" data-clinic-now="${list.now}">
      <#list list.people as p><@person p p?index/></#list>
    </ul>
    <@pages/>
  <#elseif list.search?has_content>
    <#if !list.tooLong><p class="clinic-note" role="status">${msg("clinicNobodyFound")}</p></#if>
    <p><a class="pf-v5-c-button pf-m-link pf-m-inline" href="${list.all}">${msg("clinicShowAll")}</a></p>
  <#else>
    <p class="clinic-note">${msg("clinicNoStaff")}</p>
  </#if>
</@clinic.frame>
