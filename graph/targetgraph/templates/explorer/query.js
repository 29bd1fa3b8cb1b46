"use strict";
// The editor of the query page: highlighting by Yasqe where it is installed, a plain text area otherwise, with the same completions; and
// what is seen while a query runs. Nothing here writes markup: what comes from the graph is set as text.
(() => {
  const place = document.getElementById("editor");
  if (!place) return;
  const area = document.getElementById("query");
  const form = area.form;
  let editor = null;

  // What stands before the cursor and may be completed: a variable, or a word, name or address.
  const typedIn = before => (/[?$]\w*$|[A-Za-z_<][\w:\/.#<-]*$/.exec(before) || [""])[0];
  const known = new Map();
  let asking = null;

  // Suggestions for what has been typed: [{insert, label, note}].
  async function suggestions(typed, whole) {
    if (/^[?$]/.test(typed)) {
      const names = new Set(whole.match(/[?$]\w+/g) || []);
      names.delete(typed);
      return [...names].filter(name => name.startsWith(typed)).sort().map(insert => ({ insert, label: "", note: "" }));
    }
    if (typed.length < 2) return [];
    if (known.has(typed)) return known.get(typed);
    if (asking) asking.abort();
    asking = new AbortController();
    const address = new URL(place.dataset.complete, location.href);
    address.searchParams.set("q", typed);
    try {
      const answer = await fetch(address, { signal: asking.signal });
      const found = answer.ok ? await answer.json() : [];
      known.set(typed, found);
      return found;
    } catch {
      return [];
    }
  }

  if (place.dataset.editor === "yasqe" && typeof Yasqe === "function") rich(); else plain();

  function rich() {
    let listed = [];
    Yasqe.registerAutocompleter({
      name: "targetgraph",
      bulk: false,
      autoShow: true,
      isValidCompletionPosition: yasqe => {
        const typed = before(yasqe);
        return typed.length > 1 && !/^[?$]/.test(typed);
      },
      preProcessToken: (yasqe, token) => {
        const cursor = yasqe.getDoc().getCursor();
        const typed = before(yasqe);
        return { ...token, autocompletionString: typed, string: typed,
          from: { line: cursor.line, ch: cursor.ch - typed.length }, to: { line: cursor.line, ch: cursor.ch } };
      },
      get: async (yasqe, token) => {
        listed = await suggestions(token ? token.autocompletionString : before(yasqe), yasqe.getValue());
        return listed.map(one => one.insert);
      },
      postProcessSuggestion: (yasqe, token, suggested) => suggested,
      postprocessHints: (yasqe, hints) => hints.map(hint => {
        const one = listed.find(other => other.insert === hint.text);
        return one && one.label ? { ...hint, displayText: `${one.insert}   ${one.label}` } : hint;
      }),
    });
    Yasqe.defaults.autocompleters = ["variables", "targetgraph"];
    try {
      editor = new Yasqe(place, {
        value: area.value, persistenceId: null, createShareableLink: null, consumeShareLink: null, showQueryButton: false,
        resizeable: false, autocompleters: ["variables", "targetgraph"], lineWrapping: true, editorHeight: "auto",
        extraKeys: { Tab: false, "Shift-Tab": false, Esc: () => leave(), "Ctrl-Enter": () => form.requestSubmit(),
          "Cmd-Enter": () => form.requestSubmit(), "Ctrl-Space": yasqe => yasqe.autocomplete() },
      });
    } catch (error) {
      console.warn(`the editor could not be started: ${error}`);
      place.querySelectorAll(".yasqe").forEach(element => element.remove());
      editor = null;
      return plain();
    }
    // The endpoint knows our prefixes: the grammar must not call them undeclared.
    const mode = editor.getMode();
    const begin = mode.startState;
    const prefixes = JSON.parse(document.getElementById("prefixes").textContent);
    mode.startState = (...given) => { const state = begin.apply(mode, given); Object.assign(state.prefixes, prefixes); return state; };
    editor.setValue(area.value);
    area.hidden = true;
    const input = editor.getInputField();
    input.setAttribute("aria-label", place.dataset.label);
    input.setAttribute("aria-describedby", "query-help");
    document.getElementById("query-label").addEventListener("click", () => editor.focus());
    form.addEventListener("submit", () => { area.value = editor.getValue(); });
    editor.on("change", () => { area.value = editor.getValue(); });
    place.dataset.ready = "yasqe";
  }

  function before(yasqe) {
    const doc = yasqe.getDoc();
    const cursor = doc.getCursor();
    return typedIn(doc.getLine(cursor.line).slice(0, cursor.ch));
  }

  // Out of the editor by keyboard: to the button after it.
  function leave() {
    form.querySelector("button[type=submit]").focus();
  }

  function plain() {
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.id = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", place.dataset.label);
    list.hidden = true;
    const told = document.createElement("p");
    told.className = "visually-hidden";
    told.setAttribute("role", "status");
    place.append(list, told);
    area.setAttribute("aria-controls", "suggestions");
    area.setAttribute("aria-autocomplete", "list");
    let found = [];
    let at = -1;
    let typed = "";

    const close = () => { list.hidden = true; found = []; at = -1; area.removeAttribute("aria-activedescendant"); };
    const choose = number => {
      at = (number + found.length) % found.length;
      [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
      area.setAttribute("aria-activedescendant", `suggestion-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    };
    const take = number => {
      const end = area.selectionStart;
      area.setRangeText(found[number].insert, end - typed.length, end, "end");
      close();
      area.focus();
    };
    const open = async asked => {
      typed = typedIn(area.value.slice(0, area.selectionStart));
      const mine = typed;
      const some = typed ? await suggestions(typed, area.value) : [];
      if (mine !== typed) return;
      found = some;
      list.replaceChildren(...found.map((one, n) => {
        const item = document.createElement("li");
        item.id = `suggestion-${n}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const code = document.createElement("code");
        code.textContent = one.insert;
        item.append(code, one.label);
        item.title = one.note;
        item.addEventListener("mousedown", event => { event.preventDefault(); take(n); });
        return item;
      }));
      list.hidden = !found.length;
      at = -1;
      if (found.length) told.textContent = place.dataset.some.replace("{n}", found.length);
      else if (asked) told.textContent = place.dataset.none;
      if (found.length && asked) choose(0);
    };
    area.addEventListener("keydown", event => {
      if (event.key === " " && event.ctrlKey) { event.preventDefault(); open(true); return; }
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); return; }
      if (list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); choose(at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); choose(at < 0 ? found.length - 1 : at - 1); }
      else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) { event.preventDefault(); take(at); }
      else if (event.key === "Escape") { event.preventDefault(); close(); }
    });
    area.addEventListener("input", () => open(false));
    area.addEventListener("blur", close);
    place.dataset.ready = "plain";
  }

  // While a query runs: how long already, and a way to stop waiting.
  const running = document.querySelector(".running");
  const stop = document.querySelector("button.stop");
  let clock = 0;
  const ended = () => { clearInterval(clock); running.hidden = stop.hidden = true; };
  document.querySelectorAll("form[data-asks]").forEach(one => one.addEventListener("submit", () => {
    const since = Date.now();
    const tell = () => { running.textContent = running.dataset.text.replace("{s}", Math.round((Date.now() - since) / 1000)); };
    clearInterval(clock);
    clock = setInterval(tell, 1000);
    tell();
    running.hidden = stop.hidden = false;
  }));
  stop.addEventListener("click", () => { window.stop(); ended(); });
  window.addEventListener("pageshow", ended);
  document.querySelectorAll("input.copy").forEach(field => field.addEventListener("focus", () => field.select()));
})();
