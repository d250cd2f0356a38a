<#import "template.ftl" as layout>
<#import "clinic-facts.ftl" as lines>
<@layout.emailLayout>
<p>${msg(reported?then("clinicMailOwnerReportedIntro", "clinicMailOwnerIntro"))}</p>
<@lines.all facts/>
<p><#if masked>${msg("clinicMailOwnerMasked")}<#else>${msg(reported?then("clinicMailOwnerReportedDo", "clinicMailOwnerDo"))}</#if></p>
<p>${msg(reported?then("clinicMailOwnerReportedWhy", "clinicMailOwnerWhy"))}</p>
<#if attribution??><p><#if attribution.url?has_content><a href="${attribution.url}">${attribution.text}</a><#else>${attribution.text}</#if></p></#if>
</@layout.emailLayout>
