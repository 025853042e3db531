// Saves rows as a file for spreadsheets, in which no text is a formula: as harmless as cells.py makes it.
"use strict";
(() => {
const SIGN = "=+@⁺⁻⁼₊₋₌−﬩﹢﹣﹦﹫＋－＝＠";
const UNSEEN = "\\s\\0-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff";
const START = RegExp(`^([\\t\\r\\n]|[${UNSEEN}]*[-${SIGN}])`);
const WITHIN = RegExp(`([;\\t\\r\\n][;"${UNSEEN}]*)(?=[${SIGN}]|-(?! [^|\\r\\n]*([\\r\\n]|$)))`, "g");
const cell = (one) => (one.at ? `"${(START.test(one) ? "'" : "") + one.replace(/"/g, '""')
  .replace(/[\0-\x08\v\f\x0e-\x1f\x7f\ufffe\uffff]/g, "\ufffd").replace(WITHIN, "$1'")}"` : one);
window.idfSave = (name, lines) => {
  const link = document.createElement("a"), text = lines.map((one) => `${one.map(cell)}\r\n`);
  link.href = URL.createObjectURL(new Blob(["\ufeff", ...text]));
  link.download = name;
  link.click();
};
})();
