// An open group of the menu closes on Escape, and when something else is pressed or focused.
// Without this script a group closes when its name is pressed again or another group is opened.
const groups = [...document.querySelectorAll("[data-menu]")];

function leave(target) {
  for (const group of groups) if (!group.contains(target)) group.open = false;
}

for (const group of groups) {
  group.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !group.open) return;
    group.open = false;
    group.querySelector("summary").focus();
  });
}
document.addEventListener("pointerdown", (event) => leave(event.target));
document.addEventListener("focusin", (event) => leave(event.target));
