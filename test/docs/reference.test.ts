import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { man } from "../../package.json";
import { manualPages, referenceDocs } from "../../src/cli/manual";
import { ENVIRONMENT } from "../../src/config/explained";

test.each(referenceDocs())("docs/%s is what `npm run docs` makes", async (name, text) => {
  const file = fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
  await expect(text).toMatchFileSnapshot(file);
});

test("every variable of the environment that is read is explained, and no other", () => {
  const sources = fileURLToPath(new URL("../../src", import.meta.url));
  const read = readdirSync(sources, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => readFileSync(`${sources}/${name}`, "utf8").match(/\benv\.HERMES_\w+/g) ?? [])
    .map((found) => found.slice("env.".length));
  expect([...new Set(read), "NO_COLOR"].sort()).toEqual(Object.keys(ENVIRONMENT).sort());
});

test("package.json lists the manual's pages, as `npm run docs` has it", () => {
  expect(man).toEqual(manualPages("0.0.0").map(([name]) => `./dist/man/${name}`));
});
