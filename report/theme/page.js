// What the page does beyond being read. Everything is there without it.
(() => {
  "use strict";

  const root = document.documentElement;
  const words = root.lang.startsWith("sv")
    ? { section: "Länk till avsnittet", save: "Ladda ner figuren som" }
    : { section: "Link to the section", save: "Download the figure as" };
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  root.classList.add("js");

  // Light or dark: the reader's system decides until the reader does. A browser may forbid to remember.
  const KEY = "report-theme";
  const night = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  const remember = (theme) => {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // it stays until the page is left
    }
  };
  if (["light", "dark"].includes(chosen())) root.dataset.theme = chosen(); // before anything is painted

  function theme() {
    const button = document.getElementById("theme");
    if (!button) return;
    const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : night.matches);
    const show = () => button.setAttribute("aria-pressed", String(dark()));
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      remember(root.dataset.theme);
      show();
    });
    night.addEventListener("change", show);
    show();
  }

  // The contents mark the section that is being read, and the links to the other edition lead to the same one.
  function contents() {
    const box = document.querySelector("#TOC > details");
    if (!box || !("IntersectionObserver" in window)) return;
    const links = all("a[href^='#']", box);
    const above = new Map();
    for (const link of links) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading) above.set(heading, { link, passed: false });
    }
    const mark = () => {
      const passed = [...above.values()].filter((entry) => entry.passed);
      const current = passed.at(-1)?.link;
      for (const link of links) {
        if (link === current) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
      for (const link of all("a[data-edition]")) {
        link.setAttribute("href", link.getAttribute("href").split("#")[0] + (current ? current.hash : ""));
      }
      const place = box.parentElement;
      if (current && place.scrollHeight > place.clientHeight) place.scrollTop = current.offsetTop - place.clientHeight / 2;
    };
    // A heading counts from when it has passed the upper quarter of the window, however fast the reader got there.
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) above.get(target).passed = isIntersecting;
        mark();
      },
      { rootMargin: "1000000px 0px -75% 0px" },
    );
    for (const heading of above.keys()) observer.observe(heading);

    const wide = matchMedia("(min-width: 72rem)");
    const fold = () => (box.open = wide.matches);
    wide.addEventListener("change", fold);
    fold();
    box.addEventListener("click", (event) => {
      if (event.target.closest("a") && !wide.matches) box.open = false;
    });
  }

  function anchors() {
    for (const heading of all("main :is(h2, h3, h4)[id]")) {
      const link = document.createElement("a");
      link.className = "anchor";
      link.href = `#${heading.id}`;
      link.setAttribute("aria-label", `${words.section} ${heading.textContent.trim()}`);
      heading.append(link);
    }
  }

  // A note beside what has pointer or focus: a copy of the reference or footnote that a link leads to, what decided
  // a verdict, where a number comes from.
  function previews() {
    const main = document.querySelector("main");
    const links = "a[role='doc-biblioref'], a.footnote-ref";
    const places = `${links}, .mark, .fact[data-note]`;
    const box = document.createElement("div");
    box.id = "preview";
    box.className = "preview";
    box.hidden = true;
    main.append(box);
    let shown = null;
    let timer = 0;

    const lines = (texts) =>
      texts.map((text) => {
        const line = document.createElement("p");
        line.textContent = text;
        return line;
      });
    const content = (place) => {
      if (place.dataset.note) return lines(place.dataset.note.split("\n"));
      const target = document.getElementById(place.popoverTargetElement?.id ?? decodeURIComponent(place.hash.slice(1)));
      if (!target || target.matches(":popover-open")) return null;
      if (target.popover) return lines([target.querySelector(".decided").textContent]);
      const copy = target.cloneNode(true);
      for (const element of all("[id]", copy)) element.removeAttribute("id");
      for (const element of all(".footnote-back", copy)) element.remove();
      return [...copy.childNodes];
    };
    const hide = () => {
      clearTimeout(timer);
      shown?.removeAttribute("aria-describedby");
      shown = null;
      box.hidden = true;
    };
    const show = (place) => {
      clearTimeout(timer);
      if (shown === place) return;
      hide();
      const said = content(place);
      if (!said) return;
      box.replaceChildren(...said);
      box.hidden = false;
      shown = place;
      place.setAttribute("aria-describedby", box.id);
      const at = [...place.getClientRects()].at(-1);
      const left = Math.max(8, Math.min(at.left, root.clientWidth - box.offsetWidth - 8));
      const below = at.bottom + 6;
      const fits = below + box.offsetHeight < innerHeight || at.top < box.offsetHeight + 6;
      box.style.left = `${left + scrollX}px`;
      box.style.top = `${(fits ? below : at.top - box.offsetHeight - 6) + scrollY}px`;
    };
    const soon = (action, delay) => {
      clearTimeout(timer);
      timer = setTimeout(action, delay);
    };

    main.addEventListener("pointerover", (event) => {
      const place = event.target.closest(places);
      if (place && place !== shown) soon(() => show(place), place.matches(links) ? 0 : 300); // a glance passes over numbers
      else if (place || event.target.closest(".preview")) clearTimeout(timer);
      else if (!shown) clearTimeout(timer);
      else if (shown !== document.activeElement) soon(hide, 250); // time to reach the copy
    });
    main.addEventListener("pointerleave", () => shown && shown !== document.activeElement && soon(hide, 250));
    main.addEventListener("focusin", (event) => event.target.matches(places) && event.target.matches(":focus-visible") && show(event.target));
    main.addEventListener("focusout", (event) => event.target === shown && soon(hide, 250));
    main.addEventListener("click", (event) => event.target.closest(".mark") && hide()); // which opens the whole note
    document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  }

  // Where numbers come from: the pointer learns it anywhere, the keyboard with the switch on, or it would stop at each.
  function facts() {
    const marked = all("main .fact[title]");
    for (const fact of marked) {
      fact.dataset.note = fact.title;
      fact.removeAttribute("title");
    }
    const button = document.getElementById("facts");
    if (!button || !marked.length) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const on = root.classList.toggle("show-facts");
      button.setAttribute("aria-pressed", String(on));
      for (const fact of marked) {
        if (on) fact.tabIndex = 0;
        else fact.removeAttribute("tabindex");
      }
    });
  }

  // The page holds every figure once, as SVG: saved as it is, or drawn as PNG.
  function save(address, name) {
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
  }

  function png(picture) {
    const canvas = document.createElement("canvas");
    canvas.width = 2400;
    canvas.height = Math.round((2400 * picture.naturalHeight) / picture.naturalWidth);
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/png");
  }

  function downloads() {
    for (const link of all(".downloads a[download]")) {
      const picture = link.closest(".quarto-figure")?.querySelector("img");
      if (!picture) continue;
      const name = link.download.replace(/\.csv$/, "");
      for (const [kind, source] of [["SVG", () => picture.src], ["PNG", () => png(picture)]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = kind;
        button.setAttribute("aria-label", `${words.save} ${kind}: ${name}`);
        button.addEventListener("click", () => save(source(), `${name}.${kind.toLowerCase()}`));
        link.before(button, " ");
      }
    }
  }

  addEventListener("DOMContentLoaded", () => {
    for (const part of [theme, contents, anchors, facts, previews, downloads]) part();
  });
})();
