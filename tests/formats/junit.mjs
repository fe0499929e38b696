// Asks xmllint, compiled to WebAssembly, whether each JUnit report among the snapshots
// follows `junit-10.xsd`. The Rust tests hold the snapshots against what is printed.
//
//     npm install --no-package-lock && node junit.mjs

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { validateXML } from "xmllint-wasm";

const here = dirname(fileURLToPath(import.meta.url));
const snapshots = join(here, "..", "snapshots");
const schema = [{ fileName: "junit-10.xsd", contents: readFileSync(join(here, "junit-10.xsd"), "utf8") }];
const validate = (name, contents) => validateXML({ xml: [{ fileName: `${name}.xml`, contents }], schema });

// A snapshot is a head between two lines of dashes, and what was printed.
const reports = readdirSync(snapshots)
  .filter((name) => /junit\w*\.snap$/.test(name))
  .map((name) => [name, readFileSync(join(snapshots, name), "utf8").replace(/^---\n[^]*?\n---\n/, "")]);

let wrong = 0;
for (const [name, report] of reports) {
  const { valid, errors } = await validate(name, report);
  if (!valid) {
    wrong += 1;
    console.error(`${name}: ${errors.map((error) => error.rawMessage).join("\n")}`);
  }
  // A validator that refuses nothing would be no witness.
  const spoilt = report.replace("<testcase classname=", "<testcase file=\"x\" classname=");
  if ((await validate(name, spoilt)).valid) {
    wrong += 1;
    console.error(`${name}: an attribute that the schema does not know was not refused`);
  }
}

console.log(`xmllint accepts ${reports.length} JUnit reports; ${wrong} are wrong`);
process.exit(wrong === 0 && reports.length > 0 ? 0 : 1);
