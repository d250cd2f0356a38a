<#import "clinic-frame.ftl" as clinic>
<@clinic.frame title=msg(titleKey)>
  <@clinic.heading title=msg(titleKey)/>
  <div class="pf-v5-c-content"><p>${msg(textKey)}</p></div>
  <p class="clinic-actions"><a class="pf-v5-c-button pf-m-primary" href="${backUrl!user???then(url.sessions, url.account)}">${msg(backKey!user???then("clinicBackToSessions", "clinicBackToAccount"))}</a></p>
</@clinic.frame>
