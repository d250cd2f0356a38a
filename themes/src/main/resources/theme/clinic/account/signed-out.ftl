<#import "clinic-frame.ftl" as clinic>
<@clinic.frame title=msg("clinicSignedOutTitle") refresh=signInUrl>
  <@clinic.heading title=msg("clinicSignedOutTitle")/>
  <div class="pf-v5-c-content"><p>${msg(textKey)}</p></div>
  <p class="clinic-actions"><a class="pf-v5-c-button pf-m-primary" href="${signInUrl}">${msg("clinicSignIn")}</a></p>
</@clinic.frame>
