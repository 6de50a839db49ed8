// Draws every element with data-chart once it comes into view. Bundled with Vega at setup.
const quiet = { actions: false, ast: true, defaultStyle: false, renderer: "svg", tooltip: false };

async function draw(element) {
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

document.querySelectorAll("[data-chart]").forEach((element) => watcher.observe(element));
