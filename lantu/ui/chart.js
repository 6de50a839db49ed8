// Draws every element with data-chart: what is in view at once, the others when there is time, so
// that none is empty on paper. Bundled with Vega at setup.
const quiet = { actions: false, ast: true, defaultStyle: false, renderer: "svg", tooltip: false };

async function draw(element) {
  if (element.dataset.drawn) return;
  element.dataset.drawn = "begun";
  const spec = JSON.parse(element.dataset.chart);
  spec.width = "container";
  if (typeof spec.height === "number") spec.autosize = { type: "fit-x", contains: "padding" };
  await vegaEmbed(element, spec, quiet);
  const svg = element.querySelector("svg");
  svg?.setAttribute("role", "img");
  svg?.setAttribute("aria-label", element.dataset.title);
  svg?.querySelectorAll("[aria-roledescription], [role]").forEach((part) => {
    for (const name of ["role", "aria-roledescription", "aria-label"]) part.removeAttribute(name);
  });
  element.dataset.drawn = "true";
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
