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
  if (BORDERS.includes(kind)) return;
  layer.bindTooltip(sign ?? (place === 0 ? "?" : String(place)), {
    permanent: true, direction: "center", className: `map__label map__label--${kind ?? place}`,
  });
  const words = document.createElement(address ? "a" : "span");
  words.textContent = told;
  if (address) words.href = address;
  layer.bindPopup(words, { closeButton: false }); // Escape or a click beside it closes it
}

function isWithin([x, y], ring) {
  const crossed = ring.filter(([ax, ay], i) => {
    const [bx, by] = ring[(i + 1) % ring.length];
    return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax;
  });
  return crossed.length % 2 === 1;
}

// The name of a part stands within it, where the signs leave it most room; else in its middle.
function namePart(layer, signs, map) {
  const words = document.createElement("span");
  words.textContent = layer.feature.properties.told;
  const name = L.tooltip({ permanent: true, direction: "center", className: "map__label map__name" })
    .setLatLng(layer.getCenter()).setContent(words).addTo(map);
  const [wide, high] = [words.offsetWidth / 2 + 4, words.offsetHeight / 2];
  const { type, coordinates } = layer.feature.geometry;
  const spot = ([x, y]) => Object.values(map.latLngToLayerPoint([y, x]));
  const rings = (type === "Polygon" ? [coordinates] : coordinates).map(([outer]) => outer.map(spot));
  const { min, max } = L.bounds(rings.flat());
  let most = -Infinity;
  for (let x = min.x; signs.length && x < max.x; x += 6) {
    for (let y = min.y; y < max.y; y += 6) {
      const corners = [[x - wide, y - high], [x - wide, y + high], [x + wide, y - high], [x + wide, y + high]];
      const room = Math.min(...signs.map(spot).map(([px, py]) =>
        Math.hypot(Math.max(Math.abs(px - x) - wide, 0), Math.max(Math.abs(py - y) - high, 0))));
      if (room <= most || !rings.some((ring) => corners.every((one) => isWithin(one, ring)))) continue;
      most = room;
      name.setLatLng(map.layerPointToLatLng([x, y]));
    }
  }
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
  const signs = shapes.features.filter(isPoint).map((one) => one.geometry.coordinates);
  layer.eachLayer((one) => {
    if (one.feature.properties.kind === "part") namePart(one, signs, map);
  });
  fitPaper(element, map, () => map.fitBounds(layer.getBounds(), { padding: room, animate: false }));
  element.dataset.drawn = "true";
}

for (const element of document.querySelectorAll("[data-map]")) draw(element);
