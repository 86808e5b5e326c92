import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { referenceDocs } from "../../src/cli/manual";

test.each(referenceDocs())("docs/%s is what `npm run docs` makes", async (name, text) => {
  const file = fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
  await expect(text).toMatchFileSnapshot(file);
});
