<#ftl output_format="plainText">
<#-- What people have typed must not turn the direction of a text that runs from right to left. -->
<#macro value text><#if ltr>${text}<#else>${"\x2068"}${text}${"\x2069"}</#if></#macro>
<#macro all facts>
<#list facts as fact>
${fact.name} <@value fact.value/>
</#list>
</#macro>
