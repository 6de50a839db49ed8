// Keys of the reading desk: j and k go on and back, the others press the button of the same letter
// on the card at hand. Every act is the page's own form, so nothing is done that a click could not.
const cards = [...document.querySelectorAll("[data-draft]")];
let place = Math.max(0, cards.findIndex((card) => "current" in card.dataset));

function show(at) {
  cards[place]?.removeAttribute("aria-current");
  document.querySelector(".desk__number--current")?.classList.remove("desk__number--current");
  place = at;
  const card = cards[place];
  if (!card) return;
  card.setAttribute("aria-current", "true");
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  const number = document.getElementById(`m${card.dataset.draft}`);
  const pane = document.getElementById("document");
  if (!number || !pane) return;
  number.classList.add("desk__number--current");
  const away = number.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTop += away - pane.clientHeight / 3;
}

function step(by) {
  const next = place + by;
  if (next >= 0 && next < cards.length) show(next);
  else document.querySelector(`[data-page="${by > 0 ? "next" : "previous"}"]`)?.click();
}

function press(key) {
  const inside = cards[place]?.querySelector(`[data-key="${key}"]`);
  const button = inside ?? document.querySelector(`.filters [data-key="${key}"]`);
  button?.click();
}

function isWriting(target) {
  return target.closest("input, select, textarea, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (isWriting(event.target)) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if ("aermsu".includes(event.key)) press(event.key);
  else return;
  event.preventDefault();
});

for (const [at, card] of cards.entries()) card.addEventListener("click", () => { if (at !== place) show(at); });
show(place);
document.documentElement.dataset.desk = "ready";
