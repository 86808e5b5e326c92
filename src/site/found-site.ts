import { readFileSync } from "node:fs";
import { type Environment, kamcliFiles, kamctlFiles } from "../config/paths";
import { critical } from "../model/refusal";
import { systemReason } from "../model/system-reason";
import { readKamcli } from "./kamcli";
import { readKamctlrc } from "./kamctlrc";
import type { FoundSite } from "./site-found";

/** What is found on this host, kamctl's first. `kamctlrc` names a file in place of kamctl's own ones. */
export function findSites(env: Environment, kamctlrc?: string): FoundSite[] {
  if (kamctlrc !== undefined) {
    const site = readKamctlrc([{ path: kamctlrc, text: readNamed(kamctlrc) }]);
    if (site !== undefined) return [site];
    throw critical("config", `${kamctlrc} sets no DBENGINE, so it names no database.`);
  }
  return [
    readKamctlrc(kamctlFiles(env).flatMap(readIfThere)),
    readKamcli(kamcliFiles(env).flatMap(readIfThere)),
  ].filter((site) => site !== undefined);
}

function readNamed(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw critical("config", `Can't read ${path}: ${systemReason(error)}.`);
  }
}

function readIfThere(path: string): { path: string; text: string }[] {
  try {
    return [{ path, text: readFileSync(path, "utf8") }];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EACCES") return [];
    throw error;
  }
}
