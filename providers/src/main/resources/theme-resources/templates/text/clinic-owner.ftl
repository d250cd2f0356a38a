<#ftl output_format="plainText">
<#import "clinic-facts.ftl" as lines>
${msg(reported?then("clinicMailOwnerReportedIntro", "clinicMailOwnerIntro"))}

<@lines.all facts/>
<#if masked>${msg("clinicMailOwnerMasked")}<#else>${msg(reported?then("clinicMailOwnerReportedDo", "clinicMailOwnerDo"))}</#if>

${msg(reported?then("clinicMailOwnerReportedWhy", "clinicMailOwnerWhy"))}
<#if attribution??>

${attribution.text}<#if attribution.url?has_content>: ${attribution.url}</#if>
</#if>
