// Makes the pages quicker; they do without it. Three parts: results updated in place, suggestions while typing, and
// "next match" that counts. Every text it shows comes from the page, in the language of the interface.

const TYPING_MS = 300; // a pause in typing that asks for results
const SUGGEST_MS = 120; // one that asks for suggestions

const $ = (selector, root = document) => root.querySelector(selector);
const form = $("form.ask");
const input = $("#q");

// Results in place. ------------------------------------------------------------------------------------------------

let asking = null; // what aborts the question under way: its answer would be old
let typed = 0; // the timer of a pause in typing
let shown = location.href; // the address of what is on the page
let typing = false; // whether the newest entry of the history is of the search being typed

const inResults = () => document.body.classList.contains("results");
const isSearch = (url) => url.origin === location.origin && url.pathname === new URL(form.action).pathname && url.search;

function addressOf(sent) {
  const url = new URL(sent.action);
  for (const [name, value] of new FormData(sent)) if (value) url.searchParams.append(name, value);
  return url;
}

// history: "push" adds an entry, "replace" changes the newest, "" is for going back and forth. focus: the key of the link
// that was chosen, or "field" to leave it there. unfinished: a word is still being typed, and finding nothing of it says
// nothing.
async function show(url, history, focus, unfinished = false) {
  clearTimeout(typed);
  asking?.abort();
  const mine = (asking = new AbortController());
  const main = $("main");
  main.setAttribute("aria-busy", "true");
  let answer;
  try {
    const response = await fetch(url, { signal: mine.signal, headers: { Accept: "text/html" } });
    answer = response.ok && new DOMParser().parseFromString(await response.text(), "text/html");
  } catch (error) {
    if (error.name === "AbortError") return;
  }
  if (mine !== asking) return;
  if (!answer?.body.classList.contains("results")) {
    if (history) location.assign(url);
    else location.reload();
    return;
  }
  main.removeAttribute("aria-busy");
  if (unfinished && !$(".hits", answer)) return;
  // Where the reader was, for when they come back.
  if (history === "push") window.history.replaceState({ y: scrollY }, "");
  if (history) window.history[`${history}State`](null, "", url);
  if (unfinished) typing = true;
  shown = location.href;
  const open = new Map([...document.querySelectorAll("details[data-key]")].map((item) => [item.dataset.key, item.open]));
  document.title = answer.title;
  main.replaceChildren(...$("main", answer).childNodes);
  $(".foot").replaceChildren(...$(".foot", answer).childNodes);
  $(".kept").replaceChildren(...$(".kept", answer).childNodes);
  for (const item of document.querySelectorAll("details[data-key]")) item.open ||= open.get(item.dataset.key) ?? false;
  if (focus !== "field") input.value = $("#q", answer).value;
  $("#said").textContent = $("#total").dataset.said;
  if (focus === "field") return;
  const same = focus && document.querySelector(`[data-key="${CSS.escape(focus)}"]`);
  (same || $("#total")).focus({ preventScroll: true });
  if (history && !same) scrollTo({ top: 0, behavior: "instant" });
}

function onTyping() {
  clearTimeout(typed);
  if (!inResults() || !input.value.trim()) return;
  typed = setTimeout(() => {
    const url = addressOf(form);
    if (url.href === shown) return;
    show(url, typing ? "replace" : "push", "field", true);
  }, TYPING_MS);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("main a[href]");
  if (!link || !inResults() || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  if (!isSearch(url) || url.hash) return;
  event.preventDefault();
  typing = false;
  show(url, "push", link.dataset.key);
});

document.addEventListener("submit", (event) => {
  const sent = event.target;
  if (sent.method !== "get") return;
  const url = addressOf(sent);
  if (!isSearch(url)) return;
  event.preventDefault();
  suggestions?.close();
  typing = false;
  if (!inResults()) location.assign(url);
  else if (url.href === shown) $("#total").focus();
  else show(url, "push", sent === form ? "field" : "");
});

addEventListener("popstate", async (event) => {
  typing = false;
  if (!inResults() || location.href.split("#")[0] === shown.split("#")[0]) return;
  await show(new URL(location.href), "", "");
  if (shown === location.href) scrollTo({ top: event.state?.y ?? 0, behavior: "instant" });
});

