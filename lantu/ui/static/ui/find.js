// The search of a published copy: what is typed narrows the list. Without this script it is whole.

const field = document.querySelector("[data-find]");

if (field) {
  const box = field.querySelector("input");
  const count = field.querySelector("[data-found]");
  const lines = [...document.querySelectorAll("[data-words]")];
  const groups = [...new Set(lines.map((line) => line.closest("section")))];

  const narrow = () => {
    const words = box.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const line of lines) {
      line.hidden = !words.every((word) => line.dataset.words.includes(word));
      if (!line.hidden) found += 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("li:not([hidden])");
    count.textContent = words.length ? `${count.dataset.found} ${found}` : "";
  };

  field.hidden = false;
  box.addEventListener("input", narrow);
  narrow();
}
