// Finds states, regions, types, programmes and partners by name: above the projects, and among the rows of their own lists.
"use strict";
(() => {
const page = document, form = page.getElementById("filter"), place = page.getElementById("things");
if (!form || !place) return;
const { fold, load } = window.idfNarratives, box = form.elements.q, listed = page.getElementById("listed");
const MOST = 8;

let told;
window.idfThings = (data) => {
  told = data;
  told.rows = data.rows.map(([kind, href, label, lang, projects, further]) =>
    ({ about: [data.kinds[kind], projects].filter(Boolean).join(" · "), href, label, lang, words: [...fold(label), ...further.split(" ")] }));
};

// Each word that was typed begins one of a name; those of which more are whole come first.
const among = (wanted) => told.rows.filter(({ words }) => wanted.every((typed) => words.some((word) => word.startsWith(typed))))
  .map((row) => [wanted.filter((typed) => !row.words.includes(typed)).length, row])
  .sort(([one], [other]) => one - other).map(([, row]) => row);
const group = (number) => `${number}`.replace(/\B(?=(\d{3})+$)/g, told.gap);
const say = (shown, all) => told.found.replace("{shown}", group(shown)).replace("{all}", group(all));

const make = (name, ...children) => {
  const made = page.createElement(name);
  made.append(...children);
  return made;
};
const line = ({ about, href, label, lang }) => {
  const name = make("bdi", label), link = make("a", name), said = make("span", about);
  name.lang = lang;
  link.href = href;
  said.className = "small";
  return make("li", link, " ", said);
};
const above = (found) => {
  const list = make("ul", ...found.slice(0, MOST).map(line)), head = make("p", say(Math.min(MOST, found.length), found.length));
  list.className = "list";
  head.className = "small";
  place.replaceChildren(...(found[0] ? [head, list] : []));
};
const within = (wanted, found) => {
  const left = new Set(found.map((row) => row.href));
  const rows = [...listed.children];
  for (const row of rows) row.hidden = !!wanted[0] && !left.has(row.querySelector("a").getAttribute("href"));
  place.textContent = wanted[0] ? `${group(rows.filter((row) => !row.hidden).length)} / ${group(rows.length)}` : "";
};

// The names are loaded when a word is asked for.
const show = async () => {
  if (box.value) await load(`things-${page.documentElement.lang}.js`);
  if (!told) return;
  const wanted = fold(box.value), found = wanted[0] ? among(wanted) : [];
  if (listed) within(wanted, found);
  else above(found);
};
form.addEventListener("input", show);
form.addEventListener("reset", () => setTimeout(show));
if (listed) {
  form.hidden = false;
  form.onsubmit = () => false;
  box.value = new URLSearchParams(location.search).get("q") || "";
}
show();
})();
