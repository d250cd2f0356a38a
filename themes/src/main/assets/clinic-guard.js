// Signs the person out of the page when nobody is there, by the very script that applications use.

const { ticket, script, keycloak, realm, ...texts } = document.querySelector("script[data-ticket]").dataset;
const { startIdleGuard } = await import(script);

// Nothing of the page stays, neither on the screen nor behind the back button. The server shows the sign-in page, or this
// page anew, should the session be alive after all.
function leave() {
  document.body.hidden = true;
  location.replace(location.pathname + location.search);
}

// A ticket that is no good although the session is alive is no good in the next page either: that one stays.
function isTriedAgain() {
  const name = "clinic-guard-refused";
  try {
    const before = Number(sessionStorage[name]);
    sessionStorage[name] = Date.now();
    return Date.now() - before < 60_000;
  } catch {
    return true; // nothing can be remembered
  }
}

startIdleGuard({
  keycloakUrl: keycloak,
  realm,
  getToken: () => ticket,
  texts,
  onSignOut(reason) {
    if (reason === "user") document.querySelector(".clinic-account__sign-out").requestSubmit();
    else if (reason !== "ended" || performance.now() > 5_000 || !isTriedAgain()) leave(); // else it would go on for ever
  },
});
