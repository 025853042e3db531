// Holds the engine and what it answers from, apart from the page, so that it can be ended.
import start, * as oxigraph from "./oxigraph.js";
let store, held;
const load = async (file) => {
  const [answer] = await Promise.all([fetch(file), start({ module_or_path: new URL("oxigraph.wasm", import.meta.url) })]);
  if (!answer.ok) throw Error(`${answer.status} ${file}`);
  const format = file.split(".").pop(), found = new oxigraph.Store();
  found.load(new Uint8Array(await answer.arrayBuffer()), { format, lenient: true, no_transaction: true });
  [store, held] = [found, file];
};
const term = ({ termType, value, language, datatype }) => ({
  type: { NamedNode: "uri", Literal: "literal" }[termType] || "bnode", value, "xml:lang": language, datatype: datatype?.value,
});
const answer = (query) => {
  const text = store.query(query, { results_format: "json" });
  if (text[0] === "{") return JSON.parse(text);
  const bindings = store.query(query).map(({ subject, predicate, object }) =>
    ({ subject: term(subject), predicate: term(predicate), object: term(object) }));
  return { head: { vars: ["subject", "predicate", "object"] }, results: { bindings } };
};
onmessage = async ({ data: { file, query } }) => {
  try {
    if (held !== file) await load(file);
    if (query) postMessage({ answer: answer(query) });
    else postMessage({ held });
  } catch (error) {
    postMessage({ error: `${error.message || error}` });
  }
};
