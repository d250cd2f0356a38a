<#import "template.ftl" as layout>
<#import "clinic-facts.ftl" as lines>
<@layout.emailLayout>
<p>${msg("clinicMailGreeting")} <bdi>${personName}</bdi></p>
<p><#if newDevice>${msg("clinicMailIntroNewDevice")}<#else>${msg("clinicMailIntroCountry")}</#if></p>
<@lines.all facts/>
<p><b>${msg("clinicMailWasYou")}</b><#if unfamiliarCountry> ${msg("clinicMailCountryMayErr")}</#if></p>
<#if link??>
<p>${msg("clinicMailNotYou")}</p>
<p><a href="${link}">${msg("clinicMailNotYouLink")}</a></p>
<p>${msg("clinicMailValid", linkUntil)}</p>
<#else>
<p>${msg("clinicMailNotYouByHand")}</p>
</#if>
<p>${msg("clinicMailSafe")}</p>
<p><bdi>${clinicName}</bdi></p>
<#if attribution??><p><#if attribution.url?has_content><a href="${attribution.url}">${attribution.text}</a><#else>${attribution.text}</#if></p></#if>
</@layout.emailLayout>
