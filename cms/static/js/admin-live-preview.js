// Shows below each text of a draft what readers will see of it, while it is being written. Without it all still works.
"use strict";
(() => {
  const script = document.getElementById("live-preview");
  if (!script) return;
  const {url, label, problem} = script.dataset;

  async function render(area, pane) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = new URLSearchParams({text: area.value, csrfmiddlewaretoken: token});
    try {
      const answer = await fetch(url, {method: "POST", body, credentials: "same-origin", redirect: "error"});
      const text = await answer.text();
      // Only an answer of the renderer, which sanitises, is taken as HTML; anything else is shown as words.
      if (answer.status === 200) pane.innerHTML = text;
      else pane.textContent = answer.status === 422 ? text : problem;
    } catch {
      pane.textContent = problem;
    }
  }

  function attach(area) {
    if (area.dataset.hasPreview || area.name.includes("__prefix__")) return;
    area.dataset.hasPreview = "yes";
    const fold = document.createElement("details");
    fold.className = "live-preview";
    const summary = document.createElement("summary");
    summary.textContent = label;
    const pane = document.createElement("div");
    pane.className = "live-preview-text article-body";
    fold.append(summary, pane);
    area.closest(".flex-container").after(fold);
    let waiting = 0;
    const soon = () => {
      if (!fold.open) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => render(area, pane), 400);
    };
    area.addEventListener("input", soon);
    fold.addEventListener("toggle", soon);
  }

  const attachAll = (root) => root.querySelectorAll("textarea[name$=-professional], textarea[name$=-plain]").forEach(attach);
  attachAll(document);
  document.addEventListener("formset:added", (event) => attachAll(event.target));
})();
