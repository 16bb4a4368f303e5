// Of the page in the frame `page`: what lies beyond its sides or its figure, what overlaps, and text too small to read.
const leastPixels = 7.5;
const outer = "figure > svg, figure > div > svg";
const frame = document.getElementById("page");
frame.addEventListener("load", () => {
  const view = frame.contentWindow, doc = frame.contentDocument, width = frame.clientWidth;
  const problems = [];
  const name = (e) => `${e.tagName} "${(e.textContent || "").trim().slice(0, 40)}"`;
  const isVisible = (e) => e.getClientRects().length > 0;
  if (doc.scrollingElement.scrollWidth > width) problems.push(`the page is ${doc.scrollingElement.scrollWidth} wide`);
  for (const e of doc.body.querySelectorAll(`h1, h2, p, li, td, th, caption, figcaption, pre, figure, ${outer}`)) {
    if (!isVisible(e)) continue;
    const box = e.getBoundingClientRect();
    if (box.left < -0.5 || box.right > width + 0.5) problems.push(`${name(e)} lies beyond the page`);
    if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && !e.closest("svg")) problems.push(`${name(e)} is cut`);
  }
  const inner = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const blocks = [...doc.body.querySelectorAll(`h1, h2, p, li, tr, caption, figcaption, pre, ${outer}`)].filter(isVisible);
  for (let i = 1; i < blocks.length; i++) {
    if (inner(blocks[i - 1].getBoundingClientRect(), blocks[i].getBoundingClientRect()))
      problems.push(`${name(blocks[i - 1])} and ${name(blocks[i])} overlap`);
  }
  let texts = 0;
  const figures = [...doc.querySelectorAll(outer)].filter(isVisible);
  for (const svg of figures) {
    const area = svg.getBoundingClientRect(), scale = area.width / svg.viewBox.baseVal.width;
    const lines = [...svg.querySelectorAll("text")].map((e) => [e, e.getBoundingClientRect()]);
    texts += lines.length;
    lines.forEach(([e, box], i) => {
      if (box.left < area.left - 1 || box.right > area.right + 1 || box.top < area.top - 1 || box.bottom > area.bottom + 1)
        problems.push(`${name(e)} lies beyond its figure`);
      if (parseFloat(view.getComputedStyle(e).fontSize) * scale < leastPixels) problems.push(`${name(e)} is too small`);
      for (const [other, otherBox] of lines.slice(0, i))
        if (inner(box, otherBox)) problems.push(`${name(e)} and ${name(other)} overlap`);
    });
  }
  const tables = [...doc.querySelectorAll("table")].filter(isVisible).length;
  const result = document.createElement("pre");
  result.textContent = "MEASURED" + JSON.stringify({ problems, figures: figures.length, texts, tables }) + "END";
  document.body.append(result);
});
