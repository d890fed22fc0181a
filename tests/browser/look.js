// What a reader meets, asked of the page itself. Every question returns a list of descriptions; an empty one is good.
const look = (() => {
  const all = (selector) => [...document.querySelectorAll(selector)];

  const describe = (element, more = "") => {
    const name = element.localName + (element.id ? `#${element.id}` : "");
    const text = (element.textContent || element.alt || "").trim().replace(/\s+/g, " ").slice(0, 60);
    return `${name} "${text}" ${more}`.trim();
  };

  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  // Text and pictures of title page and report; contents, switches, downloads, closed notes and the like may come and go.
  const content = () =>
    all("header *, main *").filter(
      (element) =>
        (hasText(element) || element.localName === "img") &&
        !element.closest("nav, button, summary, label.values, .downloads, .preview, .filter, [popover]:not(:popover-open), script, style, template") &&
        !element.closest("details:not([open])") &&
        !(element.matches("img.wide, img.narrow") && getComputedStyle(element).display === "none"), // the other form is seen
    );

  const scrollBox = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(box).overflowX)) return box;
    }
    return null;
  };

  const lines = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return [...range.getClientRects(), ...(element.localName === "img" ? [element.getBoundingClientRect()] : [])];
  };

  return {
    // Text or pictures to the left or right of the window that no box of their own lets one scroll to.
    beyondTheWindow: () =>
      content()
        .filter((element) => !scrollBox(element))
        .filter((element) => lines(element).some((box) => box.width && (box.left < -1 || box.right > innerWidth + 1)))
        .map((element) => describe(element)),

    // Boxes that cut off what they hold, and boxes that scroll but can't be reached with the keyboard.
    cutOff: () => {
      const found = [];
      for (const box of all("header, main, header *, main *")) {
        const { overflowX, display } = getComputedStyle(box);
        if (display === "inline" || box.scrollWidth <= box.clientWidth + 1) continue;
        if (/hidden|clip/.test(overflowX)) found.push(describe(box, "cuts off"));
        if (/auto|scroll/.test(overflowX) && box.tabIndex < 0) found.push(describe(box, "scrolls, but not by keyboard"));
      }
      return found;
    },

    // Text and pictures that can't be seen, however one scrolls.
    hidden: () =>
      content()
        .filter((element) => {
          const { width, height } = element.getBoundingClientRect();
          const seen = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
          return !seen || width < 1 || height < 1 || (element.localName === "img" && !element.naturalWidth);
        })
        .map((element) => describe(element)),

    // What the report says, piece by piece.
    texts: () => content().map((element) => element.alt ?? element.textContent),

    // Ids that a link or a label names and nothing has, or more than one thing.
    unresolved: () => {
      const named = all("a[href^='#']").map((link) => decodeURIComponent(link.hash.slice(1)));
      for (const name of ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers"]) {
        for (const element of all(`[${name}]`)) named.push(...element.getAttribute(name).split(/\s+/));
      }
      const times = (id) => document.querySelectorAll(`[id="${CSS.escape(id)}"]`).length;
      return [...new Set(named)].filter((id) => times(id) !== 1).map((id) => `${id}: ${times(id)} times`);
    },

    headings: () => all("h1, h2, h3, h4, h5, h6").map((heading) => [Number(heading.localName[1]), heading.textContent.trim()]),

    alts: () => all("img:not(.narrow)").map((picture) => picture.alt),

    // Figures of which not exactly one form is seen, that scroll, or that are shown so small that their type is below 10 px.
    figures: () =>
      all("figure.quarto-float-fig").flatMap((figure) => {
        const seen = [...figure.querySelectorAll("img")].filter((picture) => picture.checkVisibility());
        if (seen.length !== 1) return [describe(figure, `${seen.length} forms`)];
        const [picture] = seen;
        const scale = picture.getBoundingClientRect().width / (picture.naturalWidth * 0.75); // pixels a point of the drawing
        const box = picture.parentElement;
        if (box.scrollWidth > box.clientWidth + 1) return [describe(picture, "scrolls sideways")];
        return 7.5 * scale < 9.95 ? [describe(picture, `type of ${(7.5 * scale).toFixed(1)} px`)] : [];
      }),

    // What the keyboard reaches and the eye can't see that it has; one key must have been pressed before.
    withoutFocusRing: () =>
      all("a[href], button, summary, input, select, [tabindex='0']")
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .filter((element) => {
          element.focus({ preventScroll: true });
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          const thin = outlineStyle !== "auto" && parseFloat(outlineWidth) < 1.5; // the browser's own ring is "auto"
          return document.activeElement === element && (outlineStyle === "none" || thin);
        })
        .map((element) => describe(element)),

    // How light the paper is, from 0 to 1: the background of an element or of what it stands on.
    lightness: (selector) => {
      for (let element = document.querySelector(selector); element; element = element.parentElement) {
        const [red, green, blue, alpha = 1] = getComputedStyle(element).backgroundColor.match(/[\d.]+/g).map(Number);
        if (alpha) return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
      }
      return 1;
    },
  };
})();
globalThis.look = look;
