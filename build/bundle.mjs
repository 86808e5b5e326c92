// Bundles src/ into dist/ and compiles it ahead of time. Run by plain node, from `npm run build`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { requireLate } from "./late-require.mjs";
import { loadManual } from "./manual.mjs";
import { APART, EXTERNAL, packages } from "./packages.mjs";
import { warmUp } from "./warm-up.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

/** Where it is made. It takes the place of dist/ when it is complete. */
const stage = join(root, "node_modules", ".cache", `hermes-build-${process.pid}`);

/**
 * Node reads ASCII many times as fast, and V8 keeps it in half the space.
 * @param {string} code
 */
function ascii(code) {
  return code.replace(
    /[^\0-\x7f]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

async function bundle() {
  const { rolldown } = await import("rolldown");
  const build = await rolldown({
    cwd: root,
    input: {
      cli: "src/cli/entry.ts",
      index: "src/index.ts",
      ...Object.fromEntries(APART.map((name) => [name, name])),
    },
    platform: "node",
    external: EXTERNAL,
    plugins: [packages],
    logLevel: "warn",
  });
  try {
    const { output } = await build.generate({
      format: "cjs",
      dynamicImportInCjs: false,
      entryFileNames: "[name].cjs",
      chunkFileNames: "[name]-[hash].cjs",
      comments: { legal: true, annotation: false, jsdoc: false },
    });
    for (const file of output) {
      if (file.type !== "chunk") throw new Error(`Unexpected in the bundle: ${file.fileName}`);
      writeFileSync(join(stage, "dist", file.fileName), ascii(requireLate(file.code)));
    }
  } finally {
    await build.close();
  }
}

/** Pages that `man` finds beside the program. */
async function writeManual() {
  const { manualPages } = await loadManual(stage);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const [name, page] of manualPages(version)) {
    const file = join(stage, "dist", "man", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, page);
  }
}

/** Type declarations for those who use Hermes as a library. */
async function declareTypes() {
  const child = spawn(
    process.execPath,
    [
      join(root, "node_modules", "typescript", "bin", "tsc"),
      ...[
        "-p",
        join(root, "build", "types.tsconfig.json"),
        "--outDir",
        join(stage, "dist", "types"),
      ],
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  await once(child, "exit");
  // They describe index.cjs, and import each other as CommonJS may: without file extensions.
  writeFileSync(join(stage, "dist", "types", "package.json"), '{ "type": "commonjs" }\n');
}

async function main() {
  if (!existsSync(join(root, "node_modules", "rolldown"))) {
    // npm ci --omit=dev runs `prepare` too.
    if (existsSync(join(dist, "cli.cjs"))) return;
    throw new Error("Building Hermes needs its development dependencies: run npm ci.");
  }
  const begun = performance.now();
  mkdirSync(join(stage, "dist", "types"), { recursive: true });
  try {
    await bundle();
    cpSync(join(root, "bin"), join(stage, "bin"), { recursive: true });
    await Promise.all([warmUp(stage), declareTypes(), writeManual()]);
    if (existsSync(dist)) renameSync(dist, join(stage, "before"));
    renameSync(join(stage, "dist"), dist);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  console.error(`Built dist/ in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
}

await main();
