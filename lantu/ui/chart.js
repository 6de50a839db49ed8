// Draws every element with data-chart: what is in view at once, the others when there is time, so
// that none is empty on paper. Bundled with Vega at setup.
const quiet = { actions: false, ast: true, defaultStyle: false, renderer: "svg", tooltip: false };

async function draw(element) {
  if (element.dataset.drawn) return;
  element.dataset.drawn = "begun";
  const spec = JSON.parse(element.dataset.chart);
  spec.width = "container";
  if (typeof spec.height === "number") spec.autosize = { type: "fit-x", contains: "padding" };
  const { view } = await vegaEmbed(element, spec, quiet);
  const svg = element.querySelector("svg");
  svg?.setAttribute("role", "img");
  svg?.setAttribute("aria-label", element.dataset.title);
  svg?.querySelectorAll("[aria-roledescription], [role]").forEach((part) => {
    for (const name of ["role", "aria-roledescription", "aria-label"]) part.removeAttribute(name);
  });
  if (spec.encoding?.x?.type === "ordinal" && spec.encoding.y && svg) read(element, view, spec, svg);
  element.dataset.drawn = "true";
}

// Pointing at a year, or going there with the arrow keys, tells its figures.
function read(element, view, { encoding: { x, y, color }, data }, svg) {
  const line = document.createElement("div");
  const box = document.createElement("div");
  [line.className, box.className] = ["chart__line", "chart__reading"];
  box.setAttribute("role", "status");
  line.hidden = box.hidden = true;
  element.append(line, box);
  element.tabIndex = 0;
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", element.dataset.title);
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 3 });
  const written = (value) => (typeof value === "number" ? number.format(value) : value);
  const told = (row) => {
    const value = row[y.field] ?? (row.low === undefined ? null : `${written(row.low)}–${written(row.high)}`);
    if (value === null) return "";
    return `${color?.field ? `${row[color.field]} ` : ""}${written(value)}${y.title ? ` ${y.title}` : ""}`;
  };
  const rank = (row) => color?.scale?.domain?.indexOf(row[color.field]) ?? 0;
  const across = () => {
    const scale = view.scale("x");
    const left = svg.getBoundingClientRect().left - element.getBoundingClientRect().left;
    const edge = view.origin()[0] + view.padding().left;
    const start = left + element.scrollLeft + edge + (scale.bandwidth?.() ?? 0) / 2;
    return scale.domain().map((year) => ({ year, at: start + scale(year) }));
  };
  let place = -1;
  const show = (next) => {
    const places = across();
    place = Math.max(0, Math.min(places.length - 1, next));
    const { year, at } = places[place];
    const rows = data.values.filter((row) => row[x.field] === year);
    const lines = rows.sort((one, other) => rank(one) - rank(other)).map(told).filter(Boolean);
    line.hidden = box.hidden = false;
    line.style.left = `${at}px`;
    box.style.left = at > element.clientWidth / 2 ? "auto" : `${at + 8}px`;
    box.style.right = at > element.clientWidth / 2 ? `${element.clientWidth - at + 8}px` : "auto";
    box.replaceChildren(...[year, ...(lines.length ? lines : ["—"])].map((text) => {
      const row = document.createElement("p");
      row.textContent = text;
      return row;
    }));
  };
  const hide = () => {
    line.hidden = box.hidden = true;
    place = -1;
  };
  const point = (event) => {
    const from = event.clientX - element.getBoundingClientRect().left + element.scrollLeft;
    const away = across().map(({ at }) => Math.abs(at - from));
    const next = away.indexOf(Math.min(...away));
    if (next !== place) show(next);
  };
  element.addEventListener("pointermove", point);
  element.addEventListener("pointerdown", point);
  // A finger leaves as soon as it is lifted, and what it asked for must stay to be read.
  element.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hide());
  element.addEventListener("blur", hide);
  element.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape") hide();
    if (!step) return;
    event.preventDefault();
    show(place < 0 && step < 0 ? Infinity : place + step);
  });
}

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((one) => one.isIntersecting)) {
    watcher.unobserve(entry.target);
    draw(entry.target);
  }
}, { rootMargin: "200px" });

const charts = document.querySelectorAll("[data-chart]");
const drawAll = () => charts.forEach(draw);
charts.forEach((element) => watcher.observe(element));
addEventListener("load", () => setTimeout(drawAll, 500));
addEventListener("beforeprint", drawAll);
