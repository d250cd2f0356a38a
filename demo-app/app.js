// An application of the clinic with the real keycloak-js, and clinic-idle.js straight from Keycloak.
import { keycloakUrl } from "./config.js";
import * as library from "./keycloak.js";

const Keycloak = library.default ?? window.Keycloak; // before version 26 it was no module
const realm = "clinic";
const $ = (id) => document.getElementById(id);
const show = (id) => {
  for (const section of document.querySelectorAll("section")) section.hidden = section.id !== id;
};

const REASONS = {
  idle: "Nobody was there for a while.",
  ended: "The session was ended: signed out elsewhere, or by somebody who may.",
  offline: "Nobody was there for a while, and the server cannot be reached.",
  user: "You have signed out.",
};

function log(text) {
  const entry = document.createElement("li");
  entry.textContent = `${new Date().toLocaleTimeString()}  ${text}`;
  $("log").prepend(entry);
  while ($("log").children.length > 100) $("log").lastChild.remove();
}

// Only to show it: the questions of the guard, in this tab.
const send = window.fetch;
window.fetch = async (url, options) => {
  const response = await send(url, options);
  if (String(url).includes("/me/activity")) {
    const what = options.method === "POST" ? "POST: somebody is there" : "GET: how long still?";
    log(`${what} → ${response.status}`);
  }
  return response;
};

const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

// Nothing of the page stays, neither on the screen nor behind the back button.
function leave(reason) {
  location.replace(`/?signed-out=${reason}`);
}

async function start() {
  const reason = new URLSearchParams(location.search).get("signed-out");
  if (reason) {
    $("reason").textContent = REASONS[reason] ?? "";
    return show("signed-out");
  }

  const keycloak = new Keycloak({ url: keycloakUrl, realm, clientId: "clinic-app" });
  await keycloak.init({ onLoad: "login-required", pkceMethod: "S256", checkLoginIframe: false });
  $("user").textContent = keycloak.tokenParsed.name ?? keycloak.tokenParsed.preferred_username;
  $("security").href = `${keycloakUrl}/realms/${realm}/account/security`;
  show("signed-in");

  const { startIdleGuard } = await import(`${keycloakUrl}/realms/${realm}/clinic-sessions/v1/clinic-idle.js`);
  const signOut = () => keycloak.logout({ redirectUri: `${location.origin}/?signed-out=user` });
  const guard = startIdleGuard({
    keycloakUrl,
    realm,
    async getToken(fresh) {
      // When the session is over, keycloak-js forgets its token; when the network is, it keeps it.
      await keycloak.updateToken(fresh ? -1 : 5).catch(() => {});
      return keycloak.token;
    },
    onUpdate(answer) {
      $("limit").textContent = minutes(answer.idleTimeoutSeconds);
      $("rule").textContent = answer.timeoutReason;
    },
    onSignOut: (why) => (why === "user" ? signOut() : leave(why)),
  });

  $("leave").addEventListener("click", () => guard.signOut());
  setInterval(() => {
    const seconds = guard.secondsLeft();
    $("left").textContent = seconds === undefined ? "…" : minutes(seconds);
  }, 500);
  setInterval(() => {
    keycloak.updateToken(-1).then(() => log("new token"), () => log("no new token"));
  }, 20_000);
}

start().catch((failure) => {
  $("failure").textContent = failure?.message ?? failure?.error ?? String(failure);
  show("broken");
});
