<#-- A moment: UTC as the server knows it, turned into the browser's own zone and language by clinic-sessions.js. -->
<#macro moment at format><time datetime="${at.iso}" data-clinic-format="${format}"><#nested></time></#macro>
<#macro clock at><@moment at "clock"><#if at.date == today>${msg("clinicClock", at.clock)}<#else>${msg("clinicDateClock", at.date, at.clock)}</#if></@moment></#macro>
