// Pages kept to read later without an account: in this browser alone, nothing is sent.
const KEY = "maillage-a-lire";
const MOST = 100;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one?.url === "string" && one.url.startsWith("/")) : [];
  } catch {
    return [];
  }
}

function write(kept) {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept.slice(0, MOST)));
    return true;
  } catch {
    return false; // private browsing, or full: the button stays as it was
  }
}

for (const button of document.querySelectorAll("[data-maillage-keep]")) {
  const url = button.dataset.maillageKeep;
  const words = { keep: button.textContent, kept: button.dataset.kept };
  const show = () => (button.textContent = read().some((one) => one.url === url) ? words.kept : words.keep);
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    const others = read().filter((one) => one.url !== url);
    const was = others.length < read().length;
    write(was ? others : [{ url, title: button.dataset.title }, ...others]);
    show();
  });
}

for (const place of document.querySelectorAll("[data-maillage-kept]")) {
  const kept = read();
  const shown = document.createElement(kept.length ? "ul" : "p");
  if (!kept.length) shown.textContent = place.dataset.none;
  for (const one of kept) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = one.url;
    link.textContent = one.title || one.url;
    item.append(link);
    shown.append(item);
  }
  place.append(shown);
}
