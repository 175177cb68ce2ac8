/* Opens the interactive map of a territory, or of many, when the reader asks for it: Leaflet is loaded then, and no
   sooner.
   Every word comes from the button's data-label-* attributes. No tile is asked for unless data-tiles-url names some. */

const loaded = new Map();

/* Above so many places, their symbols are small. */
const CROWD = 150;

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

function drawOne(map, feature, settings) {
  const border = window.L.geoJSON(feature, { interactive: false, style: { className: "territory-map__border" } });
  map.fitBounds(border.addTo(map).getBounds(), { padding: [16, 16], animate: false });
  addNeighbours(map, settings, feature.id).catch(() => {});
}

/* What one reads of a place: its name, which leads to its page, its state, its signatories. */
function card(properties, words, settings) {
  const link = Object.assign(document.createElement("a"), { href: properties.adresse, textContent: properties.nom });
  const lines = [words, `${settings.labelNumber} ${properties.nombre ?? properties.signataires}`].map((line) => {
    return Object.assign(document.createElement("p"), { textContent: line });
  });
  const whole = document.createElement("div");
  whole.append(link, ...lines);
  return whole;
}

/* Where to begin: the place that the page names, unless nothing lies there. */
function start(all, settings) {
  if (!settings.start) return all;
  const [south, west, north, east] = settings.start.split(",").map(Number);
  const wished = window.L.latLngBounds([[south, west], [north, east]]);
  return wished.intersects(all) ? wished : all;
}

/* Many places: each with the symbol that the legend gives to its state, and its border where there is one. The
   keyboard does not stop at each: the table of the page is for that. */
function drawMany(map, places, settings, legend) {
  const L = window.L;
  const shown = L.featureGroup();
  const order = Object.keys(legend);
  const size = places.features.length > CROWD ? 12 : 18;
  for (const feature of places.features) {
    const state = legend[feature.properties.etat];
    const isPoint = feature.geometry.type === "Point";
    const style = { className: `territory-map__place territory-map__place--${feature.properties.etat}` };
    const border = L.geoJSON(isPoint ? [] : feature, { style }).addTo(shown);
    const middle = isPoint ? [...feature.geometry.coordinates].reverse() : border.getBounds().getCenter();
    const icon = L.divIcon({
      className: "territory-map__symbol",
      html: state.querySelector("svg").cloneNode(true),
      iconSize: [size, size],
    });
    const zIndexOffset = 1000 * order.indexOf(feature.properties.etat);
    const symbol = L.marker(middle, { icon, keyboard: false, zIndexOffset }).addTo(shown);
    const content = () => card(feature.properties, state.textContent.trim(), settings);
    for (const layer of [border, symbol]) layer.bindPopup(content, { minWidth: 180 });
  }
  map.on("popupopen", ({ popup }) => {
    popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", settings.labelClose);
  });
  shown.addTo(map);
  if (places.features.length) map.fitBounds(start(shown.getBounds(), settings), { maxZoom: 14, animate: false });
  else map.setView([46.6, 2.4], 5);
}

function legendOf(place) {
  const entries = [...place.querySelectorAll("[data-maillage-symbol]")];
  return Object.fromEntries(entries.map((entry) => [entry.dataset.maillageSymbol, entry]));
}

function draw(canvas, found, settings, say, legend) {
  const L = window.L;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const moves = { zoomAnimation: !calm, fadeAnimation: !calm, inertia: !calm };
  const map = L.map(canvas, { zoomControl: false, scrollWheelZoom: false, ...moves });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: settings.labelZoomIn, zoomOutTitle: settings.labelZoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  addTiles(map, settings, say);
  if (settings.placesUrl) drawMany(map, found, settings, legend);
  else drawOne(map, found, settings);
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
    const [found] = await Promise.all([
      outline(settings.placesUrl ?? settings.outlineUrl),
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
    draw(canvas, found, settings, say, legendOf(place));
    place.querySelector("[data-maillage-map-legend]")?.removeAttribute("hidden");
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

function offer(part) {
  for (const button of part.querySelectorAll("[data-maillage-map]")) {
    button.closest("[data-maillage-map-place]").hidden = false;
    button.addEventListener("click", () => open(button));
  }
}

offer(document);
document.addEventListener("maillage:shown", (event) => offer(event.target));
