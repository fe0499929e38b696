// Asks ajv, a validator that shares no code with ours, for its verdict on every document
// of the project, and compares it with `verdicts.txt`, which `tests/verdicts.rs` writes
// from the types. A document that fails in its bytes is in no verdict: see there.
//
//     npm install --no-package-lock && node run.mjs

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const text = (path) => utf8.decode(readFileSync(join(root, path)));

// Everything that ajv calls strict.
const ajv = new Ajv2020({ strict: true, validateSchema: true, allErrors: false });
const validators = new Map();
const kinds = readdirSync(join(root, "schemas"))
  .map((name) => name.replace(/\.json$/, ""))
  .filter((name) => !name.endsWith("-output"));
for (const kind of kinds) {
  validators.set(kind, ajv.compile(JSON.parse(text(`schemas/${kind}.json`))));
}

const kindAt = (path) => {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name === "registry.json" || name === "jurisdiction.json") return name.replace(".json", "");
  return name.match(/\.([a-z]+)\.json$/)?.[1];
};

let wrong = 0;
const counts = { accepts: 0, refuses: 0 };
for (const line of text("tests/ajv/verdicts.txt").split("\n").filter(Boolean)) {
  const [, verdict, path] = line.match(/^(accepts|refuses) (.+)$/);
  const validate = validators.get(kindAt(path));
  const said = validate(JSON.parse(text(path))) ? "accepts" : "refuses";
  counts[said] += 1;
  if (said !== verdict) {
    wrong += 1;
    const why = validate.errors ? `: ${ajv.errorsText(validate.errors)}` : "";
    console.error(`${path}: the types say \`${verdict}\`, ajv \`${said}\`${why}`);
  }
}

console.log(`ajv accepts ${counts.accepts} documents, refuses ${counts.refuses}; ${wrong} verdicts differ`);
if (wrong > 0) {
  console.error("the schemas are read otherwise than by the types: mend the type's schema, or run `UPDATE_VERDICTS=1 cargo test verdicts` if the documents changed");
}
process.exit(wrong === 0 && counts.accepts > 0 ? 0 : 1);
