// Answers questions over the release, in this browser; without it each question has a page with its answer.
"use strict";
(() => {
const page = document, form = page.getElementById("ask");
if (!form || !location.protocol.startsWith("http") || !window.Worker || !window.WebAssembly) return;
const fields = form.elements, words = JSON.parse(form.dataset.words), setting = JSON.parse(form.dataset.setting);
const { stop, save } = fields, [status, shown, about, load, text] =
  ["status", "answer", "about", "load", "text"].map((id) => page.getElementById(id));
const say = (message, told = {}) => message.replace(/\{(\w+)\}/g, (_, name) => told[name]);
const tell = (message, told) => { status.textContent = say(message, told); };

// What hides is shown as model/visible.py does, numbers as the language writes them.
const HIDDEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u{fdd0}-\u{fdef}\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\u{e0000}-\u{e007f}]/gu;
const visible = (said) => said.replace(HIDDEN, (one) => `<U+${one.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}>`);
const [, gap, point] = setting.number.match(/1(.*)000(.)5/);
const decimal = (digits) => digits.replace(/^(\d+)(?:\.(\d+))?$/, (_, whole, rest) =>
  BigInt(whole).toString().replace(/\B(?=(\d{3})+$)/g, gap) + (rest ? point + rest : ""));

// The query of a question with the values of its fields, or one's own.
const texts = {};
const values = () => {
  const { selectedOptions: [one] } = fields.question, given = JSON.parse(one?.dataset.values || "{}");
  for (const name in given) if (fields[name]) given[name] = fields[name].value;
  return given;
};
const compose = async () => {
  const name = fields.question.value, given = values();
  for (const one of form.querySelectorAll("[data-term]")) {
    one.disabled = !(one.name in given);
    one.parentNode.hidden = one.disabled;
  }
  about.textContent = fields.question.selectedOptions[0]?.dataset.about || "";
  if (name) {
    let query = texts[name] ??= (await (await fetch(`queries/${name}.rq`)).text()).replace(/^(?:#.*\n|\n)+/, "");
    for (const key in given) {
      const term = (fields[key]?.dataset.term || '"{}"').replace("{}", () => given[key]);
      if (!fields[key] || fields[key].checkValidity())
        query = query.replace(RegExp(`(VALUES \\?${key} \\{ )[^ }]+( \\})`, "g"), (_, before, after) => before + term + after);
    }
    if (fields.question.value === name) fields.query.value = query;
  } else text.open = true;
  address();
};

// The address holds the question and its values, by the names that a server's page has.
const address = () => {
  const name = fields.question.value;
  const asked = new URLSearchParams(name ? { question: name } : { query: fields.query.value });
  if (name) for (const one of form.querySelectorAll("[data-term]:enabled")) asked.set(one.name, one.value);
  history.replaceState(null, "", name || fields.query.value ? `?${asked}` : location.pathname);
  for (const one of page.querySelectorAll("nav [hreflang]")) one.search = asked;
};

// One question at a time; whatever the engine is at, it can be ended.
const [facts, all] = [setting.facts, setting.all].map((path) => path && new URL(path, location).href);
let worker, holds, end, rows, columns;
const halt = (why, told) => {
  worker?.terminate();
  worker = holds = null;
  end?.(Error(say(why, told)));
};
const send = (message) => new Promise((done, fail) => {
  worker ??= new Worker("ask-worker.js", { type: "module" });
  end = fail;
  worker.onmessage = ({ data }) => (data.error ? fail(Error(data.error)) : done(data));
  worker.onerror = () => halt(words.broken);
  worker.postMessage(message);
});
const within = async (query) => {
  const timer = setTimeout(() => halt(words.late, setting), setting.seconds * 1000);
  try {
    return (await send({ file: holds, query })).answer;
  } finally {
    clearTimeout(timer);
  }
};
const ask = async () => {
  const query = fields.query.value, needs = /\b(?:graph|from)\b/i.test(query) ? all : facts;
  if (!needs) throw Error(words.large);
  if (holds !== needs && holds !== all) {
    tell(words.loading);
    try {
      await send({ file: needs });
    } catch (error) {
      throw worker ? Error(`${words.broken} ${error.message}`) : error;
    }
    holds = needs;
  }
  tell(words.asking);
  for (const one of form.querySelectorAll("input[data-iri]:enabled"))
    if (one.dataset.iri && !(await within(`ASK { <${one.dataset.iri}${one.value}> ?property ?value }`)).boolean)
      throw Error(say(words.unknown, one));
  const from = performance.now(), answer = await within(query), took = (performance.now() - from) / 1000;
  const found = answer.results?.bindings || [];
  const ours = [...new Set(found.slice(0, setting.shown).flatMap((row) => Object.values(row)).filter((one) => one.type === "uri")
    .map((one) => one.value))].filter((iri) => iri.startsWith(setting.base) && !/[<>"{}|^`\\\s]/.test(iri)).slice(0, 1000);
  const named = ours[0] ? (await within(setting.names.replace("{}", () => ours.map((iri) => `<${iri}>`).join(" ")))).results.bindings : [];
  show(answer, found, named, took);
};

// Cells as a server shows them.
const NUMBER = /#(?:integer|decimal|double|float|gYear)$/;
const make = (name, attributes, ...children) => {
  const made = page.createElement(name);
  for (const one in attributes) if (attributes[one]) made.setAttribute(one, attributes[one]);
  made.append(...children);
  return made;
};
const place = (iri) => {
  const [, whole, rest] = iri.startsWith(setting.base)
    && iri.slice(setting.base.length).match(/^([A-Za-z0-9][A-Za-z0-9._~/-]*)(#[A-Za-z0-9._~-]*)?$/) || [];
  if (!whole || whole.includes("..")) return "";
  const at = whole.lastIndexOf("/"), folder = Object.entries(setting.places).find(([one]) => one === whole.slice(0, at));
  const path = folder ? `${folder[1]}/${whole.slice(at + 1)}${setting.suffix}` : whole === "def" ? `def${setting.suffix}` : whole;
  return path + (rest || "");
};
const outside = (iri) => (/^https?:\/\/[A-Za-z0-9]/.test(iri) ? encodeURI(iri.toWellFormed?.() ?? iri).replace(/%25/g, "%") : "");
const words_of = (term, said, names) => {
  if (term.type !== "uri") {
    const whole = visible(term.value), cut = [...whole].length > 2000 ? `${[...whole].slice(0, 2000).join("")}…` : whole;
    const lang = term["xml:lang"] || "";
    return [/#(?:integer|decimal)$/.test(term.datatype) ? decimal(cut) : cut, "", "", lang === setting.lang ? "" : lang];
  }
  const ours = place(term.value), href = ours || outside(term.value);
  const own = ours ? visible(term.value).slice(setting.base.length).split("/").pop() : visible(term.value);
  const known = names.get(term.value) || {};
  const lang = [setting.lang, ...setting.languages, ...Object.keys(known).sort()].find((one) => known[one]);
  return !lang && lang !== "" || said.has(known[lang]) ? [own, href, "", ""]
    : [visible(known[lang]), href, own, lang === setting.lang ? "" : lang];
};
const heads = new Map(setting.columns), headed = (one) => heads.get(one) ?? one;
const cell = (term, said, names, column) => {
  if (!term) return make("td", { "data-column": column }, make("span", { class: "small" }, words.absent));
  const [told, href, id, lang] = words_of(term, said, names), own = make("bdi", { lang }, told);
  const made = make("td", { "data-column": column, class: NUMBER.test(term.datatype) && "number" },
    href ? make("a", { href, rel: /^https?:/.test(href) && "noopener noreferrer" }, own) : own);
  if (id) made.append(" ", make("span", { class: "small" }, make("bdi", {}, id)));
  return made;
};
const show = ({ head, boolean }, found, named, took) => {
  const names = new Map(), [top, body] = shown.firstElementChild.children;
  for (const { iri, name } of named) {
    const known = names.get(iri.value) || names.set(iri.value, Object.create(null)).get(iri.value);
    known[name["xml:lang"] || ""] ??= name.value;
  }
  const timed = say(words.took, { seconds: decimal(took.toFixed(2)) });
  [rows, columns] = [found, head.vars || []];
  if (boolean === undefined) {
    const number = decimal(`${found.length}`), forms = words.rows[+(new Intl.PluralRules(setting.lang).select(found.length) !== "one")];
    const first = found.length > setting.shown ? ` – ${say(words.first, { shown: decimal(`${setting.shown}`) })}` : "";
    tell(found[0] ? `${say(forms, { number })}, ${timed}${first}` : words.none);
  } else tell(`${boolean ? words.yes : words.no} (${timed})`);
  top.replaceChildren(make("tr", {}, ...columns.map((one) =>
    make("th", { scope: "col", class: NUMBER.test(found[0]?.[one]?.datatype) && "number" }, headed(one)))));
  body.replaceChildren(...found.slice(0, setting.shown).map((row) => {
    const said = new Set(Object.values(row).filter((one) => one.type !== "uri").map((one) => one.value));
    return make("tr", {}, ...columns.map((one) => cell(row[one], said, names, headed(one))));
  }));
  shown.hidden = save.hidden = !found[0];
};
save.onclick = () => window.idfSave(`${fields.question.value || "answer"}.csv`, [columns, ...rows.map((row) => columns.map((one) => {
  const { value = "", datatype } = row[one] || {};
  return NUMBER.test(datatype) && /^-[\d.]+$/.test(value) ? +value : value;
}))]);
stop.onclick = () => halt(words.stopped);
form.onsubmit = (event) => {
  event.preventDefault();
  shown.hidden = save.hidden = true;
  stop.hidden = false;
  compose().then(ask).catch((error) => tell(error.message.slice(0, 300))).finally(() => {
    stop.hidden = true;
    load.hidden = Boolean(holds);
  });
};
form.oninput = ({ target }) => {
  if (target === fields.query) fields.question.value = "";
  const own = target === fields.question ? JSON.parse(target.selectedOptions[0].dataset.values || "{}") : {};
  for (const name in own) if (fields[name]) fields[name].value = own[name];
  compose();
};

for (const one of page.querySelectorAll(".live, .still")) one.hidden = !one.hidden;
const asked = new URLSearchParams(location.search);
fields.question.value = asked.get("query") ? "" : asked.get("question") || fields.question.options[0].value;
if (fields.question.selectedIndex < 0) fields.question.selectedIndex = 0;
const start = JSON.parse(fields.question.selectedOptions[0].dataset.values || "{}");
for (const one of form.querySelectorAll("[data-term]")) {
  const before = start[one.name] || one.value;
  one.value = asked.get(one.name) ?? before;
  if (one.selectedIndex < 0) {
    tell(words.unknown, { value: asked.get(one.name) });
    one.value = before;
  }
}
if (asked.get("query")) fields.query.value = asked.get("query");
compose();
})();
