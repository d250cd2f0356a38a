<#macro all facts>
<table cellpadding="4">
<#list facts as fact>
  <tr><th scope="row" align="${ltr?then('left', 'right')}" valign="top">${fact.name}</th><td><bdi>${fact.value}</bdi></td></tr>
</#list>
</table>
</#macro>
