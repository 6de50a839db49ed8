// Draws the outlines of every element with data-map, without any tiles. Leaflet is loaded before.
// A shape's `place` (1 to 5, 0 for unknown) is its class and its number, so colour is never alone;
// a point has its `sign`, and its `kind` is its class. A border of the zone or of a part of it
// (`kind` zone or part) lies under all else and takes no clicks. All colours are in map.css.
const BORDERS = ["zone", "part"];

function style(feature) {
  const { kind, place } = feature.properties;
  if (BORDERS.includes(kind)) {
    return { fill: false, interactive: false, className: `map__border map__border--${kind}` };
  }
  return { className: `map__shape map__shape--${place}` };
}

function point(feature, where) {
  const className = `map__point map__point--${feature.properties.kind}`;
  return L.circleMarker(where, { radius: 13, className });
}

function prepare(feature, layer) {
  const { place, kind, sign, told, address } = feature.properties;
  if (kind === "part") {
    layer.bindTooltip(told, { permanent: true, direction: "center", className: "map__label map__name" });
  }
  if (BORDERS.includes(kind)) return;
  layer.bindTooltip(sign ?? (place === 0 ? "?" : String(place)), {
    permanent: true, direction: "center", className: `map__label map__label--${kind ?? place}`,
  });
  const words = document.createElement(address ? "a" : "span");
  words.textContent = told;
  if (address) words.href = address;
  layer.bindPopup(words, { closeButton: false }); // Escape or a click beside it closes it
}

// Paper is narrower than most screens: the whole is laid out for it, and then what was seen again.
function fitPaper(element, map, showAll) {
  let seen = [];
  addEventListener("beforeprint", () => {
    seen = [map.getCenter(), map.getZoom()];
    element.classList.add("map--paper");
    map.invalidateSize({ animate: false });
    showAll();
  });
  addEventListener("afterprint", () => {
    element.classList.remove("map--paper");
    map.invalidateSize({ animate: false });
    map.setView(...seen, { animate: false });
  });
}

function draw(element) {
  const shapes = JSON.parse(element.dataset.map);
  const map = L.map(element, { attributionControl: false, zoomSnap: 0.25, scrollWheelZoom: false });
  const isPoint = (one) => one.geometry.type === "Point";
  const layer = L.geoJSON(shapes, {
    style: (one) => (isPoint(one) ? {} : style(one)), pointToLayer: point, onEachFeature: prepare,
  }).addTo(map);
  // A sign has a width, and the buttons of the map have theirs.
  const room = shapes.features.some(isPoint) ? [48, 24] : [10, 10];
  map.fitBounds(layer.getBounds(), { padding: room });
  fitPaper(element, map, () => map.fitBounds(layer.getBounds(), { padding: room, animate: false }));
  element.dataset.drawn = "true";
}

for (const element of document.querySelectorAll("[data-map]")) draw(element);
