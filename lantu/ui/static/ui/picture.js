// Keys of a picture: one stop for Tab, arrows from mark to mark, Home and End to both ends of a row.
// Without this script every mark is a link of its own, and a link leads past them.
const TIP = 320; // pixels; the widest that a mark's words are drawn

function across(marks, at, by) {
  return marks[Math.min(Math.max(at + by, 0), marks.length - 1)];
}

// The mark nearest in the next line above or below, be it of this row or of another.
function along(marks, at, by) {
  const here = marks[at].getBoundingClientRect();
  const middle = (box) => box.left + box.width / 2;
  let best = marks[at];
  let line = null;
  for (let next = at + by; next >= 0 && next < marks.length; next += by) {
    const box = marks[next].getBoundingClientRect();
    const height = box.top + box.height / 2;
    const isHere = height > here.top && height < here.bottom;
    if (isHere) continue;
    if (line !== null && Math.abs(height - line) > box.height / 2) break;
    line ??= height;
    const gap = Math.abs(middle(box) - middle(here));
    if (best === marks[at] || gap < Math.abs(middle(best.getBoundingClientRect()) - middle(here))) {
      best = marks[next];
    }
  }
  return best;
}

function target(marks, mark, key) {
  const at = marks.indexOf(mark);
  const row = [...mark.closest("ul").querySelectorAll(".mark")];
  switch (key) {
    case "ArrowRight": return across(marks, at, 1);
    case "ArrowLeft": return across(marks, at, -1);
    case "ArrowDown": return along(marks, at, 1);
    case "ArrowUp": return along(marks, at, -1);
    case "Home": return row[0];
    case "End": return row[row.length - 1];
    default: return null;
  }
}

// The words stand beside the mark, but never leave the row.
function place(mark) {
  const row = mark.closest("ul");
  const [box, all] = [mark.getBoundingClientRect(), row.getBoundingClientRect()];
  const left = Math.min(box.left - all.left, Math.max(all.width - TIP, 0));
  row.style.setProperty("--left", `${Math.max(left, 0)}px`);
}

function prepare(picture) {
  const marks = [...picture.querySelectorAll("[data-picture] .mark")];
  const stop = (mark) => {
    for (const one of marks) if (one.tabIndex === 0 && one !== mark) one.tabIndex = -1;
    mark.tabIndex = 0;
  };
  for (const mark of marks.slice(1)) mark.tabIndex = -1;
  picture.addEventListener("focusin", (event) => {
    const mark = event.target.closest(".mark");
    if (mark) { stop(mark); place(mark); }
  });
  picture.addEventListener("pointerover", (event) => {
    delete picture.dataset.quiet;
    const mark = event.target.closest(".mark");
    if (mark) place(mark);
  });
  picture.addEventListener("keydown", (event) => {
    if (event.key === "Escape") picture.dataset.quiet = "";
    const mark = event.target.closest(".mark");
    if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = target(marks, mark, event.key);
    if (!next) return;
    event.preventDefault();
    delete picture.dataset.quiet;
    next.focus();
  });
  picture.dataset.ready = "";
}

for (const picture of document.querySelectorAll("[data-picture]")) prepare(picture);
