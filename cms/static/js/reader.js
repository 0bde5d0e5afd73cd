// Buttons that only make sense with a script: print the page, copy its citation.

const actions = document.querySelector("[data-reader-actions]");

if (actions) {
  const copy = actions.querySelector("[data-copy]");
  actions.querySelector("[data-print]").addEventListener("click", () => window.print());
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    const text = document.querySelector(copy.dataset.copy).textContent.trim().replace(/\s+/g, " ");
    await navigator.clipboard.writeText(text);
    copy.textContent = copy.dataset.copied;
  });
  actions.hidden = false;
}
