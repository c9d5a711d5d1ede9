// Every page works without this. It only spares a click here and there.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  // A second click on a button that records does not record twice.
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", () => {
      setTimeout(() => form.querySelectorAll("button").forEach((button) => { button.disabled = true; }), 0);
    });
  }
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("button:disabled").forEach((button) => { button.disabled = false; });
  });
  // A date is told in words, because a browser may show the month before the day.
  const words = new Intl.DateTimeFormat(document.documentElement.lang === "zh" ? "zh-CN" : "en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  for (const input of document.querySelectorAll("input[type=date]")) {
    const told = document.createElement("p");
    told.className = "said-date";
    const tell = () => { told.textContent = input.valueAsDate ? words.format(input.valueAsDate) : ""; };
    if (input.closest(".field")) { input.after(told); input.addEventListener("input", tell); tell(); }
  }
  // A slash goes to the search, unless somebody is writing.
  document.addEventListener("keydown", (event) => {
    const field = document.querySelector("[data-find]");
    const writing = event.target.closest("input, textarea, select, [contenteditable]");
    if (field && event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); field.focus(); field.select(); }
  });
  // g and a letter go to a page of the menu, and a question mark tells which.
  let going = 0;
  document.addEventListener("keydown", (event) => {
    if (!document.querySelector("[data-keys]") || event.target.closest("input, textarea, select, [contenteditable], dialog") || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "?") { const keys = document.querySelector("[data-keys]"); if (keys) { event.preventDefault(); keys.click(); } return; }
    if (event.key === "g") { going = event.timeStamp; return; }
    const link = event.timeStamp - going < 1500 && /^[a-z]$/.test(event.key) ? document.querySelector(`[data-go="${event.key}"]`) : null;
    going = 0;
    if (link) { event.preventDefault(); link.click(); }
  });
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      try { await navigator.clipboard.writeText(field.value); button.textContent = button.dataset.copied; } catch { /* it is selected */ }
    });
  }
});
