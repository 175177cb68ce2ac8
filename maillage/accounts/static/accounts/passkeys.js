// Passkeys: the button appears where the browser can use one; a refusal is said in words. Allauth's scripts do the rest.

// Browsers know no passkey for an address in figures.
const isNamed = !/^[\d.]+$|^\[/.test(location.hostname);

if (isNamed && window.PublicKeyCredential) {
  document.querySelectorAll("[data-maillage-passkey-button]").forEach((button) => { button.hidden = false; });
  document.querySelectorAll("[data-maillage-no-passkey]").forEach((note) => { note.hidden = true; });
}

document.querySelectorAll("[data-maillage-passkey]").forEach((form) => {
  // Enter, in the field of the name, does what the button does.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.querySelector("button[type=button]").click();
  });
  form.addEventListener("click", () => { form.querySelector("[data-maillage-passkey-trouble]").hidden = true; });
});

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelectorAll("[data-maillage-passkey-trouble]").forEach((trouble) => { trouble.hidden = false; });
});
