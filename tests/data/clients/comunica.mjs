// From one project alone, by following links: its beneficiary, the data set that this state's document is in, the licence.
import { QueryEngine } from '@comunica/query-sparql-link-traversal';

const base = process.argv[2];
const project = `${base}id/project/V47-805`;
const query = `
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX idf: <${base}def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX void: <http://rdfs.org/ns/void#>
SELECT DISTINCT ?name ?set ?title WHERE {
  <${project}> idf:beneficiary ?state .
  ?state skos:prefLabel ?name . FILTER(LANG(?name) = "en")
  ?document foaf:primaryTopic ?state ; void:inDataset ?set .
  ?set dct:license ?licence .
  ?licence dct:title ?title . FILTER(LANG(?title) = "en")
}`;
const rows = await new QueryEngine().queryBindings(query, { sources: [project], lenient: true });
for await (const row of rows) {
  console.log(['name', 'set', 'title'].map((name) => row.get(name).value).join('\t'));
}
