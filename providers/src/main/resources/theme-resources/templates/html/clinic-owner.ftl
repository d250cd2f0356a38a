<#import "template.ftl" as layout>
<#import "clinic-facts.ftl" as lines>
<@layout.emailLayout>
<p>${msg(reported?then("clinicMailOwnerReportedIntro", "clinicMailOwnerIntro"))}</p>
<@lines.all facts/>
<p><#if masked>${msg("clinicMailOwnerMasked")}<#else>${msg(reported?then("clinicMailOwnerReportedDo", "clinicMailOwnerDo"))}</#if></p>
<p>${msg(reported?then("clinicMailOwnerReportedWhy", "clinicMailOwnerWhy"))}</p>
</@layout.emailLayout>
