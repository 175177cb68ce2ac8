// Small helps; every page works without them.

// A form sent once is not sent twice. Coming back with the browser's button makes it ready again.
for (const form of document.querySelectorAll("[data-maillage-submit-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    form.querySelector("button:not([type=button])")?.setAttribute("aria-disabled", "true");
  });
}
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-disabled]")?.removeAttribute("aria-disabled");
  }
});

// What is wrong is what one reads first.
document.querySelector("[data-maillage-focus]")?.focus();
