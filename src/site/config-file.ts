import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseLocation } from "../config/database-url";
import { formatDatabaseUrl } from "../config/database-url";
import { usualConfigFile } from "../config/load";
import { type Environment, SYSTEM_CONFIG_FILE, userConfigFile } from "../config/paths";
import { replaceFile } from "../files/draft";
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
  const forNew = process.getuid?.() === 0 ? SYSTEM_CONFIG_FILE : userConfigFile(env);
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

/**
 * Writes the sections about databases, for its owner's eyes only; what else the file has stays.
 * The file is there as a whole or not at all.
 */
export async function writeConfigFile(file: string, contents: ConfigContents): Promise<void> {
  const { parse, stringify } = await import("smol-toml");
  const { kamailio, provisioning, rpc } = contents;
  const before = existsSync(file) ? parse(readFileSync(file, "utf8")) : {};
  const { kamailio: _, provisioning: __, ...others } = before;
  const text = stringify({
    kamailio: {
      url: formatDatabaseUrl(kamailio, true),
      ...(rpc === undefined ? {} : { rpc }),
    },
    ...(provisioning === undefined
      ? {}
      : { provisioning: { url: formatDatabaseUrl(provisioning, true) } }),
    ...others,
  });
  try {
    mkdirSync(dirname(file), { recursive: true });
    await replaceFile(file, `# Written by hermes init\n${text}\n`);
  } catch (error) {
    throw critical("config", cantWrite(file, systemReason(error)));
  }
}
