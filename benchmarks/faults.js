// What is wrong with the page that a browser shows; a list of sentences.
() => {
  const found = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) {
    const past = [...document.querySelectorAll("body *")].filter(
      (one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".table, .heat, .map, pre")
    );
    const names = past.slice(0, 3).map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
    found.push(`wider than the screen: ${wide} > ${innerWidth} (${names.join(", ")})`);
  }
  for (const one of document.querySelectorAll("img:not([alt])")) found.push(`no alt: ${one.src}`);
  const english = document.documentElement.lang.startsWith("en");
  const foreign = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const within = walker.currentNode.parentElement;
    if (!text || within.closest("script, style, code, pre, kbd, svg, .vega-embed, [hidden]")) continue;
    const language = within.closest("[lang]").lang;
    if (english && language.startsWith("en") && /[\u4e00-\u9fff]{2}/.test(text)) foreign.add(text);
    if (!english && language.startsWith("zh") && /[a-z]{3,} [a-z]{2,}/.test(text)) foreign.add(text);
  }
  for (const text of [...foreign].slice(0, 8)) found.push(`other language without its mark: ${text.slice(0, 60)}`);
  if ((window.lantuShift || 0) > 0.05) found.push(`layout shift ${window.lantuShift.toFixed(3)}`);
  return found;
}
