<#-- On the person's own page: who can see the sessions, the choice about it, and who has looked. -->
<#import "clinic-frame.ftl" as clinic>
<#import "clinic-times.ftl" as times>

<#-- How many of the looks are there without being asked for. -->
<#assign shown = 3>

<#macro standing at>
  <#local name><bdi>${at.name}</bdi></#local>
  <#if at.hidden><@clinic.say key="clinicOwnerSeesNot" parts=[name]/>
  <#elseif at.allowed><@clinic.say key="clinicOwnerSees" parts=[name]/>
  <#elseif privacy.chosen><@clinic.say key="clinicOwnerSeesStill" parts=[name]/>
  <#else><@clinic.say key="clinicOwnerSeesAlways" parts=[name]/></#if>
</#macro>

<#macro look view>
  <#local name><#if view.name??><bdi>${view.name}</bdi><#else>${msg("clinicNameUnknown")}</#if></#local>
  <#local at><@times.clock view.at/></#local>
  <li><#switch view.role>
    <#case "OWNER"><@clinic.say key="clinicViewedByOwner" parts=[name, at]/><#break>
    <#case "ADMIN"><@clinic.say key="clinicViewedByAdmin" parts=[name, at]/><#break>
    <#default><@clinic.say key="clinicViewedBy" parts=[name, at]/>
  </#switch></li>
</#macro>

<#macro looks>
  <h3 id="clinic-views">${msg("clinicViews")}</h3>
  <#if !privacy.views??>
    <p>${msg("clinicViewsUnknown")}</p>
  <#elseif privacy.views?size == 0>
    <p>${msg("clinicViewsNone")}</p>
  <#else>
    <ul class="clinic-views" role="list" aria-labelledby="clinic-views"><#list privacy.views as view><#if view?index lt shown><@look view/></#if></#list></ul>
    <#if privacy.views?size gt shown>
      <details class="clinic-more">
        <summary>${msg("clinicViewsMore", privacy.views?size - shown)}</summary>
        <ul class="clinic-views" role="list" aria-labelledby="clinic-views"><#list privacy.views[shown..] as view><@look view/></#list></ul>
      </details>
    </#if>
  </#if>
  <p class="clinic-small">${msg("clinicViewsKept", privacy.years)}</p>
</#macro>

<#macro section>
  <#local holds = privacy.clinics?filter(one -> one.hidden)?size gt 0>
  <#local realm><bdi>${privacy.realm}</bdi></#local>
  <section class="clinic-privacy pf-v5-c-content" aria-labelledby="clinic-privacy">
    <h2 id="clinic-privacy">${msg("clinicPrivacy")}</h2>
    <#if privacy.clinics?size == 1>
      <p><@standing privacy.clinics[0]/></p>
    <#elseif privacy.clinics?has_content>
      <ul><#list privacy.clinics as one><li><@standing one/></li></#list></ul>
    </#if>
    <#if holds><p>${msg("clinicHiddenLeaves")}</p></#if>
    <p><@clinic.say key="clinicAdministratorsSee" parts=[realm]/></p>
    <#if privacy.canChoose>
      <#if !holds><p>${msg("clinicHideLeaves")}</p></#if>
      <#if privacy.clinics?size gt 1><p>${msg("clinicChoiceHolds")}</p></#if>
      <form class="clinic-actions" method="post" action="${url.visibility}"><@clinic.state/><input type="hidden" name="hidden" value="${(!privacy.chosen)?c}">
        <button class="pf-v5-c-button pf-m-secondary" type="submit">${msg(privacy.chosen?then("clinicShow", "clinicHide"), privacy.clinics?size)}</button>
      </form>
    </#if>
    <@looks/>
  </section>
</#macro>
