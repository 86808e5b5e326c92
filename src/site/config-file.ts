import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseLocation } from "../config/database-url";
import { formatDatabaseUrl } from "../config/database-url";
import { withSettings } from "../config/edit";
import { usualConfigFile } from "../config/load";
import { type Environment, systemConfigFile, userConfigFile } from "../config/paths";
import { replaceFile } from "../files/draft";
import { makeFolder } from "../files/make-folder";
import { critical } from "../model/refusal";
import { systemReason } from "../model/system-reason";

export interface ConfigContents {
  readonly kamailio: DatabaseLocation;
  /** Left out, beside Kamailio's. */
  readonly provisioning: DatabaseLocation | undefined;
  readonly rpc: string | undefined;
}

/** The configuration file to write: the one that is named or applies already, else the place for a new one. */
export function configTarget(env: Environment, named: string | undefined): string {
  const forNew = process.getuid?.() === 0 ? systemConfigFile(env) : userConfigFile(env);
  return named ?? usualConfigFile(env) ?? forNew;
}

/** Why the file can't be written, or nothing. Found out beforehand, for a password is made for it. */
export function unwritable(file: string): string | undefined {
  let folder = dirname(file);
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    if (!statSync(folder).isDirectory()) return cantWrite(file, `${folder} is no folder`);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    return cantWrite(file, (error as Error).message);
  }
}

const cantWrite = (file: string, why: string) => `Can't write ${file}: ${why}.`;

/** Writes the sections about databases, of one site where one is named; what else the file has stays. */
export async function writeConfigFile(
  file: string,
  { kamailio, provisioning, rpc }: ConfigContents,
  site: string | undefined,
): Promise<void> {
  const before = existsSync(file) ? readFileSync(file, "utf8") : "# Written by hermes init\n";
  const sections = {
    kamailio: {
      url: formatDatabaseUrl(kamailio, true),
      rpc: rpc ?? null,
    },
    provisioning: {
      url: provisioning === undefined ? null : formatDatabaseUrl(provisioning, true),
    },
  };
  await rewriteConfigFile(file, await withSettings(before, sections, { file, site }));
}

/**
 * The file is there as a whole or not at all; a new one for its owner's eyes only, for its text may
 * hold passwords.
 */
export async function rewriteConfigFile(file: string, text: string): Promise<void> {
  try {
    makeFolder(dirname(file));
    await replaceFile(file, text, { asBefore: true });
  } catch (error) {
    throw critical("config", cantWrite(file, systemReason(error)));
  }
}
