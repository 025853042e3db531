// How many statements each address gives, and what it led to.
import { rdfDereferencer } from 'rdf-dereference';

for (const iri of process.argv.slice(2)) {
  const { data, url } = await rdfDereferencer.dereference(iri);
  let count = 0;
  for await (const _ of data) count += 1;
  console.log([iri, url, count].join('\t'));
}
