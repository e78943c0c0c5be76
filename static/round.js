/* 食安督办 round.js: the round page. Selects that open at once, reasons at a press, a reason asked for before an
   entry is returned, copying. Without it the page works by its buttons. Written for Chromium 86. */
(function () {
  "use strict";

  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }

  function prepare() {
    all("[data-no-script]").forEach(function (button) { button.hidden = true; });
    all(".common, [data-copies]").forEach(function (part) { part.hidden = false; });
  }

  document.addEventListener("change", function (event) {
    var form = event.target.closest("form[data-sends-itself]");
    if (form) { form.requestSubmit(); }
  });

  document.addEventListener("click", function (event) {
    var reason = event.target.closest("[data-reason]");
    if (reason) {
      var field = document.getElementById("reason");
      field.value = field.value ? field.value.replace(/[。；]?$/, "；") + reason.dataset.reason : reason.dataset.reason;
      field.focus();
    }
    var copier = event.target.closest("[data-copies]");
    if (copier) { copy(document.getElementById(copier.dataset.copies), copier); }
    var returns = event.target.closest("[data-returns]");
    if (returns) { askReason(event, returns.form); }
  });

  /* Nothing is returned without a reason: the field is shown instead of a refusal from the server. */
  function askReason(event, form) {
    var field = form.querySelector("textarea");
    if (field.value.trim()) { return; }
    event.preventDefault();
    field.placeholder = "请写明退回原因，单位照此补正";
    field.focus();
  }

  function copy(field, button) {
    field.select();
    if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(field.value); } else { document.execCommand("copy"); }
    button.textContent = "已复制";
  }

  /* Back where one was: the chosen row in sight; on a narrow screen the panel stands above the table. */
  var chosen = document.querySelector(".round tr.current");
  if (chosen && window.innerWidth > 1100 && chosen.getBoundingClientRect().bottom > window.innerHeight) { chosen.scrollIntoView({ block: "center" }); }
  prepare();
})();
