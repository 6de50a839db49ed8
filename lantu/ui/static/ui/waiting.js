// While a document is read, its page looks by itself how far that is, and goes on when it is done.
const EVERY = 500; // milliseconds

async function look() {
  const here = document.getElementById("progress");
  const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const there = page.getElementById("progress");
  if (!there || there.dataset.waiting !== "true") window.location.reload();
  else {
    const [bar, now] = [here.querySelector("progress"), there.querySelector("progress")];
    const said = (one) => one.querySelector("[data-portion]")?.textContent;
    const isNew = bar && now && (bar.value !== now.value || said(here) !== said(there));
    if (isNew) here.replaceChildren(...there.childNodes);
    window.setTimeout(look, EVERY);
  }
}

if (document.querySelector('[data-waiting="true"]')) window.setTimeout(look, EVERY);
