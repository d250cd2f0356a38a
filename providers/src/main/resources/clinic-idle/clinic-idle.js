// Signs people out of a page where nobody is any more: docs/idle.md. It counts down from the server's answers, asks again
// before it warns and before it signs out, and believes neither clock: one can be set, one can stop in a sleep.

const TEXTS = {
  en: ["Are you still there?", "Nobody has used this page for a while. To protect its data, you will be signed out in:", "Stay signed in", "Sign out"],
  de: ["Sind Sie noch da?", "Diese Seite wurde eine Weile nicht benutzt. Zum Schutz der Daten werden Sie abgemeldet in:", "Angemeldet bleiben", "Abmelden"],
  ar: ["هل ما زلت هنا؟", "لم تُستخدم هذه الصفحة منذ فترة. لحماية البيانات سيتم تسجيل خروجك بعد:", "البقاء مسجّل الدخول", "تسجيل الخروج"],
};

const STYLE = `
dialog { box-sizing: border-box; width: 28em; padding: 1.5em; border: 1px solid; border-radius: .5em; background: Canvas; color: CanvasText; line-height: 1.5; }
::backdrop { background: rgb(0 0 0 / .6); }
h2, p { margin: 0 0 1em; font-size: 1em; }
h2 { font-size: 1.25em; }
#time { font-size: 2em; }
#say { position: absolute; clip-path: inset(50%); }
button { margin: 0 0 .5em; margin-inline-end: .5em; padding: .6em 1em; border: 1px solid; border-radius: .25em; background: none; color: inherit; font: inherit; }
[autofocus] { background: var(--clinic-idle-accent, CanvasText); color: Canvas; }
button:focus-visible { outline: 3px solid CanvasText; outline-offset: 2px; }
`;

// A strict Content-Security-Policy lets it be: nothing is inline.
function openDialog(own, stay, signOut) {
  const [page] = document.documentElement.lang.split("-");
  const lang = own || TEXTS[page] ? page : "en";
  const [title, text, staying, leaving] = TEXTS[lang] ?? TEXTS.en;
  const texts = { title, text, stay: staying, signOut: leaving, ...own };
  const host = document.body.appendChild(document.createElement("div"));
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const add = (parent, tag, attributes, textContent, onclick) => {
    const element = parent.appendChild(document.createElement(tag));
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    return Object.assign(element, { textContent, onclick });
  };
  const dialog = add(root, "dialog", { role: "alertdialog", "aria-labelledby": "title", "aria-describedby": "text time", lang, dir: "auto" });
  add(dialog, "h2", { id: "title" }, texts.title);
  add(dialog, "p", { id: "text" }, texts.text);
  const time = add(dialog, "p", { id: "time", role: "timer" });
  const say = add(dialog, "p", { id: "say", role: "status" });
  add(dialog, "button", { autofocus: "" }, texts.stay, stay);
  add(dialog, "button", {}, texts.signOut, signOut);
  dialog.onclose = stay; // Escape
  const { format } = new Intl.NumberFormat(lang || "en", { style: "unit", unit: "second", unitDisplay: "long" });
  return {
    update(seconds) {
      time.textContent = format(seconds);
      say.textContent = seconds > 30 ? "" : format(seconds > 10 ? 30 : 10); // read out when it changes
      if (!dialog.open) dialog.showModal();
    },
    close() {
      dialog.onclose = null;
      dialog.close(); // gives the focus back
      host.remove();
    },
  };
}

const reload = () => location.reload();

