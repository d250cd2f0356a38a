<#-- A moment: UTC as the server knows it, turned into the browser's own zone and language by clinic-sessions.js. -->
<#-- exact: shown on hover; the script puts it into the browser's zone too. -->
<#macro moment at format exact=""><time datetime="${at.iso}" data-clinic-format="${format}"<#if exact?has_content> title="${exact}"</#if>><#nested></time></#macro>
<#macro clock at exact=""><@moment at "clock" exact><#if at.date == today>${msg("clinicClock", at.clock)}<#else>${msg("clinicDateClock", at.date, at.clock)}</#if></@moment></#macro>
<#-- When something ends: exactly on hover, and for those who cannot hover. -->
<#macro until at><@clock at at.exact/><span class="pf-v5-screen-reader"> (<@moment at "exact">${at.exact}</@moment>)</span></#macro>
