/* 食安督办 site.js: dialogs, questions before a step that cannot be taken back, upload areas, unsaved typing, keys.
   Every page works without it, by plain links and forms. Written for the Chromium 86 of older office machines. */
(function () {
  "use strict";

  function find(id) { return id ? document.getElementById(id) : null; }

  /* Dialogs ------------------------------------------------------------------------------------ */
  function openDialog(dialog) {
    if (dialog.showModal) { dialog.showModal(); } else { dialog.setAttribute("open", ""); }
  }

  function closeDialog(dialog) {
    if (dialog.close) { dialog.close(); } else { dialog.removeAttribute("open"); }
  }

  document.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-opens]");
    var closer = event.target.closest("[data-closes]");
    if (opener && find(opener.dataset.opens)) { event.preventDefault(); openDialog(find(opener.dataset.opens)); }
    if (closer && closer.closest("dialog")) { event.preventDefault(); closeDialog(closer.closest("dialog")); }
    if (event.target.closest("[data-back]")) { history.back(); }
    if (event.target.closest("[data-print]")) { window.print(); }
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
  });

  /* A form with data-confirm is sent only after its question has been answered with yes. */
  var asked = null;

  function ask(form, submitter) {
    asked = { form: form, submitter: submitter };
    find("confirm-question").textContent = form.dataset.confirm;
    find("confirm-yes").textContent = form.dataset.confirmButton || "确定";
    openDialog(find("confirm"));
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.confirm && !form.dataset.confirmed) {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(form, event.submitter);
      return;
    }
    /* The second of two hasty clicks is dropped; htmx minds its own forms. */
    if (Date.now() - (form.dataset.sentAt || 0) < 2000 && !form.hasAttribute("hx-post")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    delete form.dataset.confirmed;
    form.dataset.sent = "yes";
    form.dataset.sentAt = Date.now();
  }, true);

  function answerYes() {
    closeDialog(find("confirm"));
    asked.form.dataset.confirmed = "yes";
    asked.form.requestSubmit(asked.submitter || undefined);
  }

  /* Upload areas: <label data-drop> around a file field takes dropped files and says their names. -- */
  function sayNames(area) {
    var input = area.querySelector("input[type=file]");
    var note = area.querySelector("[data-drop-names]");
    var names = Array.prototype.map.call(input.files, function (file) { return file.name; });
    if (note && names.length) { note.textContent = names.join("、"); }
  }

  ["dragover", "dragleave", "drop"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var area = event.target.closest ? event.target.closest("[data-drop]") : null;
      if (!area) { return; }
      event.preventDefault();
      area.classList.toggle("over", kind === "dragover");
      if (kind !== "drop" || !event.dataTransfer.files.length) { return; }
      area.querySelector("input[type=file]").files = event.dataTransfer.files;
      sayNames(area);
    });
  });

  document.addEventListener("change", function (event) {
    var area = event.target.closest("[data-drop]");
    if (area && event.target.type === "file") { sayNames(area); }
  });

  /* Typing in a form with data-guard is not lost without a question. ------------------------------- */
  document.addEventListener("input", function (event) {
    var form = event.target.closest("form[data-guard]");
    if (form) { form.dataset.changed = "yes"; delete form.dataset.sent; }
  });

  window.addEventListener("beforeunload", function (event) {
    var open = document.querySelector("form[data-guard][data-changed]:not([data-sent])");
    if (open) { event.preventDefault(); event.returnValue = ""; }
  });

  /* Keys: an element with data-key="J" is pressed by that key, unless one is typing. ---------------- */
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) { return; }
    if (event.target.closest("input, select, textarea, [contenteditable], dialog[open]")) { return; }
    var key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    var target = document.querySelector('[data-key="' + (window.CSS ? CSS.escape(key) : key) + '"]');
    if (!target || (key === "Enter" && event.target.closest("a, button, summary"))) { return; }
    event.preventDefault();
    target.click();
  });

  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && event.target.closest("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  /* Requests by script ---------------------------------------------------------------------------- */
  function toast(sentence) {
    var note = find("toast");
    note.textContent = sentence;
    note.hidden = false;
    window.clearTimeout(toast.timer);
    toast.timer = window.setTimeout(function () { note.hidden = true; }, 8000);
  }

  /* A row that is unfolded folds again at the second press instead of asking the server once more. */
  document.addEventListener("htmx:beforeRequest", function (event) {
    var opener = event.target;
    var shown = find(opener.getAttribute("aria-controls"));
    if (!opener.hasAttribute("aria-expanded") || !shown) { return; }
    event.preventDefault();
    shown.remove();
    opener.setAttribute("aria-expanded", "false");
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    var opener = event.target;
    if (event.detail.successful && opener.hasAttribute("aria-expanded")) { opener.setAttribute("aria-expanded", "true"); }
  });

  /* 400, 403, 409 and 422 are swapped in with their sentence; of all others the sentence is shown as a toast. */
  document.addEventListener("htmx:responseError", function (event) {
    if ([400, 403, 409, 422].indexOf(event.detail.xhr.status) >= 0) { return; }
    var page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    var sentence = page.querySelector(".problem p");
    toast(sentence ? sentence.textContent : "没有办成（" + event.detail.xhr.status + "）。请刷新页面再试，仍不行的请告诉系统管理员。");
  });

  document.addEventListener("htmx:sendError", function () { toast("没有连上服务器，刚才这一步没有生效。请检查网络后再试。"); });

  /* A form with data-tidy leaves empty fields out of the address. */
  document.addEventListener("submit", function (event) {
    if (!event.target.hasAttribute("data-tidy")) { return; }
    var empty = Array.prototype.filter.call(event.target.elements, function (field) { return field.name && !field.value; });
    empty.forEach(function (field) { field.disabled = true; });
    window.setTimeout(function () { empty.forEach(function (field) { field.disabled = false; }); }, 0);
  });

  /* What only works with this script is shown by it. */
  document.querySelectorAll("[data-back]").forEach(function (button) { button.hidden = history.length < 2; });
  document.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; });
  if (find("confirm-yes")) { find("confirm-yes").addEventListener("click", answerYes); }
})();
