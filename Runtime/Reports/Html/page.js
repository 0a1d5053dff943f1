"use strict";
// A line and the values under the pointer. Each figure brings its points: [place on x, x, y] in the picture's own units.
for (const figure of document.querySelectorAll("figure")) {
  const svg = figure.querySelector("svg"), cursor = figure.querySelector(".cursor"), tip = figure.querySelector(".tip");
  const chart = JSON.parse(figure.querySelector("script").textContent);
  const text = y => chart.share ? (100 * y).toFixed(2) + " %" : Number(y.toPrecision(5)).toString();
  const hide = () => { cursor.style.visibility = "hidden"; tip.style.display = "none"; };
  const show = event => {
    const frame = svg.getBoundingClientRect(), place = (event.clientX - frame.left) / frame.width * svg.viewBox.baseVal.width;
    const found = chart.series.filter(s => s.points.length > 0).map(s => ({ name: s.name, color: s.color, at: s.points.reduce((a, b) => Math.abs(b[0] - place) < Math.abs(a[0] - place) ? b : a) }));
    if (found.length === 0) return;
    const nearest = found.reduce((a, b) => Math.abs(b.at[0] - place) < Math.abs(a.at[0] - place) ? b : a);
    cursor.setAttribute("x1", nearest.at[0]);
    cursor.setAttribute("x2", nearest.at[0]);
    cursor.style.visibility = "visible";
    tip.replaceChildren(...found.map(f => {
      const row = document.createElement("div");
      row.className = f.color;
      row.textContent = `${f.name} ${text(f.at[2])} at ${Number(f.at[1].toFixed(2))}`;
      return row;
    }));
    tip.style.display = "block";
    const left = frame.left - figure.getBoundingClientRect().left + nearest.at[0] / svg.viewBox.baseVal.width * frame.width;
    tip.style.left = Math.min(left + 12, figure.clientWidth - tip.offsetWidth - 4) + "px";
    tip.style.top = "3.2rem";
  };
  svg.addEventListener("pointermove", show);
  svg.addEventListener("pointerleave", hide);
}
document.documentElement.dataset.ready = "yes";
