// Makes the list quicker where scripts run: one tick for the whole page, how many are ticked, and printing.
const form = document.querySelector(".app-ticking");
if (form) {
  const ticks = [...form.querySelectorAll('input[name="action"]')];
  const which = form.querySelector('input[name="which"][value="ticked"]');
  const told = form.querySelector("[data-ticked]");
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", "Tick all on this page");
  form.querySelector("[data-tick-all]").replaceChildren(all);
  const count = () => {
    const ticked = ticks.filter((tick) => tick.checked).length;
    told.textContent = ticked ? `The ${ticked} I have ticked` : "Those I tick";
    all.checked = ticked === ticks.length;
    all.indeterminate = ticked > 0 && ticked < ticks.length;
  };
  all.addEventListener("change", () => {
    ticks.forEach((tick) => { tick.checked = all.checked; });
    which.checked = true;
    count();
  });
  ticks.forEach((tick) => tick.addEventListener("change", () => { which.checked = true; count(); }));
  count();
}

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
