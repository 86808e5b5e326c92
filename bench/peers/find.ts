import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a program is, or undefined where the host has none of that name. */
export function find(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  for (const folder of folders) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not there.
    }
  }
  return undefined;
}
