// Times in the browser's own zone and language, relative ones kept fresh, and no form sent twice. It asks the server for
// nothing: a request would count as activity and keep the session alive.

const language = document.documentElement.lang;
const locale = navigator.languages.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
const serverNow = Date.parse(document.querySelector("[data-clinic-now]")?.dataset.clinicNow ?? "");
const clockError = Number.isNaN(serverNow) ? 0 : serverNow - Date.now();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const time = { hour: "numeric", minute: "2-digit" };
const formats = {
  today: new Intl.DateTimeFormat(locale, time),
  thisWeek: new Intl.DateTimeFormat(locale, { ...time, weekday: "short" }),
  thisYear: new Intl.DateTimeFormat(locale, { ...time, day: "numeric", month: "short" }),
  anyYear: new Intl.DateTimeFormat(locale, { ...time, day: "numeric", month: "short", year: "numeric" }),
  exact: new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long" }), // with the zone
  stamp: new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" }),
  relative: new Intl.RelativeTimeFormat(locale),
};

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

function clock(date, now) {
  const days = Math.abs(Math.round((midnight(date) - midnight(now)) / DAY));
  if (days === 0) return formats.today.format(date);
  if (days < 7) return formats.thisWeek.format(date);
  return (date.getFullYear() === now.getFullYear() ? formats.thisYear : formats.anyYear).format(date);
}

function relative(milliseconds) {
  const [size, unit] = milliseconds < HOUR ? [MINUTE, "minute"] : milliseconds < DAY ? [HOUR, "hour"] : [DAY, "day"];
  return formats.relative.format(-Math.max(1, Math.trunc(milliseconds / size)), unit);
}

function refresh() {
  const now = new Date(Date.now() + clockError);
  for (const element of document.querySelectorAll("time[data-clinic-format]")) {
    const date = new Date(element.dateTime);
    const format = element.dataset.clinicFormat;
    if (element.title) element.title = formats.exact.format(date);
    if (format === "clock") element.textContent = clock(date, now);
    else if (format === "exact") element.textContent = formats.exact.format(date);
    else if (format === "stamp") element.textContent = formats.stamp.format(date);
    else if (format === "relative") {
      const since = now - date;
      element.textContent = relative(since);
      const active = element.closest(".clinic-active");
      active.title = formats.exact.format(date);
      active.querySelector(".clinic-active__now").hidden = since >= MINUTE;
      active.querySelector(".clinic-active__ago").hidden = since < MINUTE;
    }
  }
}

refresh();
setInterval(refresh, MINUTE);

document.addEventListener("submit", (event) => {
  if (event.target.dataset.clinicSent) event.preventDefault();
  event.target.dataset.clinicSent = "true";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.clinicSent;
});
