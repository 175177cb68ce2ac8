// Small helps; every page works without them.

// A form sent once is not sent twice. Back on the page, or after a while without an answer, it can be sent again.
const PATIENCE = 10_000;

function sendOnce(form) {
  let sent = false;
  const mark = (value) => {
    sent = value;
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      if (value) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  };
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    mark(true);
    setTimeout(() => mark(false), PATIENCE);
  });
  // The browser may bring the page back as it was left.
  addEventListener("pageshow", () => mark(false));
}

document.querySelectorAll("[data-maillage-submit-once]").forEach(sendOnce);

// Paper, in one click; where there is no JavaScript the browser's own menu does it.
for (const button of document.querySelectorAll("[data-maillage-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// What is wrong is what one reads first.
document.querySelector("[data-maillage-focus]")?.focus();
