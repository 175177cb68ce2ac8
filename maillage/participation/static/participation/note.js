// A mediator's notes, kept on the telephone before anything is sent, and sent when the network is there: over closing the
// page, without network, with a session that ended. Each has a key of its own: sent twice, it is noted once.

const form = document.querySelector("[data-note]");
const status = document.querySelector("[data-note-status]");
const list = document.querySelector("[data-note-list]");
const AGAIN = 15_000;
// Each person's own: a shared telephone sends nobody's words in another's name.
const place = `maillage:voices:${form.dataset.who}`;
const draftPlace = `${place}:draft`;
let token = form.querySelector("[name=csrfmiddlewaretoken]").value;
let busy = false;
let timer;

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "[]");
  } catch {
    return [];
  }
};

function write(waiting) {
  localStorage.setItem(place, JSON.stringify(waiting));
  show(waiting);
}

function say(words, kind = "") {
  status.hidden = !words;
  status.className = `notice ${kind}`.trim();
  status.textContent = words;
}

function show(waiting) {
  list.replaceChildren(...waiting.map((one) => {
    const line = document.createElement("li");
    const words = document.createElement("p");
    words.textContent = one.fields.words;
    words.dir = "auto";
    line.append(words);
    if (one.why) {
      const why = document.createElement("p");
      why.className = "field__error";
      why.textContent = one.why;
      const again = document.createElement("button");
      again.type = "button";
      again.className = "button button--quiet";
      again.textContent = form.dataset.correct;
      again.addEventListener("click", () => takeUp(one));
      line.append(why, again);
    }
    return line;
  }));
  list.parentElement.hidden = !waiting.length;
}

// crypto.randomUUID is not given on plain http; a UUID of version 4 is made of the same random bytes.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function fieldsOf() {
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrfmiddlewaretoken;
  return fields;
}

function fill(fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements[name];
    if (field instanceof RadioNodeList) field.value = value;
    else if (field?.type === "checkbox") field.checked = true;
    else if (field) field.value = value;
  }
}

function startAgain() {
  const { territory, language } = fieldsOf();
  form.reset();
  fill({ territory, language, key: newKey(), heard_at: "" });
  localStorage.removeItem(draftPlace);
}

// What was refused comes back into the form, to be said otherwise.
function takeUp(one) {
  write(read().filter((other) => other.fields.key !== one.fields.key));
  fill({ ...one.fields, key: newKey() });
  form.elements.words.focus();
}

async function freshToken() {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" }, redirect: "follow", cache: "no-store" });
  if (answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const theirs = page.querySelector("[data-note]");
  if (theirs?.dataset.who !== form.dataset.who) return false;
  token = theirs.querySelector("[name=csrfmiddlewaretoken]").value;
  return true;
}

const post = (fields) => fetch(form.action, {
  method: "POST",
  headers: { "X-CSRFToken": token, Accept: "application/json" },
  body: new URLSearchParams(fields),
  redirect: "manual",
});

// "sent", "refused", "wait" (no network, or a server that is away), or "sign-in".
async function send(one) {
  try {
    let answer = await post(one.fields);
    if (answer.status === 403) {
      if (!(await freshToken())) return "sign-in";
      answer = await post(one.fields);
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) return "sign-in";
    if (answer.status === 429 || answer.status >= 500) return "wait";
    const body = await answer.json();
    if (!answer.ok) {
      one.why = body.why;
      return "refused";
    }
    say(`${form.dataset.sent} ${body.code}`, "notice--success");
    return "sent";
  } catch {
    return "wait";
  }
}

async function flush() {
  if (busy) return;
  busy = true;
  clearTimeout(timer);
  let result = "sent";
  for (const one of read().filter((other) => !other.why)) {
    result = await send(one);
    if (result === "wait" || result === "sign-in") break;
    // What was noted meanwhile, in this page or another, stays.
    const left = read().filter((other) => other.fields.key !== one.fields.key);
    write(result === "refused" ? [...left, one] : left);
  }
  busy = false;
  const waits = read().filter((other) => !other.why).length;
  if (result === "wait") say(form.dataset.offline, "notice--warning");
  else if (result === "sign-in") say(form.dataset.signIn, "notice--warning");
  else if (result === "refused") say(form.dataset.refused, "notice--refusal");
  if (waits) timer = setTimeout(flush, AGAIN);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const fields = fieldsOf();
  if (!fields.words.trim()) {
    form.elements.words.focus();
    return;
  }
  fields.heard_at = new Date().toISOString();
  try {
    write([...read(), { fields }]);
  } catch {
    // A telephone without room: what is typed stays in the form.
    say(form.dataset.full, "notice--refusal");
    return;
  }
  startAgain();
  say(form.dataset.kept, "notice--success");
  form.elements.words.focus();
  flush();
});

// What is being typed is kept too.
form.addEventListener("input", () => {
  try {
    localStorage.setItem(draftPlace, JSON.stringify(fieldsOf()));
  } catch {
    // The words are still on the screen.
  }
});
try {
  const draft = JSON.parse(localStorage.getItem(draftPlace) ?? "null");
  if (draft) fill({ ...draft, key: newKey() });
} catch {
  localStorage.removeItem(draftPlace);
}
if (!form.elements.key.value) form.elements.key.value = newKey();

show(read());
addEventListener("online", flush);
addEventListener("storage", () => show(read()));
flush();

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register(form.dataset.worker, { scope: location.pathname }).then(async () => {
    const { active } = await navigator.serviceWorker.ready;
    const parts = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((part) => part.href || part.src);
    active.postMessage([location.pathname, ...parts]);
    form.dataset.ready = "yes";
  }).catch(() => {
    // Without it the page needs the network to open; notes are kept all the same.
  });
}
