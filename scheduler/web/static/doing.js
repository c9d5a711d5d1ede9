// A small page opens over the row that asks for it. Without this it is a page of its own, and does the same.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const over = document.getElementById("over");
  if (!over || !over.showModal) { return; }
  const inside = over.querySelector(".inside");
  const isStep = (url) => /\/(do|move|preview|keys)$/.test(url.pathname) && url.origin === location.origin;
  const open = async (address, options) => {
    inside.setAttribute("aria-busy", "true");
    if (!over.open) { inside.replaceChildren(); over.showModal(); }
    let answer;
    try { answer = await fetch(address, options); } catch { if (!options) { location.assign(address); } return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const content = page.getElementById("content");
    // What is no step of it, such as the form of a dose or the way to log in again, is a page of its own.
    if (!content || (answer.redirected && !isStep(new URL(answer.url))) || (answer.status >= 400 && !content.querySelector("form"))) {
      if (!options || answer.redirected) { location.assign(answer.url); return; }
    }
    inside.replaceChildren(...(content || page.body).childNodes);
    inside.removeAttribute("aria-busy");
    const heading = inside.querySelector("h1");
    if (heading) { heading.tabIndex = -1; heading.focus(); over.setAttribute("aria-labelledby", heading.id = "over-title"); }
    over.scrollTop = 0;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
    if (link.hasAttribute("data-here")) { event.preventDefault(); open(link.href); return; }
    // "Cancel" leads to the page that is underneath.
    if (over.contains(link) && link.pathname === location.pathname) { event.preventDefault(); over.close(); }
  });
  over.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    const url = new URL((button && button.hasAttribute("formaction") ? button.formAction : form.action), location.href);
    if (!isStep(url)) { setTimeout(() => form.querySelectorAll("button").forEach((each) => { each.disabled = true; }), 0); return; }
    event.preventDefault();
    const told = new URLSearchParams(new FormData(form));
    if (button && button.name) { told.append(button.name, button.value); }
    if (form.method === "post") { open(url.href, { method: "POST", body: told }); } else { url.search = told; open(url.href); }
  });
  over.querySelector(".shut").addEventListener("click", () => over.close());
  over.addEventListener("close", () => inside.replaceChildren());
});
document.addEventListener("DOMContentLoaded", () => {
  // Leaving a form that is filled in and was not sent asks first.
  let changed = false;
  document.addEventListener("input", (event) => { if (event.target.closest("form[method=post]")) { changed = true; } });
  document.addEventListener("submit", () => { changed = false; });
  const over = document.getElementById("over");
  if (over) { over.addEventListener("close", () => { changed = false; }); }
  window.addEventListener("beforeunload", (event) => { if (changed) { event.preventDefault(); } });
  // Going back after recording leads to a page that can be asked for again, not to a form that would be sent again.
  for (const form of document.querySelectorAll("form[data-again]")) {
    form.addEventListener("submit", () => history.replaceState(null, "", form.dataset.again));
  }
});
