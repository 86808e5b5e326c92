import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Program } from "./process";

/** What writes the record of changes, as it stands in the bundle. */
const KEEP = /async function keep(?:\$\d+)?\(stores, noted\) \{/;

/** A Hermes of the same build that keeps no record of what it changes: what that costs is the rest. */
export async function unrecorded(folder: string): Promise<(program: Program) => Program> {
  const stage = join(folder, "unrecorded");
  const dist = join(stage, "dist");
  await mkdir(stage);
  await cp("bin", join(stage, "bin"), { recursive: true });
  await cp("dist", dist, { recursive: true });
  await rm(join(dist, "compiled"), { recursive: true, force: true });
  let found = 0;
  for (const name of await readdir(dist)) {
    if (!name.endsWith(".cjs")) continue;
    const code = await readFile(join(dist, name), "utf8");
    if (!KEEP.test(code)) continue;
    found++;
    await writeFile(join(dist, name), code.replace(KEEP, "$& return;"));
  }
  // The library and the command line share it.
  if (found !== 1) throw new Error(`What keeps the record stands ${found} times in the bundle.`);
  const script = `import("./build/warm-up.mjs").then(({ warmUp }) => warmUp(${JSON.stringify(stage)}))`;
  await once(spawn(process.execPath, ["-e", script], { stdio: "ignore" }), "exit");
  return (program) => {
    const [node, , ...args] = program.argv;
    return { ...program, argv: [node, join(stage, "bin", "hermes.js"), ...args] };
  };
}
