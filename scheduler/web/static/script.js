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
  // The form for an event shows only the treatments' fields that matter as soon as a kind is chosen.
  for (const select of document.querySelectorAll("select[data-sends]")) {
    select.addEventListener("change", () => select.form.requestSubmit());
  }
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      try { await navigator.clipboard.writeText(field.value); button.textContent = "Copied"; } catch { /* it is selected */ }
    });
  }
});
