// Writes the JSON Schemas of the MCP specification, taken from the conformance suite, to the given folder.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';

const suite = readFileSync('node_modules/@modelcontextprotocol/conformance/dist/index.js', 'utf8');
const start = '{$schema:`https://json-schema.org/draft/2020-12/schema`,$defs:{';

/** Returns the literal that starts at this position, up to its closing brace. Braces in strings do not count. */
function literal(from) {
  let depth = 0;
  for (let i = from, quote = null; i < suite.length; i++) {
    const c = suite[i];
    if (c === '\\') {
      i++;
    } else if (quote) {
      if (c === quote) quote = null;
    } else if ('`"\''.includes(c)) {
      quote = c;
    } else if (c === '{') {
      depth++;
    } else if (c === '}' && --depth === 0) {
      return suite.slice(from, i + 1);
    }
  }
  throw new Error('no end');
}

const older = suite.indexOf(start);
const newer = suite.indexOf(start, older + 1);
for (const [revision, at, mark] of [['2025-11-25', older, 'taskSupport'], ['2026-07-28', newer, 'resultType']]) {
  const schema = JSON.stringify(new Function(`return ${literal(at)}`)());
  assert.ok(schema.includes(mark), `${revision} is another revision`);
  writeFileSync(`${process.argv[2]}/${revision}.json`, schema);
}
