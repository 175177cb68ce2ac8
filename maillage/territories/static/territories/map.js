/* Opens the interactive map of a territory, when the reader asks for it: Leaflet is loaded then, and no sooner.
   Every word comes from the button's data-label-* attributes. No tile is asked for unless data-tiles-url names some. */

const loaded = new Map();

function load(address, build) {
  if (!loaded.has(address)) {
    const ready = new Promise((resolve, reject) => {
      const element = build(address);
      element.addEventListener("load", resolve);
      element.addEventListener("error", () => {
        loaded.delete(address);
        element.remove();
        reject(new Error(address));
      });
      document.head.append(element);
    });
    loaded.set(address, ready);
  }
  return loaded.get(address);
}

function script(address) {
  return Object.assign(document.createElement("script"), { src: address });
}

function sheet(address) {
  return Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
}

async function outline(address) {
  const answer = await fetch(address, { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

function addTiles(map, settings, say) {
  if (!settings.tilesUrl) return;
  const credit = text(settings.tilesCredit).innerHTML;
  const tiles = window.L.tileLayer(settings.tilesUrl, { attribution: credit, maxZoom: 19 });
  tiles.once("tileerror", () => {
    tiles.remove();
    say(settings.labelTilesFailed);
  });
  tiles.addTo(map);
}

/* The other neighbourhoods around: help to find one's bearings, and nothing is said where they do not come. */
async function addNeighbours(map, settings, code) {
  if (!settings.neighboursUrl) return;
  const around = await outline(settings.neighboursUrl);
  window.L.geoJSON(around, {
    filter: (feature) => feature.id !== code,
    style: { className: "territory-map__neighbour" },
    onEachFeature: (feature, layer) => layer.bindTooltip(() => text(feature.properties.nom), { sticky: true }),
  }).addTo(map).bringToBack();
}

function text(words) {
  return Object.assign(document.createElement("span"), { textContent: words });
}

function draw(canvas, feature, settings, say) {
  const L = window.L;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const moves = { zoomAnimation: !calm, fadeAnimation: !calm, inertia: !calm };
  const map = L.map(canvas, { zoomControl: false, scrollWheelZoom: false, ...moves });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: settings.labelZoomIn, zoomOutTitle: settings.labelZoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  addTiles(map, settings, say);
  const border = L.geoJSON(feature, { interactive: false, style: { className: "territory-map__border" } }).addTo(map);
  map.fitBounds(border.getBounds(), { padding: [16, 16], animate: false });
  addNeighbours(map, settings, feature.id).catch(() => {});
}

async function open(button) {
  const settings = button.dataset;
  const place = button.closest("[data-maillage-map-place]");
  const notice = place.querySelector("[data-maillage-map-notice]");
  const say = (text) => { notice.textContent = text; };
  const canvas = document.createElement("div");
  button.disabled = true;
  say(settings.labelLoading);
  try {
    const [feature] = await Promise.all([
      outline(settings.outlineUrl),
      load(settings.leafletCss, sheet),
      load(settings.mapCss, sheet),
      load(settings.leafletJs, script),
    ]);
    say("");
    canvas.className = "territory-map__canvas";
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "region");
    canvas.setAttribute("aria-label", settings.labelMap);
    place.append(canvas);
    draw(canvas, feature, settings, say);
    canvas.focus({ preventScroll: true });
    canvas.scrollIntoView({ block: "nearest" });
    button.remove();
    place.querySelector("[data-maillage-map-privacy]")?.remove();
  } catch {
    canvas.remove();
    button.disabled = false;
    say(settings.labelFailed);
  }
}

for (const button of document.querySelectorAll("[data-maillage-map]")) {
  button.closest("[data-maillage-map-place]").hidden = false;
  button.addEventListener("click", () => open(button));
}
