// What a figure's marks say, beside the pointer, and one after the other by keyboard with the slider under the figure.
(() => {
  "use strict";

  const label = document.documentElement.lang.startsWith("sv") ? "Värden i figuren" : "Values in the figure";
  const NEAR = 18; // pixels between the pointer and a mark that it is on
  const box = document.createElement("div"), ring = document.createElement("div");
  box.className = "preview said-value";
  ring.className = "value-ring";
  for (const each of [box, ring]) {
    each.hidden = true;
    each.setAttribute("aria-hidden", "true"); // the slider says the same
  }

  const hide = () => (box.hidden = ring.hidden = true);

  function show(picture, [x, y, half, tall, words]) {
    const at = picture.getBoundingClientRect();
    const style = getComputedStyle(picture);
    const inset = parseFloat(style.paddingLeft), top = parseFloat(style.paddingTop);
    const width = at.width - 2 * inset, height = at.height - 2 * top;
    const middle = { x: at.left + inset + x * width, y: at.top + top + y * height };
    const reach = { x: Math.max(half * width, 7), y: Math.max(tall * height, 7) };
    box.textContent = words;
    box.hidden = ring.hidden = false;
    ring.style.left = `${middle.x - reach.x + scrollX}px`;
    ring.style.top = `${middle.y - reach.y + scrollY}px`;
    ring.style.width = `${2 * reach.x}px`;
    ring.style.height = `${2 * reach.y}px`;
    const left = Math.max(8, Math.min(middle.x - box.offsetWidth / 2, document.documentElement.clientWidth - box.offsetWidth - 8));
    const above = middle.y - reach.y - box.offsetHeight - 6;
    box.style.left = `${left + scrollX}px`;
    box.style.top = `${(above > 0 ? above : middle.y + reach.y + 6) + scrollY}px`;
  }

  function nearest(picture, values, event) {
    const at = picture.getBoundingClientRect();
    let found = null, least = NEAR;
    for (const value of values) {
      const [x, y, half, tall] = value;
      const across = Math.max(Math.abs(event.clientX - at.left - x * at.width) - half * at.width, 0);
      const down = Math.max(Math.abs(event.clientY - at.top - y * at.height) - tall * at.height, 0);
      const far = Math.hypot(across, down);
      if (far < least) [found, least] = [value, far];
    }
    return found;
  }

  function equip(figure) {
    const pictures = [...figure.querySelectorAll("img[data-values]")];
    if (!pictures.length) return;
    const values = new Map(pictures.map((picture) => [picture, JSON.parse(picture.dataset.values)]));
    const seen = () => pictures.find((picture) => picture.checkVisibility()) ?? pictures[0];
    for (const picture of pictures) {
      const point = (event) => {
        const found = nearest(picture, values.get(picture), event);
        if (found) show(picture, found);
        else hide();
      };
      picture.addEventListener("pointermove", point);
      picture.addEventListener("pointerdown", point);
      picture.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hide());
    }
    const line = figure.closest(".quarto-figure")?.querySelector(".figure-data");
    if (!line) return;
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: 0, max: values.get(pictures[0]).length - 1, value: 0, className: "values" });
    const say = () => slider.setAttribute("aria-valuetext", values.get(seen())[slider.value]?.[4] ?? "");
    const step = () => {
      say();
      const value = values.get(seen())[slider.value];
      if (value) show(seen(), value);
    };
    say();
    slider.addEventListener("input", step);
    slider.addEventListener("focus", () => slider.matches(":focus-visible") && step());
    slider.addEventListener("blur", hide);
    const name = document.createElement("label");
    name.className = "values";
    name.append(label, " ", slider);
    line.prepend(name);
  }

  addEventListener("DOMContentLoaded", () => {
    document.querySelector("main")?.append(ring, box);
    for (const figure of document.querySelectorAll("figure.quarto-float-fig")) equip(figure);
    addEventListener("keydown", (event) => event.key === "Escape" && hide());
    addEventListener("resize", hide);
  });
})();
