/* 食安督办 source.js: the page of a plan's source. Marks the fact that the address names, and steps through the words
   found. Without it the page finds words by its address and its links lead to the same places. */
(function () {
  "use strict";

  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }

  /* The fact named by the address (#m12) is marked as a whole; the browser has scrolled to where it begins. */
  function markNamed() {
    all("#document .here").forEach(function (stretch) { stretch.classList.remove("here"); });
    var name = window.location.hash.slice(1);
    if (!/^[stmaid]\d+$/.test(name)) { return; }
    all('#document [data-of~="' + name + '"]').forEach(function (stretch) { stretch.classList.add("here"); });
  }

  function count() { return Number(document.getElementById("hits").dataset.count); }

  function showHit(number) {
    all("#document .now").forEach(function (stretch) { stretch.classList.remove("now"); });
    var parts = all('#document [data-of~="h' + number + '"]');
    if (!parts.length) { return; }
    parts.forEach(function (stretch) { stretch.classList.add("now"); });
    document.querySelector("#hits [data-at]").textContent = number;
    parts[0].scrollIntoView({ block: "center" });
  }

  function step(by) {
    if (!count()) { return; }
    var at = Number(document.querySelector("#hits [data-at]").textContent);
    showHit((at - 1 + by + count()) % count() + 1);
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-hit]");
    if (link) { event.preventDefault(); step(Number(link.dataset.hit)); }
  });

  /* Enter goes on to the next hit, with Shift to the one before. */
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.target.id !== "find" || event.isComposing) { return; }
    if (event.target.value.trim() !== document.getElementById("hits").dataset.q) { return; }
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.target.id === "document") { markNamed(); showHit(1); }
  });

  window.addEventListener("hashchange", markNamed);
  markNamed();
  if (document.getElementById("hits") && count() && !/^#[stmaid]/.test(window.location.hash)) {
    showHit(Number(document.querySelector("#hits [data-at]").textContent));
  }
})();