// Suggestions: a combobox as the ARIA Authoring Practices describe it, with list autocompletion. --------------------

class Suggestions {
  constructor() {
    this.list = document.createElement("ul");
    this.list.id = "suggestions";
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset.list);
    this.list.hidden = true;
    form.append(this.list);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "suggestions",
      "aria-haspopup": "listbox",
    })) input.setAttribute(name, value);
    this.at = -1;
    input.addEventListener("input", () => this.ask());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // The field keeps the focus while a suggestion is pressed.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
  }

  get options() {
    return [...this.list.children];
  }

  ask() {
    clearTimeout(this.timer);
    this.asking?.abort();
    const text = input.value.trim();
    if (!text) return this.close();
    this.timer = setTimeout(async () => {
      const mine = (this.asking = new AbortController());
      const url = new URL(form.dataset.suggest, location.href);
      const reads = form.elements.prefer?.value;
      url.search = new URLSearchParams({ q: text, lang: document.documentElement.lang, ...(reads && { prefer: reads }) });
      try {
        const response = await fetch(url, { signal: mine.signal });
        const { suggestions } = await response.json();
        if (mine === this.asking && input.value.trim() === text && document.activeElement === input) {
          this.fill(suggestions ?? []);
        }
      } catch {
        // No suggestions are no reason to disturb.
      }
    }, SUGGEST_MS);
  }

  fill(found) {
    const names = new Intl.DisplayNames([document.documentElement.lang, "en"], { type: "language", fallback: "none" });
    this.list.replaceChildren(
      ...found.map((item, index) => {
        const option = document.createElement("li");
        option.id = `suggestion-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.text = item.text;
        if (item.article_id !== null) option.dataset.article = item.article_id;
        const text = document.createElement("bdi");
        text.lang = item.language;
        text.textContent = item.text;
        option.append(text);
        const kind = document.createElement("small");
        let language = "";
        try {
          language = item.language === "und" ? "" : (names.of(item.language) ?? "");
        } catch {
          // A code this browser has no name for.
        }
        kind.textContent = [input.dataset[item.kind], language].filter(Boolean).join(" · ");
        option.append(" ", kind);
        return option;
      }),
    );
    this.mark(-1);
    this.list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!!found.length));
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  mark(index) {
    this.at = index;
    this.options.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = this.options[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const count = this.options.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) return this.ask();
      // Past the last, and before the first, is the field itself.
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.mark(((this.at + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && !this.list.hidden && this.at >= 0) {
      event.preventDefault();
      this.choose(this.options[this.at]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  choose(option) {
    this.close();
    if (option.dataset.article !== undefined) {
      const url = new URL(form.dataset.articles, location.href);
      url.pathname += option.dataset.article.split("/").map(encodeURIComponent).join("/");
      location.assign(url);
    } else {
      input.value = option.dataset.text;
      form.requestSubmit();
    }
  }
}

const suggestions = input && new Suggestions();
input?.addEventListener("input", onTyping);

// Next match. ------------------------------------------------------------------------------------------------------

const jump = $(".matches .jump");
if (jump) {
  const marks = [...document.querySelectorAll(".body mark[id]")];
  const place = $(".matches .place");
  document.body.classList.add("jumping"); // the links behind the marks are for pages without this script
  const at = () => marks.findIndex((mark) => `#${mark.id}` === location.hash);
  const tell = () => {
    const now = at();
    jump.href = `#${marks[(now + 1) % marks.length].id}`;
    if (now < 0) return;
    jump.textContent = jump.dataset.next;
    place.textContent = place.dataset.place.replace("{at}", now + 1).replace("{all}", marks.length);
    const around = marks[now].closest("p, li, h2, h3, h4, pre").innerText;
    $("#said").textContent = `${place.textContent}: ${around.slice(0, 200)}`;
  };
  jump.addEventListener("click", (event) => {
    event.preventDefault();
    // Going back leads to the results, not through every match; and the next match is one more press of the same key.
    location.replace(jump.href);
    jump.focus({ preventScroll: true });
  });
  addEventListener("hashchange", tell);
  tell();
}
