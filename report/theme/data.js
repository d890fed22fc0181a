// Tables that are put in order by their columns, and the data of all figures in one file.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const swedish = document.documentElement.lang.startsWith("sv");

  // "1 234,5", "4,2 %", "−17", "+5": numbers as the page writes them; anything else is a word.
  function value(text) {
    const bare = text.replace(/[\s%]/g, "").replace("−", "-");
    const plain = swedish ? bare.replace(",", ".") : bare.replaceAll(",", "");
    return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : text;
  }

  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a === "number" || typeof b === "number") return typeof a === "number" ? -1 : 1; // what has no number comes last
    return a.localeCompare(b, document.documentElement.lang);
  }

  function order(table, column, heading) {
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const each of all("thead th", table)) each.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => ({ row, value: value(row.cells[column].textContent.trim()) }));
    rows.sort((a, b) => (down ? compare(b.value, a.value) : compare(a.value, b.value)));
    body.append(...rows.map((each) => each.row));
  }

  // Tables in groups (the ledger) have an order of their own, and so do short ones.
  function sortable() {
    for (const table of all("main table")) {
      const headings = all("thead th", table);
      const plain = table.tBodies.length === 1 && table.tHead?.rows.length === 1 && !all("[colspan], [rowspan]", table.tBodies[0]).length;
      if (!plain || table.tBodies[0].rows.length < 3) continue;
      headings.forEach((heading, column) => {
        if (!heading.textContent.trim()) return;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "sort";
        button.append(...heading.childNodes);
        button.addEventListener("click", () => order(table, column, heading));
        heading.append(button);
      });
    }
  }

  const CRC = Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n >>> 0;
  });

  function crc(bytes) {
    let sum = 0xffffffff;
    for (const byte of bytes) sum = CRC[(sum ^ byte) & 255] ^ (sum >>> 8);
    return (sum ^ 0xffffffff) >>> 0;
  }

  function numbers(...pairs) {
    const bytes = [];
    for (const [size, number] of pairs) for (let at = 0; at < size; at++) bytes.push((number >>> (8 * at)) & 255);
    return bytes;
  }

  // Stored, not pressed: the same data give the same bytes (their date is the format's first day).
  function zip(files) {
    const parts = [], entries = [];
    let offset = 0;
    for (const { name, text } of files) {
      const title = new TextEncoder().encode(name), bytes = new TextEncoder().encode(text);
      const common = [[2, 20], [2, 0x0800], [2, 0], [2, 0], [2, 33], [4, crc(bytes)], [4, bytes.length], [4, bytes.length], [2, title.length]];
      const head = numbers([4, 0x04034b50], ...common, [2, 0]);
      entries.push(new Uint8Array([...numbers([4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), ...title]));
      parts.push(new Uint8Array([...head, ...title]), bytes);
      offset += head.length + title.length + bytes.length;
    }
    const size = entries.reduce((sum, entry) => sum + entry.length, 0);
    const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, offset], [2, 0]);
    return new Blob([...parts, ...entries, new Uint8Array(end)], { type: "application/zip" });
  }

  function everything() {
    const button = document.getElementById("data");
    const links = all(".downloads a[download]");
    if (!button || !links.length) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const files = links.map((each) => ({ name: each.download, text: decodeURIComponent(each.href.slice(each.href.indexOf(",") + 1)) }));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(zip(files));
      link.download = "data.zip";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  }

  addEventListener("DOMContentLoaded", () => {
    sortable();
    everything();
  });
})();
