// Filters, orders, saves the projects; without it the page is whole.
"use strict";
(() => {
const page = document, data = window.idfProjects, form = page.getElementById("filter");
if (!data || !form) return;
const body = page.querySelector(".projects tbody"), heads = [...page.querySelectorAll(".projects th")];
const labels = heads.map((head) => head.textContent);
const fields = form.elements, { more, save } = fields, words = data.words;
const PARTS = ["region", "state", "type", "status", "coverage", "missing"];
const NAMES = ["q", ...PARTS, "from", "to", "sort"];
const COLUMNS = ["title", "state", "start", "usd", "status"];

const { fold, within, passage } = window.idfNarratives;
const lists = PARTS.map((name) => data[name].map(([id, label, lang, also]) =>
  ({ id, label, lang, words: [...fold(label), "", also].join(" ") })));
const joined = (row, at, key, mark) => row.parts[at].map((one) => one[key]).join(mark);
const rows = data.rows.map(([id, title, lang, usd, start, end, doubts, ...parts], place) => {
  const row = { place, id, lang, usd, start, end, doubts, label: title, title: fold(title).join(" "),
    parts: parts.map((part, at) => [].concat(part).map((one) => lists[at][one])) };
  row.words = ["", row.title, ...fold(id), joined(row, 1, "words", " "), joined(row, 2, "words", " ")].join(" ");
  return row;
});

// What is not known is last.
const orders = { "": rows };
const order = (sort) => orders[sort] ??= rows.map((row) => {
  const by = sort.replace("-", ""), at = PARTS.indexOf(by);
  return [at < 0 ? row[by] : joined(row, at, "words", "\n"), row];
}).sort(([a], [b]) => (a === b ? 0 : a === "" ? 1 : b === "" ? -1 : a < b === (sort[0] === "-") ? 1 : -1))
  .map(([, row]) => row);

const group = (number) => `${number}`.replace(/\B(?=(\d{3})+$)/g, data.gap);
const money = (some) => group(Math.round(some.reduce((all, row) => all + Math.round(row.usd * 100), 0) / 100));
const plural = new Intl.PluralRules(data.lang);
const say = (forms, number, told) => forms[+(plural.select(number) !== "one")]
  .replace(/%\((\w+)\)s/g, (_, name) => told[name]);

// Each choice says how many rows it leaves.
let found, writing;
const filter = () => {
  const wanted = fold(fields.q.value), places = within(wanted, show);
  const from = +fields.from.value, to = +fields.to.value;
  const chosen = PARTS.map((name, at) => lists[at][fields[name].selectedIndex - 1]);
  const counts = new Map();
  found = order(fields.sort.value).filter((row) => {
    if ((from || to) && !(row.start && row.start >= from && row.start <= (to || row.start))
      || !(row.others = wanted.filter((word) => !row.words.includes(` ${word}`)))
        .every((word) => places.get(word).has(row.place))) return false;
    const fails = row.parts.filter((part, at) => chosen[at] && !part.includes(chosen[at]));
    if (!fails[1]) for (const part of fails[0] ? fails : row.parts)
      for (const one of part) counts.set(one, (counts.get(one) || 0) + 1);
    return !fails[0];
  });
  if (!fields.sort.value) found.sort((a, b) => !!a.others[0] - !!b.others[0]);
  lists.forEach((list, at) => list.forEach((one, number) => {
    const option = fields[PARTS[at]].options[number + 1];
    option.text = `${one.label} (${group(counts.get(one) || 0)})`;
    option.disabled = !counts.has(one) && one !== chosen[at];
  }));
};
const total = () => {
  const paid = found.filter((row) => row.usd !== ""), several = found.filter((row) => row.parts[1][1]);
  const number = found.length, all = group(number), inside = found.filter((row) => row.others[0]).length;
  return [
    number < rows.length ? say(words.of, 0, { shown: all, all: group(rows.length) }) : say(words.all, number, { all }),
    paid[0] ? say(words.usd, 0, { usd: money(paid), known: group(paid.length), all }) : number ? words.none[0] : "",
    several[0] ? say(words.several, several.length, { shared: money(several), several: group(several.length) }) : "",
    inside ? say(words.inside, inside, { shown: group(inside) }) : "",
  ].join(" ");
};

// Rows, as without a script.
const make = (name, attributes, ...children) => {
  const made = page.createElement(name);
  for (const one in attributes) if (attributes[one]) made.setAttribute(one, attributes[one]);
  made.append(...children);
  return made;
};
const apart = (one) => /[^\0-\u058f\u2010-\u2027]/.test(one.label);
const named = (one) => (one.lang || apart(one) ? make("bdi", { lang: one.lang }, one.label) : one.label);
const link = (kind, one) => make("a", { href: `../doc/${kind}/${one.id}${data.ends}`, lang: !apart(one) && one.lang },
  apart(one) ? named(one) : one.label);
const listed = (nodes, mark) => nodes.flatMap((node, at) => [at ? mark : "", node].flat());
const line = (row) => {
  const href = `../doc/project/${row.id}${data.ends}#`, [region, states, types, status] = row.parts, some = states.slice(0, 3);
  const about = [row.id, listed(types.map(named), ", "), ...region.map(named)].filter((one) => one.length !== 0);
  const head = [link("project", row), " ", make("span", { class: "small" }, ...listed(about, " · "))];
  const doubts = row.doubts.map((at) => data.doubts[at]), many = doubts.length;
  if (many) head.push(" ", make("span", { class: "doubt" }, say(words.doubts, many, { shown: group(many) }),
    ...listed(doubts.map(([name, label]) => make("a", { href: href + name }, label)), ", ")));
  if (row.others[0]) head.push(" ", passage(row));
  const cells = [head, listed(some.map((one) => link("state", one)), ", "),
    row.start || row.end ? [`${row.start || "?"}–${row.end || "?"}`] : "",
    row.usd === "" ? "" : [money([row])], status.map(named)];
  const further = states.slice(3).map((one) => one.label);
  if (further[0]) cells[1].push(" ", make("a", { href: `${href}known`, title: further.join(", ") }, `+${further.length}`));
  return make("tr", {}, ...cells.map((cell, at) => make("td",
    { "data-column": at && labels[at], class: { 2: "years", 3: "number" }[at] }, ...(cell.length ? cell : "–"))));
};
more.onclick = () => {
  body.append(...found.slice(body.rows.length, body.rows.length + 50).map(line));
  more.hidden = body.rows.length >= found.length;
};

// The address holds what is asked for.
const address = () => {
  const asked = new URLSearchParams();
  for (const name of NAMES) if (fields[name].value) asked.set(name, fields[name].value);
  history.replaceState(null, "", `${asked}` ? `?${asked}` : location.pathname);
  for (const one of page.querySelectorAll("nav [hreflang]")) one.search = asked;
};
const show = () => {
  filter();
  page.querySelector(".prose").textContent = total();
  body.replaceChildren();
  more.onclick();
  heads.forEach((head, at) => head.setAttribute("aria-sort",
    { [COLUMNS[at]]: "ascending", [`-${COLUMNS[at]}`]: "descending" }[fields.sort.value] || "none"));
  clearTimeout(writing);
  writing = setTimeout(address, 200);
};

save.onclick = () => {
  const lines = found.map((row) => [row.id, row.label, ...[0, 1, 2, 3, 4].map((at) => joined(row, at, "label", "; ")),
    row.start, row.end, row.usd, row.doubts.length, data.iri + row.id]);
  window.idfSave("projects.csv", [data.head, ...lines]);
};

lists.forEach((list, at) => fields[PARTS[at]].append(...list.map((one) => new Option(one.label, one.id))));
const asked = new URLSearchParams(location.search);
for (const name of NAMES) {
  fields[name].value = asked.get(name) || "";
  if (fields[name].selectedIndex < 0) fields[name].value = "";
}
heads.forEach((head, at) => {
  head.replaceChildren(make("button", { type: "button" }, labels[at]));
  head.firstChild.onclick = () => {
    fields.sort.value = (fields.sort.value === COLUMNS[at] ? "-" : "") + COLUMNS[at];
    show();
  };
});
form.oninput = show;
form.onreset = () => setTimeout(show);
form.onsubmit = () => false;
form.firstElementChild.open = innerWidth > 640;
for (const one of page.querySelectorAll(".live, .still")) one.hidden = !one.hidden;
show();
})();
