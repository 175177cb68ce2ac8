// Keeps the mediator's page on the telephone: it opens without network. The network comes first whenever it is there,
// so that what is kept is what was last read. Only this page, its style and its program are kept; no words of anybody.

const PLACE = "maillage-note-1";
const PAGE = new URL("./", self.location).pathname;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The page asks for itself to be kept, with what it is made of.
self.addEventListener("message", (event) => {
  event.waitUntil((async () => {
    const kept = await caches.open(PLACE);
    await Promise.allSettled(event.data.map(async (address) => {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) await kept.put(address, answer);
    }));
  })());
});

async function networkFirst(request) {
  const kept = await caches.open(PLACE);
  try {
    const answer = await fetch(request);
    // A sign-in page in its place would be kept instead of the page: only the page itself.
    if (answer.ok && !answer.redirected) await kept.put(request.url.split("?")[0], answer.clone());
    return answer;
  } catch (error) {
    const found = await kept.match(request.url.split("?")[0], { ignoreVary: true });
    if (found) return found;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname === PAGE || event.request.destination === "style" || event.request.destination === "script") {
    event.respondWith(networkFirst(event.request));
  }
});