export function startIdleGuard({ keycloakUrl, realm, getToken, warnSeconds = 60, onWarning, onSignOut = reload, onUpdate, texts }) {
  const url = `${keycloakUrl.replace(/\/+$/, "")}/realms/${encodeURIComponent(realm)}/clinic-sessions/v1/me/activity?guard=1`;
  const slot = Symbol.for(url);
  window[slot]?.stop(); // one guard in a page: the newest
  const stopping = new AbortController();
  const { signal } = stopping;
  let answer, stale, running, timer, dialog, x, y;
  let shown = null; // the seconds that the warning shows

  const clocks = (later) => ({ wall: Date.now() + later, steady: performance.now() + later });
  const since = (then) => Math.max(Date.now() - then.wall, performance.now() - then.steady);
  let answered = clocks(-Infinity);
  let planned = clocks(0);
  const left = () => Math.max(0, answer.idleExpiresInMillis - since(answered));
  const jumped = () => Math.abs(Date.now() - performance.now() - answered.wall + answered.steady) > 5000;
  const warnAt = () => Math.min(Math.max(20, warnSeconds), answer.idleTimeoutSeconds / 2) * 1000;

  // Shared by the tabs: "beat", when one last reported; "input", when there was some not yet reported; "told", a message.
  let store = {};
  try {
    store = localStorage;
  } catch {}
  const read = (name) => Number(store[url + name]) || 0;
  const write = (name, value) => {
    try {
      store[url + name] = value;
    } catch {
      store = { [url + name]: value }; // it is full
    }
  };
  const interval = () => answer.reportSeconds * 1000;
  const unreported = () => Date.now() - read("input") < 2 * interval(); // older: from before a sleep
  const dueIn = () => (read("beat") > Date.now() ? 0 : read("beat") + interval() - Date.now());

  const tell = (message) => write("told", JSON.stringify(message));
  function hear({ news, at, out }) {
    if (news) adopt(news, clocks(Math.min(0, at - Date.now())));
    else if (out === "user") end(out, true);
    else call("GET").catch(() => end(out, true)); // that tab may have had another session
  }

  function adopt(news, sent) {
    if (signal.aborted || sent.steady < answered.steady) return;
    answer = news;
    answered = sent;
    if (left() > warnAt()) hide();
    plan();
    onUpdate?.(news);
  }

  // Rejects without an answer. Two 401, the second with a fresh token, mean that the session is over.
  const call = (method) => Promise.race([send(method), new Promise((_, reject) => setTimeout(reject, 10000))]);
  async function send(method) {
    for (const fresh of [false, true]) {
      const token = await getToken(fresh);
      if (!token) break;
      const sent = clocks(0);
      const response = await fetch(url, { method, headers: { Authorization: `Bearer ${token}` } });
      if (response.ok) {
        const news = await response.json();
        tell({ news, at: sent.wall });
        return adopt(news, sent);
      }
      if (response.status !== 401) throw response;
    }
    end(answer && left() < 5000 ? "idle" : "ended");
  }

  async function report() {
    const input = read("input");
    write("beat", Date.now());
    try {
      await call("POST");
      if (read("input") === input) write("input", 0);
    } catch (failure) {
      write("beat", Date.now() - Math.max(0, interval() - 15000)); // again in 15 s
      throw failure;
    }
  }
  const reportIfDue = (lock) => lock && unreported() && dueIn() <= 0 && report().catch(() => {});

  const tick = () => (running ??= step().finally(() => {
    running = null;
    plan();
  }));
  async function step() {
    if (!answer || stale || jumped() || (since(planned) > 5000 && !document.hidden)) {
      stale = false;
      await call("GET").catch(() => {});
    }
    if (signal.aborted || !answer) return;
    if (left() > warnAt()) {
      hide();
      // Without the lock another tab is at it.
      await (navigator.locks?.request(url, { ifAvailable: true }, reportIfDue) ?? reportIfDue(true));
    } else if (shown === null || left() <= 0) {
      const failed = await (shown === null && unreported() ? report() : call("GET")).catch(() => true);
      if (failed && left() <= 0) end("offline"); // what the screen shows is not for whoever comes by
      else if (left() <= warnAt()) show();
    } else {
      show();
    }
  }
  function plan() {
    clearTimeout(timer);
    if (signal.aborted) return;
    let wait = 15000; // longer timers are not to be trusted
    if (shown !== null) wait = left() % 1000 || 1000;
    else if (answer) wait = Math.min(wait, left() - warnAt(), unreported() ? dueIn() : wait);
    wait = Math.max(wait, 20);
    planned = clocks(wait);
    timer = setTimeout(tick, wait);
  }

  function show() {
    if (signal.aborted) return;
    shown = Math.ceil(left() / 1000);
    if (onWarning) onWarning(shown, { stay, signOut });
    else (dialog ??= openDialog(texts, stay, signOut)).update(shown);
  }
  function hide() {
    if (shown !== null) onWarning?.(null, { stay, signOut });
    shown = null;
    dialog = dialog?.close();
  }

  const stay = () => report().catch(tick);
  const signOut = () => end("user");
  function stop() {
    if (signal.aborted) return;
    stopping.abort();
    clearTimeout(timer);
    hide();
    delete window[slot];
  }
  function end(reason, told) {
    if (signal.aborted) return;
    if (!told) tell({ out: reason, at: Date.now() });
    stop();
    Promise.resolve(reason).then(onSignOut);
  }

  // Once the warning is up, only its buttons count: who moves a mouse past it has not read it.
  function input(event) {
    if (!event.isTrusted || event.repeat || shown !== null) return;
    if (event.type === "pointermove") {
      const moved = Math.hypot(event.screenX - x, event.screenY - y);
      if (moved < 10) return; // the table shakes
      [x, y] = [event.screenX, event.screenY];
      if (!moved) return; // the first one
    }
    if (Math.abs(Date.now() - read("input")) < 1000) return;
    write("input", Date.now());
    plan();
  }
  function wake() {
    if (document.hidden || since(answered) < 5000) return;
    stale = true;
    tick();
  }
  const on = (types, listener) => types.split(" ").forEach((type) => addEventListener(type, listener, { signal, capture: true, passive: true }));
  on("pointerdown pointermove click keydown wheel", input);
  on("focus pageshow online visibilitychange", wake);
  on("storage", ({ key, newValue }) => key === url + "told" && hear(JSON.parse(newValue)));

  tick();
  return (window[slot] = { stay, signOut, stop, secondsLeft: () => answer && left() / 1000 });
}
