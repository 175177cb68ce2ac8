// Minutes kept as they are typed. Without this file, the button of the page saves everything.
// Each word goes first into this device (localStorage), then to the site; where the network is cut, or the session has
// ended, it waits there, over closing the page, and leaves when it can. What somebody else saved meanwhile is shown.

const form = document.querySelector("[data-maillage-minutes]");
const status = document.querySelector("[data-maillage-kept]");
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
const PAUSE = 900;
const AGAIN = 5000;
const place = `maillage:minutes:${location.pathname}`;

const kept = read();
let busy = false;
let timer;

function read() {
  const empty = { notes: {}, ticks: {}, points: [] };
  try {
    return { ...empty, ...JSON.parse(localStorage.getItem(place) ?? "{}") };
  } catch {
    return empty;
  }
}

function keep() {
  const waits = Object.keys(kept.notes).length + Object.keys(kept.ticks).length + kept.points.length;
  try {
    if (waits) localStorage.setItem(place, JSON.stringify(kept));
    else localStorage.removeItem(place);
  } catch {
    // A device without room: the page still sends.
  }
  return waits;
}

function say(words, kind = "") {
  status.hidden = false;
  status.className = `notice ${kind}`.trim();
  if (status.textContent !== words) status.textContent = words;
}

// Answers {ok, status, body}; null where nothing came back.
async function send(url, fields) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
    if (answer.type === "opaqueredirect") return { signedOut: true };
    return { ok: answer.ok, status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return null;
  }
}

const areas = new Map([...document.querySelectorAll("[data-maillage-note]")].map((area) => [area.dataset.maillageNote, area]));

function numberOf(area, value) {
  if (value !== undefined) {
    area.dataset.number = value;
    form.elements[`number-${area.dataset.maillageNote}`].value = value;
  }
  return area.dataset.number;
}

async function sendNotes() {
  for (const [pk, note] of Object.entries(kept.notes)) {
    const area = areas.get(pk);
    if (!area || note.conflict) continue;
    const sent = note.text;
    const answer = await send(area.dataset.url, { notes: sent, number: note.number });
    if (!answer || answer.signedOut) return answer;
    if (answer.ok) {
      numberOf(area, answer.body.number);
      if (kept.notes[pk].text === sent) delete kept.notes[pk];
      else kept.notes[pk].number = answer.body.number;
    } else if (answer.status === 409) {
      showConflict(pk, area, answer.body);
    } else return answer;
  }
  return { ok: true };
}

function showConflict(pk, area, { theirs, number }) {
  kept.notes[pk].conflict = true;
  const box = document.createElement("div");
  box.className = "notice notice--refusal";
  box.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = form.dataset.conflict;
  const text = document.createElement("p");
  text.style.whiteSpace = "pre-line";
  text.textContent = theirs;
  const choose = (label, take) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet";
    button.textContent = label;
    button.addEventListener("click", () => {
      numberOf(area, number);
      if (take) {
        area.value = theirs;
        delete kept.notes[pk];
      } else kept.notes[pk] = { text: area.value, number };
      box.remove();
      keep();
      flush();
    });
    return button;
  };
  const buttons = document.createElement("p");
  buttons.className = "cluster";
  buttons.append(choose(form.dataset.keep, false), choose(form.dataset.take, true));
  box.append(words, text, buttons);
  area.closest(".field").before(box);
}

async function sendTicks() {
  for (const [who, present] of Object.entries(kept.ticks)) {
    const answer = await send(form.dataset.tickUrl, { who, present });
    if (!answer?.ok) return answer;
    if (kept.ticks[who] === present) delete kept.ticks[who];
  }
  return { ok: true };
}

