/* 食安督办 review.js: the review page. Two panes that follow each other, doubts by key, editing in the row, stretches of
   the source. Everything it sends is a form of the page, so that the page works without it too. */
(function () {
  "use strict";

  var state = { fact: "", doubt: "", kind: "", scrolls: {}, row: null, asked: false };

  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function one(selector, root) { return (root || document).querySelector(selector); }
  function review() { return document.getElementById("review"); }
  function pane(name) { return document.getElementById("pane-" + name); }
  function rowOf(fact) { return one('#pane-reading tr[data-fact="' + fact + '"]'); }
  function stretchesOf(fact) { return all('#pane-source [data-of~="' + fact + '"]'); }

  /* Show an element in its pane without moving the page. */
  function show(element, inside) {
    if (!element || !inside) { return; }
    if (inside.scrollHeight <= inside.clientHeight + 1) {   /* on a phone the page itself scrolls, and only when asked to */
      if (state.asked) { element.scrollIntoView({ block: "nearest" }); }
      return;
    }
    var top = element.getBoundingClientRect().top - inside.getBoundingClientRect().top;
    if (top < 56 || top > inside.clientHeight - 96) { inside.scrollTop += top - inside.clientHeight / 3; }
  }

  /* Choosing a fact marks it on both sides. -------------------------------------------------------- */
  function choose(fact, options) {
    state.fact = fact;
    all("#pane-reading tr.current").forEach(function (row) { row.classList.remove("current"); });
    all("#pane-source .here").forEach(function (span) { span.classList.remove("here"); });
    var row = rowOf(fact);
    var spans = stretchesOf(fact);
    if (row) { row.classList.add("current"); }
    spans.forEach(function (span) { span.classList.add("here"); });
    if (options && options.source) { show(spans[0], pane("source")); }
    if (options && options.reading) { show(row, pane("reading")); }
  }

  function measureRowBefore(row) {
    while (row && !row.hasAttribute("data-fact")) { row = row.previousElementSibling; }
    return row;
  }

  /* Doubts. ----------------------------------------------------------------------------------------- */
  function openDoubts() {
    return all("#pane-reading tr[data-doubt]").filter(function (row) { return !state.kind || row.dataset.kind === state.kind; });
  }

  function chooseDoubt(row) {
    all("#pane-reading tr.doubt.current").forEach(function (other) { other.classList.remove("current"); });
    all("#pane-source sup.now").forEach(function (sup) { sup.classList.remove("now"); });
    all("#pane-reading [data-key='A']").forEach(function (button) { button.removeAttribute("data-key"); });
    if (!row) { state.doubt = ""; return; }
    state.doubt = row.dataset.doubtId;
    var owner = measureRowBefore(row);
    if (owner) { choose(owner.dataset.fact, {}); }
    row.classList.add("current");
    var number = one('#pane-source sup[data-number="' + row.dataset.doubt + '"]');
    if (number) { number.classList.add("now"); }
    show(number || stretchesOf(state.fact)[0], pane("source"));
    show(row, pane("reading"));
    var answer = one("button.answer", row);
    if (answer) { answer.setAttribute("data-key", "A"); }
    var rows = openDoubts();
    one("#at").textContent = "第" + (rows.indexOf(row) + 1) + "处疑点";
  }

  function step(by) {
    state.asked = true;
    var rows = openDoubts();
    if (!rows.length) { return; }
    var ids = rows.map(function (row) { return row.dataset.doubtId; });
    var at = ids.indexOf(state.doubt);
    var next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
    chooseDoubt(rows[next]);
  }

  /* After a step: the same doubt where it is still open, else the next one in the order of the text. */
  function goOn(from) {
    var rows = openDoubts();
    var same = rows.filter(function (row) { return row.dataset.doubtId === state.doubt; })[0];
    var next = rows.filter(function (row) { return Number(row.dataset.doubt) > from; })[0];
    if (same || next || rows[0]) { chooseDoubt(same || next || rows[0]); return; }
    state.doubt = "";
    if (state.fact) { choose(state.fact, {}); }
  }

  function filterBy(kind) {
    state.kind = kind;
    all(".tab[data-kind]").forEach(function (tab) { tab.setAttribute("aria-pressed", String(tab.dataset.kind === kind)); });
    chooseDoubt(openDoubts()[0]);
  }

  /* Editing in the row: the row is kept, so that 取消 and Escape bring it back as it was. ------------- */
  function edit() {
    var row = state.fact && rowOf(state.fact);
    var link = row && one("[data-edit], a[hx-get]", row);
    if (link) { link.click(); }
  }

  function cancel(form) {
    var editing = form.closest("tr.editing");
    if (!editing || !state.row) { return; }
    editing.replaceWith(state.row);
    window.htmx.process(state.row);
    choose(state.row.dataset.fact, {});
    state.row = null;
    pane("reading").focus({ preventScroll: true });
  }

  function press(button) {
    var form = one("#press");
    var verb = button.dataset.press;
    one("[name=verb]", form).value = verb;
    one("[name=at]", form).value = verb === "split" ? caretOffset(button) : "";
    form.requestSubmit();
  }

  /* The caret's place in the text field as an offset into the source: the field holds the same characters but white space. */
  function caretOffset(button) {
    var field = one("textarea[name=text]", button.closest("form"));
    var before = field.value.slice(0, field.selectionStart).replace(/\s+/g, "");
    var left = Array.from(before).length;
    var limits = button.dataset.parts.split(",").map(Number);
    var place = limits[0];
    stretchesOf(button.dataset.fact).forEach(function (span) {
      var offset = Number(span.dataset.start);
      Array.from(span.textContent).forEach(function (character) {
        if (offset >= limits[0] && offset < limits[1] && !/\s/.test(character) && left > 0) { left -= 1; place = offset + 1; }
        offset += 1;
      });
    });
    return String(place);
  }

  /* A stretch selected in the source. ----------------------------------------------------------------- */
  function offsetOf(node, inner) {
    var span = (node.nodeType === 3 ? node.parentNode : node).closest("[data-start]");
    if (!span) { return null; }
    return Number(span.dataset.start) + Array.from(span.textContent.slice(0, inner)).length;
  }

  function offerStretch() {
    var tools = document.getElementById("selection-tools");
    var selection = window.getSelection();
    if (!tools || selection.isCollapsed || !selection.rangeCount) { if (tools) { tools.hidden = true; } return; }
    var range = selection.getRangeAt(0);
    if (!pane("source").contains(range.commonAncestorContainer)) { return; }
    var start = offsetOf(range.startContainer, range.startOffset);
    var end = offsetOf(range.endContainer, range.endOffset);
    if (start === null || end === null || end <= start) { return; }
    one("[name=start]", tools).value = start;
    one("[name=end]", tools).value = end;
    tools.hidden = false;
  }

  /* Finding in the source. ------------------------------------------------------------------------------ */
  function find(field, again) {
    var wanted = field.value.trim();
    if (!wanted) { return; }
    var rows = all("#pane-source article p").filter(function (p) { return p.textContent.indexOf(wanted) >= 0; });
    field.setAttribute("aria-description", rows.length ? "有" + rows.length + "段" : "没有找到");
    field.classList.toggle("none-found", !rows.length);
    var at = again ? (Number(field.dataset.at || -1) + 1) % Math.max(1, rows.length) : 0;
    field.dataset.at = at;
    all("#pane-source p.found").forEach(function (p) { p.classList.remove("found"); });
    if (rows[at]) { rows[at].classList.add("found"); show(rows[at], pane("source")); }
  }

  /* Events. --------------------------------------------------------------------------------------------- */
  document.addEventListener("click", function (event) {
    var target = event.target;
    if (!review() || !review().contains(target)) { return; }
    var stepper = target.closest("[data-step]");
    var tab = target.closest(".tab[data-kind]");
    var press_ = target.closest("[data-press]");
    var source = target.closest("#pane-source [data-of]");
    var row = target.closest("#pane-reading tr");
    if (stepper) { step(Number(stepper.dataset.step)); return; }
    if (tab) { filterBy(tab.dataset.kind); return; }
    if (press_) { press(press_); return; }
    if (target.closest("[data-cancel]")) { cancel(target); return; }
    if (target.closest("[data-edit-row]")) { chooseDoubt(row); edit(); return; }
    if (target.closest("[data-choose]")) { event.preventDefault(); }
    if (source && window.getSelection().isCollapsed) { choose(source.dataset.of.split(" ")[0], { reading: true }); return; }
    if (row && row.dataset.doubt && !target.closest("button, a, input, select")) { chooseDoubt(row); return; }
    if (row && row.dataset.fact && !row.classList.contains("editing")) { choose(row.dataset.fact, { source: true }); }
  });

  document.addEventListener("keydown", function (event) {
    var editing = event.target.closest && event.target.closest("tr.editing");
    if (editing && event.key === "Escape") { cancel(event.target); return; }
    if (editing && event.key === "Enter" && (event.ctrlKey || event.metaKey)) { one("form", editing).requestSubmit(); return; }
    if (event.target.matches("[data-find]") && event.key === "Enter") { event.preventDefault(); find(event.target, true); return; }
    if (event.key !== "Enter" || event.target.closest("a, button, summary, input, select, textarea, dialog[open]")) { return; }
    event.preventDefault();
    edit();
  });

  document.addEventListener("input", function (event) { if (event.target.matches("[data-find]")) { find(event.target, false); } });
  document.addEventListener("mouseup", function () { window.setTimeout(offerStretch, 0); });
  document.addEventListener("keyup", function (event) { if (event.shiftKey) { offerStretch(); } });

  var from = 0;

  document.addEventListener("htmx:beforeSwap", function (event) {
    var target = event.detail.target;
    if (target.id === "review") {
      var current = one("#pane-reading tr.doubt.current");
      from = current ? Number(current.dataset.doubt) : 0;
      ["source", "reading"].forEach(function (name) { state.scrolls[name] = pane(name) ? pane(name).scrollTop : 0; });
      state.row = null;
    } else if (target.matches("tr[data-fact]:not(.editing)")) {
      if (state.row) { var other = one("tr.editing"); if (other) { other.replaceWith(state.row); window.htmx.process(state.row); } }
      state.row = target;
    }
  });

  document.addEventListener("htmx:afterSettle", function () {
    var editing = one("tr.editing");
    if (editing) { var first = one("textarea, input:not([type=hidden])", editing); if (first) { first.focus(); } return; }
    if (!review() || review().dataset.ready) { return; }
    start();
    ["source", "reading"].forEach(function (name) { if (pane(name)) { pane(name).scrollTop = state.scrolls[name] || 0; } });
    if (state.fact) { choose(state.fact, {}); }
    if (state.kind && !openDoubts().length) { state.kind = ""; }
    goOn(from);
  });

  function start() {
    review().dataset.ready = "yes";
    var dialog = document.getElementById("confirm-import");
    if (dialog && dialog.hasAttribute("data-open") && dialog.showModal) { dialog.showModal(); }
  }

  if (review()) { start(); goOn(0); }
})();
