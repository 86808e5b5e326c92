import { type Given, invalidParameters, type Param, type Params } from "./param";
import { flagName } from "./read";
import { text } from "./types";

/** The longest path that Linux takes (PATH_MAX). */
const PATH_MAX = 4096;

/** A file's name, as the shell gives it. */
export function file(about: string, example: string): Param<string> {
  return {
    ...text(about, example, { max: PATH_MAX }),
    path: "only",
    inputs: (key) => [{ name: key, placeholder: "FILE", about, names: "file" }],
  };
}

/** A folder, likewise. */
export const folder = (about: string, example: string): Param<string> => ({
  ...file(about, example),
  inputs: (key) => [{ name: key, placeholder: "FOLDER", about, names: "file" }],
});

/** A file that is read, or standard input for `-`. */
export const inputFile = (about: string, example: string): Param<string> => ({
  ...file(about, example),
  path: "or-stdin",
});

/** Refuses whatever would have a file opened: for a caller whose files are not the process's. */
export function requireNoPaths(params: Params, given: Given): void {
  for (const [key, { path, inputs }] of Object.entries(params)) {
    for (const { name } of path === undefined ? [] : inputs(key)) {
      const value = given[name];
      const isStdin = path === "or-stdin" && value === "-";
      if (value === undefined || isStdin) continue;
      const instead = path === "or-stdin" ? " Pipe it in, and give - or nothing." : "";
      throw invalidParameters(`${flagName(name)}: no file is opened here.${instead}`);
    }
  }
}
