// In the stock account console: links to our own pages are left to the browser, not to React Router, which does not know
// them and would render nothing. On window and in the capture phase, because React listens on its root element.

const PAGES = ["sessions", "staff", "security", "audit"];

const { baseUrl } = JSON.parse(document.getElementById("environment").textContent);
const base = new URL(baseUrl, location.href).pathname.replace(/\/*$/, "/");
const isOurs = ({ origin, pathname }) =>
  origin === location.origin && PAGES.some((page) => pathname === base + page || pathname.startsWith(`${base}${page}/`));

window.addEventListener(
  "click",
  (event) => {
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    const link = event.target instanceof Element && event.target.closest("a[href]");
    if (plain && link && !link.target && !link.hasAttribute("download") && isOurs(new URL(link.href))) {
      event.stopPropagation();
    }
  },
  true,
);
