// Moments that the server knows in UTC only, in this browser's own time zone and the page's language.
const exact = new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
});

for (const moment of document.querySelectorAll("time[data-clinic-format]")) {
  const at = new Date(moment.dateTime);
  if (!Number.isNaN(at.getTime())) {
    moment.textContent = exact.format(at);
  }
}
