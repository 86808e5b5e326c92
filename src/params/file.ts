import type { Param } from "./param";
import { text } from "./types";

/** The longest path that Linux takes (PATH_MAX). */
const PATH_MAX = 4096;

/** A file's name, as the shell gives it. */
export function file(about: string, example: string): Param<string> {
  return {
    ...text(about, example, PATH_MAX),
    path: "only",
    inputs: (key) => [{ name: key, placeholder: "FILE", about, names: "file" }],
  };
}

/** A file that is read, or standard input for `-`. */
export const inputFile = (about: string, example: string): Param<string> => ({
  ...file(about, example),
  path: "or-stdin",
});
