<#ftl output_format="plainText">
<#import "clinic-facts.ftl" as lines>
${msg("clinicMailGreeting")} <@lines.value personName/>

<#if newDevice>${msg("clinicMailIntroNewDevice")}<#else>${msg("clinicMailIntroCountry")}</#if>

<@lines.all facts/>
${msg("clinicMailWasYou")}<#if unfamiliarCountry> ${msg("clinicMailCountryMayErr")}</#if>

<#if link??>
${msg("clinicMailNotYou")}

${link}

${msg("clinicMailValid", linkUntil)}
<#else>
${msg("clinicMailNotYouByHand")}
</#if>

${msg("clinicMailSafe")}

<@lines.value clinicName/>
<#if attribution??>

${attribution.text}<#if attribution.url?has_content>: ${attribution.url}</#if>
</#if>
