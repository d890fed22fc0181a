// Listens for news of the page that is being written: loads it again when there is a new one, shows what went wrong.
(() => {
  "use strict";
  const { version, failed, noted, lost } = document.currentScript.dataset;
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  const styles = new CSSStyleSheet(); // the page's policy allows no style element
  styles.replaceSync(`
    [role] { position: fixed; inset: auto 0 0; z-index: 9; max-height: 45vh; margin: 0; padding: 0.8rem 1.2rem; overflow: auto;
      background: #1d2b33; color: #fff; border-top: 4px solid #e6b865; font: 15px/1.5 system-ui, sans-serif; white-space: pre-wrap; }
    [data-state="failed"] { border-color: #f0a089; }
    [data-state="working"] { inset: auto 1rem 1rem auto; padding: 0.3rem 0.8rem; border: 0; }
  `);
  shadow.adoptedStyleSheets = [styles];
  const box = document.createElement("div");
  box.setAttribute("role", "status");
  box.hidden = true;
  shadow.append(box);
  const heads = { working: "…", failed, noted, lost };
  const show = (state, lines = []) => {
    box.dataset.state = state;
    box.textContent = [heads[state], ...lines].join("\n");
    box.hidden = state === "ready";
  };
  document.body.append(host);
  const events = new EventSource("/preview/events");
  events.onmessage = ({ data }) => {
    const news = JSON.parse(data);
    if (news.version !== version) location.reload();
    else show(news.state, news.lines);
  };
  events.onerror = () => show("lost");
})();
