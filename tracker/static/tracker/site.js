// Starts the design system's parts. Pages work without it: nothing is hidden until this has run.
const script = document.getElementById("site-script");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
}
const { initAll } = await import(script.dataset.frontend);
// An address that names a place on the page leads there: what was done is told on top, but does not draw the eye away.
const place = location.hash && document.getElementById(location.hash.slice(1));
if (place) {
  document.querySelectorAll(".govuk-notification-banner").forEach((told) => { told.dataset.disableAutoFocus = "true"; });
}
initAll();
if (place) place.focus();

// A wide screen has room for the filters that are in force; on a narrow one the results come first.
if (matchMedia("(min-width: 48em)").matches) {
  document.querySelectorAll("details[data-open-on-wide]").forEach((details) => { details.open = true; });
}
