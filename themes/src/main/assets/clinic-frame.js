// Runs before anything is shown: dark mode as the account console does it, and its button that folds the navigation away on
// wide screens. On narrow ones the button opens a popover, which needs no script.
(() => {
  const root = document.documentElement;
  const darkClass = document.currentScript.dataset.darkClass;
  if (darkClass) {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const apply = () => root.classList.toggle(darkClass, dark.matches);
    apply();
    dark.addEventListener("change", apply);
  }

  const wide = matchMedia("(min-width: 1200px)");
  const toggle = () => document.getElementById("clinic-nav-toggle");
  const describe = () => {
    if (wide.matches) {
      toggle()?.setAttribute("aria-expanded", String(!root.classList.contains("clinic-nav-folded")));
    } else {
      toggle()?.removeAttribute("aria-expanded"); // the browser tells for popovers
    }
  };
  wide.addEventListener("change", describe);
  document.addEventListener("DOMContentLoaded", describe);
  document.addEventListener("click", (event) => {
    if (wide.matches && event.target instanceof Element && event.target.closest("#clinic-nav-toggle")) {
      event.preventDefault();
      root.classList.toggle("clinic-nav-folded");
      describe();
    }
  });
})();
