/* 食安督办 form.js: the unit's form. Typing is kept in this browser until the server has it, figures are computed at
   once, keys lead from entry to entry, two texts are merged. Without it the form is filled, saved and sent all the same. */
(function () {
  "use strict";

  var PREFIX = "shian-entry:";
  var KEEP_DAYS = 30;
  var LEAVE_WAIT = 4000;
  var dirty = 0;       // counts what was typed
  var sentAt = 0;      // how much of it the request under way carries
  var leaving = null;  // address to go to once all is saved

  function one(selector, root) { return (root || document).querySelector(selector); }
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function form() { return one("#entry-form[data-entry]"); }
  function field(name) { return document.getElementById("id_" + name); }
  function fire(element, kind) { element.dispatchEvent(new Event(kind, { bubbles: true })); }

  /* What is typed, by field; nothing of the page's own. ------------------------------------------------ */
  function values(target) {
    var found = {};
    new FormData(target).forEach(function (value, name) {
      if (name !== "csrfmiddlewaretoken" && name !== "seen") { found[name] = String(value).replace(/\r\n/g, "\n"); }
    });
    return found;
  }

  function same(a, b) {
    var names = Object.keys(Object.assign({}, a, b));
    return names.every(function (name) { return (a[name] || "").trim() === (b[name] || "").trim(); });
  }

  function fill(target, kept) {
    Array.prototype.forEach.call(target.elements, function (input) {
      if (!input.name || input.type === "hidden" || input.type === "submit") { return; }
      if (input.type === "checkbox" || input.type === "radio") { input.checked = kept[input.name] === input.value; return; }
      input.value = kept[input.name] === undefined ? "" : kept[input.name];
    });
    all("[data-figure]", target).forEach(compute);
  }

  /* Kept in this browser, by person and entry. --------------------------------------------------------- */
  function key(target) { return PREFIX + target.dataset.user + ":" + target.dataset.entry; }

  function keep() {
    var target = form();
    if (!target) { return; }
    try {
      localStorage.setItem(key(target), JSON.stringify({ seen: one("#seen").value, at: Date.now(), values: values(target) }));
    } catch (full) { /* without room nothing is kept; the server is asked all the same */ }
  }

  function forget() {
    var target = form();
    if (target) { localStorage.removeItem(key(target)); }
  }

  function forgetOld() {
    Object.keys(localStorage).forEach(function (name) {
      if (name.indexOf(PREFIX) !== 0) { return; }
      try {
        if (Date.now() - JSON.parse(localStorage.getItem(name)).at > KEEP_DAYS * 86400000) { localStorage.removeItem(name); }
      } catch (broken) { localStorage.removeItem(name); }
    });
  }

  function kept() {
    try { return JSON.parse(localStorage.getItem(key(form()))); } catch (broken) { return null; }
  }

  /* What the server never got comes back into the fields; what it has already is dropped without a word. */
  var restored = "";

  function restore() {
    var target = form();
    var old = target && kept();
    if (!old || target.hasAttribute("data-merging")) { return; }
    if (same(old.values, values(target))) { forget(); return; }
    fill(target, old.values);
    one("#seen").value = old.seen;
    dirty += 1;
    var at = new Date(old.at);
    var when = (at.getMonth() + 1) + "月" + at.getDate() + "日" + at.getHours() + ":" + ("0" + at.getMinutes()).slice(-2);
    restored = "已恢复您" + when + "填写、当时没有保存上的内容，";
    say(restored + "正在保存。", "notice", true);
    save();
  }

  function say(sentence, look, undo) {
    var box = one("#entry-problem");
    if (!box) { return; }
    box.textContent = "";
    if (!sentence) { return; }
    var line = document.createElement("p");
    line.className = look;
    line.textContent = sentence;
    if (undo) {
      var link = document.createElement("a");
      link.href = location.pathname;
      link.setAttribute("data-forget", "");
      link.textContent = "不要这些内容";
      line.appendChild(link);
    }
    box.appendChild(line);
  }

  /* Saving. ---------------------------------------------------------------------------------------------- */
  function save() { if (form() && dirty > 0) { fire(form(), "save-now"); } }

  function merging() { return form() && form().hasAttribute("data-merging"); }

  function cookie(name) {
    var found = document.cookie.split("; ").filter(function (part) { return part.indexOf(name + "=") === 0; })[0];
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  document.addEventListener("htmx:confirm", function (event) {
    /* Between two texts the person chooses first; an untouched form is not sent. */
    if (event.detail.elt === form() && (merging() || !dirty)) { event.preventDefault(); }
  });

  document.addEventListener("htmx:configRequest", function (event) {
    /* After a new log-in in another tab the page's own token is stale; the cookie has the present one. */
    var token = cookie("csrftoken");
    if (token) {
      event.detail.headers["X-CSRFToken"] = token;
      if (event.detail.parameters.csrfmiddlewaretoken) { event.detail.parameters.csrfmiddlewaretoken = token; }
    }
    if (event.detail.elt === form()) { sentAt = dirty; one("#saved").textContent = "正在保存…"; }
  });

  var typed = null;

  document.addEventListener("htmx:beforeSwap", function (event) {
    var status = event.detail.xhr.status;
    if (event.detail.requestConfig.elt !== form()) { return; }
    if (status === 409 && event.detail.xhr.getResponseHeader("HX-Retarget")) { typed = dirty > sentAt ? values(form()) : null; one("#saved").textContent = "还没有保存"; return; }
    if (status < 400) { return; }
    event.detail.shouldSwap = false;
    var page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    var sentence = page.querySelector(".problem p");
    one("#saved").textContent = "没有保存";
    say((sentence ? sentence.textContent : "没有保存上（" + status + "）。") + "您填的内容留在这台电脑上。", "notice notice-error", false);
    leaving = null;
  });

  document.addEventListener("htmx:sendError", function (event) {
    if (event.detail.elt !== form()) { return; }
    one("#saved").textContent = "没有保存";
    say("没有连上服务器，您填的内容留在这台电脑上，连上后会再保存。", "notice notice-error", false);
    leaving = null;
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.elt !== form() || !event.detail.successful) { return; }
    var misread = one("#saved .error");
    all(".field").forEach(function (box) {
      var said = one("[id^='said-']", box);
      if (!said) { return; }
      box.classList.toggle("wrong", said.hasAttribute("data-wrong"));
      if (said.hasAttribute("data-asks-why")) { one("details", box).hidden = false; }
    });
    if (dirty > sentAt) { return; }
    /* What was restored stays told until the next save: its own comes at once. */
    say(restored && restored + "现已保存。", "notice", false);
    restored = "";
    if (misread) { keep(); return; }
    dirty = 0;
    forget();
    if (leaving) { location.href = leaving; }
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target.id !== "entry") { return; }
    if (typed) { fill(form(), typed); typed = null; }
    leaving = null;
    keep();
    one("#entry").scrollIntoView({ block: "start" });
    start();
  });

  document.addEventListener("input", function (event) {
    if (!form() || event.target.form !== form()) { return; }
    dirty += 1;
    keep();
    var box = event.target.closest("[data-figure]");
    if (box) { compute(box); }
  });

  document.addEventListener("change", function (event) {
    if (event.target.matches("input[type=file][data-send]")) { event.target.form.submit(); return; }
    var box = event.target.closest("[data-figure]");
    if (box && event.target.name.indexOf("absence-") === 0) { absent(box); }
  });

  /* Leaving by a link waits for the save; by any other way the browser sends what is left on its own. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    if (!link) { return; }
    if (link.hasAttribute("data-forget")) { forget(); dirty = 0; return; }
    if (!form() || !dirty || merging() || event.ctrlKey || event.metaKey || event.shiftKey || link.target) { return; }
    if (link.hash && link.pathname === location.pathname) { return; }
    event.preventDefault();
    leaving = link.href;
    save();
    window.setTimeout(function () { if (leaving) { location.href = leaving; } }, LEAVE_WAIT);
  });

  window.addEventListener("pagehide", function () {
    var target = form();
    if (!target || !dirty || merging() || !navigator.sendBeacon) { return; }
    var data = new FormData(target);
    data.set("csrfmiddlewaretoken", cookie("csrftoken") || data.get("csrfmiddlewaretoken"));
    navigator.sendBeacon(target.action, data);
  });

  document.addEventListener("submit", function (event) {
    /* The form itself is being sent with all that is in it. */
    if (event.target === form()) { dirty = 0; forget(); }
  });

  ["online", "focus"].forEach(function (kind) { window.addEventListener(kind, function () { if (!merging()) { save(); } }); });

  /* Figures: the same formula as the server's, at once. --------------------------------------------------- */
  function number(text) {
    var plain = text.normalize("NFKC").replace(/[\s,，]/g, "");
    var factor = /万$/.test(plain) ? 10000 : /亿$/.test(plain) ? 100000000 : 1;
    plain = plain.replace(/[万亿]$/, "");
    return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) * factor : NaN;
  }

  function compute(box) {
    var pk = box.dataset.figure.split("-")[1];
    var top = one("[name='n-" + pk + "']", box);
    var bottom = one("[name='d-" + pk + "']", box);
    var output = one("output", box);
    if (!top || !output) { return; }
    var below = bottom ? number(bottom.value) : Number(box.dataset.base);
    var result = number(top.value) / below * Number(box.dataset.scale);
    output.textContent = "";
    if (!isFinite(result)) { return; }
    var sign = document.createElement("span");
    var bold = document.createElement("b");
    sign.className = "op";
    sign.textContent = "＝ ";
    var places = Math.pow(10, Number(box.dataset.places));
    bold.textContent = String(Math.round(result * places) / places) + box.dataset.unit;
    output.appendChild(sign);
    output.appendChild(bold);
  }

  function absent(box) {
    var chosen = one("select", box).value;
    all(".formula input", box).forEach(function (input) { input.disabled = Boolean(chosen); });
    if (chosen) { one("output", box).textContent = ""; one("details", box).hidden = false; } else { compute(box); }
  }

  /* Last time's words and others' words. ------------------------------------------------------------------ */
  function write(name, text, join) {
    var target = field(name);
    var old = target.value.trim();
    target.value = old && join ? old + "\n" + text : text;
    target.focus();
    fire(target, "input");
    fire(target, "change");
  }

  function words(id) { return document.getElementById(id).innerText.trim(); }

  function useRow(row, how) {
    var name = row.dataset.merge;
    var mine = field(name);
    Object.keys(row.dataset).filter(function (data) { return data.indexOf("value-") === 0 || /^value\d/.test(data); }).forEach(function (data) {
      var at = row.dataset[data].indexOf("=");
      put(row.dataset[data].slice(0, at), row.dataset[data].slice(at + 1), how === "both" ? mine.value : "");
    });
  }

  function put(name, value, before) {
    all("#entry-form [name='" + name + "']").forEach(function (input) {
      if (input.type === "radio" || input.type === "checkbox") { input.checked = input.value === value; return; }
      input.value = before ? value + "\n" + before : value;
      fire(input, "input");
    });
  }

  document.addEventListener("click", function (event) {
    var take = event.target.closest("[data-take]");
    var cite = event.target.closest("[data-cite]");
    var use = event.target.closest("[data-use]");
    if (take) { write(take.dataset.take, words("last-" + take.dataset.take), true); }
    if (cite) { write("done_text", "据" + cite.dataset.from + "报：" + words("said-by-" + cite.dataset.cite), true); }
    if (use) {
      var row = use.closest("tr");
      if (use.dataset.use !== "mine") { useRow(row, use.dataset.use); }
      all("[data-use]", row).forEach(function (other) { other.setAttribute("aria-pressed", String(other === use)); });
    }
  });

  /* Keys: Alt+↑ ↓ anywhere, J and K outside of fields, Ctrl+S. ------------------------------------------- */
  function step(by) {
    var links = all(".steps a[data-step]");
    var at = links.findIndex(function (link) { return link.getAttribute("aria-current") === "true"; });
    if (links[at + by]) { links[at + by].click(); }
  }

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.target.closest("dialog[open]")) { return; }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") { event.preventDefault(); save(); return; }
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      step(event.key === "ArrowUp" ? -1 : 1);
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea")) { return; }
    if (event.key === "j" || event.key === "J") { step(1); }
    if (event.key === "k" || event.key === "K") { step(-1); }
  });

  function start() {
    all("[data-take], [data-cite]").forEach(function (button) { button.hidden = false; });
    all("[data-figure]").forEach(function (box) { if (one("select", box).value) { absent(box); } });
    var current = one(".steps [aria-current]");
    if (current && one(".steps").scrollHeight > one(".steps").clientHeight) { current.scrollIntoView({ block: "nearest" }); }
  }

  forgetOld();
  start();
  /* After htmx has taken the form up, or the save would not be heard. */
  document.addEventListener("DOMContentLoaded", restore);
})();
