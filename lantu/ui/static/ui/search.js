// The palette: / or Ctrl+K opens it, arrows choose, Enter goes there, Esc closes it.
// Without this script the form in the header asks the page of the search.

const palette = document.getElementById("palette");
const form = document.querySelector("form.search");
const box = palette.querySelector(".palette__box");
const list = palette.querySelector(".palette__list");
const state = palette.querySelector(".palette__state");
let chosen = -1;
let asked = 0;

function choose(place) {
  const options = [...list.children];
  chosen = options.length ? (place + options.length) % options.length : -1;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
  if (chosen < 0) {
    box.removeAttribute("aria-activedescendant");
  } else {
    box.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }
}

function option(hit, at) {
  const line = document.createElement("li");
  line.id = `palette-${at}`;
  line.className = "palette__hit";
  line.setAttribute("role", "option");
  line.dataset.address = hit.address;
  line.append(hit.title);
  const where = document.createElement("small");
  where.textContent = [hit.kind, hit.zone].filter(Boolean).join(" · ");
  line.append(" ", where);
  line.addEventListener("click", () => location.assign(hit.address));
  return line;
}

function show(hits, words) {
  list.replaceChildren(...hits.map(option));
  box.setAttribute("aria-expanded", String(hits.length > 0));
  state.textContent = words;
  choose(hits.length ? 0 : -1);
}

async function ask() {
  const turn = ++asked;
  const question = box.value.trim();
  if (!question) return show([], "");
  const parameters = new URLSearchParams({ q: question, zone: palette.dataset.zone });
  try {
    const answer = await fetch(`${palette.dataset.answers}?${parameters}`);
    if (!answer.ok) throw new Error(answer.statusText);
    const { hits } = await answer.json();
    // A slow answer to an earlier question must not replace a later one.
    if (turn !== asked) return;
    show(hits, hits.length ? `${hits.length} ${palette.dataset.found}` : palette.dataset.none);
  } catch {
    if (turn === asked) show([], palette.dataset.failed);
  }
}

function open() {
  if (palette.open) return;
  palette.showModal();
  box.select();
}

function isWriting(target) {
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

document.addEventListener("keydown", (event) => {
  const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isCommand = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
  if (isCommand || (isSlash && !isWriting(event.target))) {
    event.preventDefault();
    open();
  }
});

box.addEventListener("input", ask);
box.addEventListener("keydown", (event) => {
  // While an input method composes, its keys choose letters, not results.
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (chosen >= 0) return location.assign(list.children[chosen].dataset.address);
    form.elements.q.value = box.value;
    form.submit();
  }
});
