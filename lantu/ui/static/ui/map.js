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
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

// How far a box about a place is from the signs, in pixels; below zero where it covers one.
function roomAbout(where, half, signs) {
  return Math.min(...signs.map((sign) => {
    const beside = Math.max(Math.abs(sign.x - where.x) - half.x, 0);
    const above = Math.max(Math.abs(sign.y - where.y) - half.y, 0);
    return Math.hypot(beside, above) - 15;
  }));
}

// The name of a part stands within it, where the signs leave it most room; where it has none, in the
// middle.
function namePart(layer, signs, map) {
  const words = document.createElement("span");
  words.textContent = layer.feature.properties.told;
  const name = L.tooltip({ permanent: true, direction: "center", className: "map__label map__name" })
    .setLatLng(layer.getCenter()).setContent(words).addTo(map);
  const half = L.point(words.offsetWidth / 2 + 4, words.offsetHeight / 2);
  const { type, coordinates } = layer.feature.geometry;
  const rings = (type === "Polygon" ? [coordinates] : coordinates).map(([outer]) =>
    outer.map(([x, y]) => map.latLngToLayerPoint([y, x])).map(({ x, y }) => [x, y]));
  const box = L.bounds(rings.flat());
  let best = { room: -Infinity, where: map.latLngToLayerPoint(layer.getCenter()) };
  for (let x = box.min.x; signs.length && x < box.max.x; x += 6) {
    for (let y = box.min.y; y < box.max.y; y += 6) {
      const corners = [-1, 1].flatMap((i) => [-1, 1].map((j) => [x + i * half.x, y + j * half.y]));
      if (!rings.some((ring) => corners.every((corner) => isWithin(corner, ring)))) continue;
      const room = roomAbout(L.point(x, y), half, signs);
      if (room > best.room) best = { room, where: L.point(x, y) };
    }
  }
  name.setLatLng(map.layerPointToLatLng(best.where));
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
  const signs = shapes.features.filter(isPoint).map(({ geometry: { coordinates: [x, y] } }) => map.latLngToLayerPoint([y, x]));
  layer.eachLayer((one) => {
    if (one.feature.properties.kind === "part") namePart(one, signs, map);
  });
  fitPaper(element, map, () => map.fitBounds(layer.getBounds(), { padding: room, animate: false }));
  element.dataset.drawn = "true";
}

for (const element of document.querySelectorAll("[data-map]")) draw(element);
