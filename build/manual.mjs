import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * src/cli/manual, ready to run: manual pages and docs are made by it, and nobody else needs it.
 * @param {string} folder where it is bundled to
 * @returns {Promise<typeof import("../src/cli/manual")>}
 */
export async function loadManual(folder) {
  const { rolldown } = await import("rolldown");
  const build = await rolldown({
    cwd: root,
    input: "src/cli/manual/index.ts",
    platform: "node",
    // Nothing of it runs: the declarations import lazily what does the work.
    external: (id) => !/^[./\0]|^[A-Z]:/i.test(id),
    logLevel: "warn",
  });
  const out = join(folder, "manual");
  mkdirSync(out, { recursive: true });
  try {
    await build.write({
      dir: out,
      format: "es",
      entryFileNames: "index.mjs",
      chunkFileNames: "[name]-[hash].mjs",
    });
  } finally {
    await build.close();
  }
  return import(pathToFileURL(join(out, "index.mjs")).href);
}
