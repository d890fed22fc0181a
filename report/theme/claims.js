// Claims on the page: their notes open beside the mark, and the ledger can be filtered. Everything is there without it.
(() => {
  "use strict";

  const words = document.documentElement.lang.startsWith("sv")
    ? { verdict: "Utfall", section: "Avsnitt", text: "Sök i påståendena", all: "Alla", count: (n, of) => `${n} av ${of} påståenden visas` }
    : { verdict: "Verdict", section: "Section", text: "Search the claims", all: "All", count: (n, of) => `${n} of ${of} claims shown` };
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // On a wide screen below the mark, or above where there is no room; on a narrow one the note stays at the foot.
  function place(note) {
    const mark = document.querySelector(`.mark[popovertarget="${note.id}"]`);
    note.classList.toggle("placed", innerWidth >= 640);
    if (!mark || innerWidth < 640) return;
    const at = mark.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const fits = at.bottom + 8 + note.offsetHeight < clientHeight || at.top < note.offsetHeight + 8;
    note.style.left = `${Math.max(8, Math.min(at.left - 16, clientWidth - note.offsetWidth - 8)) + scrollX}px`;
    note.style.top = `${(fits ? at.bottom + 8 : at.top - note.offsetHeight - 8) + scrollY}px`;
  }

  function notes() {
    const opened = (event) => event.newState === "open" && event.target.matches(".note") && place(event.target);
    for (const name of ["beforetoggle", "toggle"]) document.addEventListener(name, opened, true); // they don't bubble
    document.addEventListener("click", (event) => {
      if (event.target.closest(".note a")) event.target.closest(".note").hidePopover();
    });
  }

  function field(name, control) {
    const label = document.createElement("label");
    label.append(words[name], control);
    return label;
  }

  function choice(values) {
    const select = document.createElement("select");
    select.append(new Option(words.all, ""));
    for (const [value, text] of values) select.append(new Option(text, value));
    return select;
  }

  function common(one, other) {
    const others = other.split(/\s|(?=,)/);
    return one.split(/\s|(?=,)/).filter((word, at) => word === others[at]).join(" ");
  }

  function ledger() {
    const table = document.querySelector("#tbl-report-ledger table");
    if (!table) return;
    const groups = [...table.tBodies].map((body) => ({ body, name: body.rows[0].textContent.trim(), rows: [...body.rows].slice(1) }));
    const rows = groups.flatMap(({ name, rows }) =>
      rows.map((row) => ({
        row,
        section: name,
        verdict: row.querySelector(".verdict")?.className.match(/verdict-(\w+)/)?.[1],
        word: row.querySelector(".verdict")?.textContent.trim(),
        text: row.textContent.toLowerCase(),
      })),
    );
    const said = new Map(); // what the words of an outcome have in common: some say more, of their data or which way they lean
    for (const { verdict, word } of rows) said.set(verdict, common(said.get(verdict) ?? word, word));
    const verdict = choice(said);
    const section = choice(groups.map(({ name }) => [name, name]));
    const text = document.createElement("input");
    text.type = "search";
    const count = document.createElement("p");
    count.setAttribute("role", "status");
    const form = document.createElement("form");
    form.className = "filter";
    form.setAttribute("role", "search");
    form.append(field("verdict", verdict), field("section", section), field("text", text), count);
    form.addEventListener("submit", (event) => event.preventDefault());

    const filter = () => {
      const wanted = text.value.toLowerCase().split(/\s+/);
      for (const entry of rows) {
        entry.row.hidden = !(
          (!verdict.value || entry.verdict === verdict.value) &&
          (!section.value || entry.section === section.value) &&
          wanted.every((word) => entry.text.includes(word))
        );
      }
      for (const group of groups) group.body.hidden = group.rows.every((row) => row.hidden);
      count.textContent = words.count(rows.filter((entry) => !entry.row.hidden).length, rows.length);
    };
    form.addEventListener("input", filter);
    table.closest(".table-scroll").before(form);
    filter();

    // A link to a row must find it; the banner's link asks for those that fail.
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#ledger-'], a[data-verdict]");
      if (!link) return;
      form.reset();
      verdict.value = link.dataset.verdict ?? "";
      filter();
    });
  }

  addEventListener("DOMContentLoaded", () => {
    notes();
    ledger();
  });
})();
