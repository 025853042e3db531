// Finds words in narratives, and shows where they stand: files of both are loaded when they are needed.
"use strict";
(() => {
const page = document, { lang, firsts = [], words } = window.idfProjects || {};
const WORD = "\\p{L}\\p{N}_";

// Words as model/names.py folds them.
const fold = (text) => text.normalize("NFKD").replace(/[\p{M}\xad\u200b\u2060]/gu, "")
  .toUpperCase().toLowerCase().split(RegExp(`[^${WORD}]+|\u02bc`, "u")).filter(Boolean);

// What files hand over: lines, each a word and its rows (of each, how many after the one before); texts.
const parts = new Map(), texts = new Map(), files = new Map();
window.idfWords = (part, lines) => parts.set(part, lines.split("\n"));
window.idfTexts = (id, said) => texts.set(id, said);
const load = (path) => {
  if (!files.has(path)) files.set(path, new Promise((done) => {
    const script = page.createElement("script");
    script.src = path;
    script.onload = script.onerror = done;
    page.head.append(script);
  }));
  return files.get(path);
};

// What was typed begins a word; of one or two letters it is all of it.
const begins = (word, typed) => (typed[2] ? word.startsWith(typed) : word === typed);
const places = (typed) => [...firsts.keys()].filter((part) =>
  firsts[part] <= typed + (typed[2] ? "\uffff" : "") && (part + 1 === firsts.length || firsts[part + 1] > typed));
const rows = (typed) => {
  const found = new Set();
  for (const part of places(typed)) for (const line of parts.get(part) || []) {
    const [word, ...steps] = line.split(" ");
    let row = -1;
    if (begins(word, typed)) for (const step of steps) found.add(row += +step);
  }
  return found;
};

// The rows that have each word, as far as files are there; when more are, `again` is called.
const here = new Set();
let waiting;
const within = (wanted, again) => {
  const lacking = wanted.flatMap(places).filter((part) => !here.has(part));
  clearTimeout(waiting);
  page.querySelector(".projects").ariaBusy = !!lacking.length;
  if (lacking.length) waiting = setTimeout(async () => {
    await Promise.all(lacking.map((part) => load(`words-${part}.js`)));
    for (const part of lacking) here.add(part);
    again();
  }, 100);
  return new Map(wanted.map((word) => [word, rows(word)]));
};

// The words around the first that is wanted, of a text in the language of the page if there is one.
const around = (id, wanted) => {
  const hits = (piece) => fold(piece).some((word) => wanted.some((typed) => begins(word, typed)));
  for (const [language, text] of (texts.get(id) || []).sort(([one], [other]) => (other === lang) - (one === lang))) {
    const pieces = text.split(RegExp(`([^${WORD}\\p{M}\xad\u200b\u2060]+|\u02bc)`, "u")), at = pieces.findIndex(hits);
    if (at < 0) continue;
    const start = Math.max(0, at - 16), made = page.createElement("bdi");
    made.lang = language;
    made.append(start ? "… " : "", ...pieces.slice(start, at + 40).map((piece) =>
      (hits(piece) ? Object.assign(page.createElement("mark"), { textContent: piece }) : piece)));
    if (pieces[at + 40]) made.append(" …");
    return made;
  }
  return "…";
};
const seen = new IntersectionObserver((all) => all.filter((one) => one.isIntersecting).forEach(({ target }) => {
  seen.unobserve(target);
  target.show();
}));
const passage = ({ id, others }) => {
  const made = page.createElement("span");
  made.className = "small";
  made.append(`${words.within[0]} – `, "…");
  made.show = async () => {
    await load(`texts/${id}.js`);
    made.lastChild.replaceWith(around(id, others));
  };
  seen.observe(made);
  return made;
};
window.idfNarratives = { fold, load, within, passage };
})();