async function sendPoints() {
  while (kept.points.length) {
    const point = kept.points[0];
    const answer = await send(point.url, point.fields);
    if (!answer || answer.signedOut || (!answer.ok && answer.status >= 500)) return answer;
    kept.points.shift();
    if (!answer.ok) {
      document.querySelector(`[data-key="${point.fields.key}"]`)?.remove();
      say(`${form.dataset.refused} ${point.fields.wording}. ${answer.body.why ?? ""}`, "notice--refusal");
      keep();
      return { told: true };
    }
  }
  return { ok: true };
}

async function flush() {
  if (busy) return;
  busy = true;
  clearTimeout(timer);
  let last = { ok: true };
  for (const part of [sendNotes, sendTicks, sendPoints]) {
    last = await part();
    if (!last?.ok) break;
  }
  busy = false;
  const waits = keep();
  if (last?.ok && !waits) say(form.dataset.saved, "notice--success");
  else if (last?.signedOut) say(form.dataset.signIn, "notice--warning");
  else if (last?.told) return;
  else if (!last || last.status >= 500) say(form.dataset.offline, "notice--warning");
  else if (last.status) say(`${form.dataset.refused} ${last.body?.why ?? last.status}`, "notice--refusal");
  const only = Object.values(kept.notes).every((note) => note.conflict) && !Object.keys(kept.ticks).length;
  if (waits && !(only && !kept.points.length)) timer = setTimeout(flush, AGAIN);
}

function later() {
  keep();
  say(form.dataset.saving);
  clearTimeout(timer);
  timer = setTimeout(flush, PAUSE);
}

for (const [pk, area] of areas) {
  area.addEventListener("input", () => {
    const known = kept.notes[pk];
    kept.notes[pk] = { text: area.value, number: known?.number ?? numberOf(area), conflict: known?.conflict };
    later();
  });
  // What this device kept since the last time: shown again, and sent.
  const left = kept.notes[pk];
  if (left) {
    delete left.conflict;
    if (left.text === area.value) delete kept.notes[pk];
    else area.value = left.text;
    // Typed before this program was there: it counts all the same.
  } else if (area.value !== area.defaultValue) area.dispatchEvent(new Event("input"));
}

for (const button of document.querySelectorAll("[data-maillage-tick]")) {
  const who = button.dataset.maillageTick;
  const show = (present) => button.setAttribute("aria-pressed", present === "yes" ? "true" : "false");
  if (kept.ticks[who]) show(kept.ticks[who]);
  button.addEventListener("click", (event) => {
    event.preventDefault();
    kept.ticks[who] = button.getAttribute("aria-pressed") === "true" ? "no" : "yes";
    show(kept.ticks[who]);
    later();
  });
}

// crypto.randomUUID is not given on plain http; a UUID of version 4 is made of the same random bytes.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function showPoint(item, fields, who) {
  const line = document.createElement("li");
  line.dataset.key = fields.key;
  line.textContent = [fields.wording, who, fields.due_on].filter(Boolean).join(" · ");
  document.querySelector(`[data-maillage-points="${item}"]`)?.append(line);
}

for (const adding of document.querySelectorAll("[data-maillage-point]")) {
  const item = adding.dataset.maillagePoint;
  adding.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(adding));
    delete fields.csrfmiddlewaretoken;
    fields.key = newKey();
    const choice = adding.querySelector("select");
    const who = choice.value ? choice.selectedOptions[0].textContent : "";
    kept.points.push({ url: adding.getAttribute("action"), fields, item, who });
    showPoint(item, fields, who);
    adding.reset();
    later();
  });
}
for (const point of kept.points) showPoint(point.item, point.fields, point.who);

// The button of the page saves at once, here too.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  flush();
});

// Nobody closes the meeting, nor adds a point, while words of theirs still wait on this device or without network: the
// page would be lost.
for (const leaving of document.querySelectorAll("[data-maillage-after-all]")) {
  leaving.addEventListener("submit", (event) => {
    if (!keep() && navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (navigator.onLine) flush();
    else say(form.dataset.offline, "notice--warning");
  }, { capture: true });
}

addEventListener("online", flush);
if (keep()) flush();
