// The shapes that some data break, by rdf-validate-shacl: {shapes, data: {name: N-Triples}} in, {name: [shape]} out.
import { readFileSync } from 'node:fs'
import rdf from '@rdfjs/dataset'
import { Parser } from 'n3'
import Validator from 'rdf-validate-shacl'

const read = (text) => rdf.dataset(new Parser().parse(text))
const { shapes, data } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const validator = new Validator(read(shapes))
const found = {}
for (const [name, text] of Object.entries(data)) {
  const report = await validator.validate(read(text))
  found[name] = report.results.map((result) => result.sourceShape.value)
}
process.stdout.write(JSON.stringify(found))
