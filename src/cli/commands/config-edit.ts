import { existsSync } from "node:fs";
import { type Setting, withSettings } from "../../config/edit";
import { readConfig, readConfigFile, siteOf } from "../../config/load";
import { parseRpcAddress } from "../../config/rpc-address";
import { invalid, Refusal } from "../../model/refusal";
import type { Cli } from "../cli";

/** A configuration file that is about to be changed. */
export interface EditedFile {
  readonly file: string;
  readonly site: string | undefined;
  /** Its text, empty where there is none. */
  readonly text: string;
}

/** The file that a change is made to: the one that is named or applies, else the place for a new one. */
export async function fileToEdit(cli: Cli): Promise<EditedFile> {
  const { configTarget } = await import("../../site/config-file");
  const { env } = cli.io;
  const file = configTarget(env, cli.flags.config ?? (env.HERMES_CONFIG || undefined));
  return {
    file,
    site: cli.flags.site ?? siteOf(env),
    text: existsSync(file) ? readConfigFile(file) : "",
  };
}

/** Writes the file with the one setting changed; null takes it out. Refuses what would make it unusable. */
export async function changeSetting(
  cli: Cli,
  { file, site, text }: EditedFile,
  key: string,
  value: Setting | null,
  dryRun: boolean | undefined,
): Promise<void> {
  const [section, name] = partsOf(key);
  const after = await withSettings(text, { [section]: { [name]: value } }, { file, site });
  await requireSound(cli, { file, site, before: text, after });
  if (dryRun) return;
  const { rewriteConfigFile } = await import("../../site/config-file");
  await rewriteConfigFile(file, after);
}

/** `auth.mode` is the mode of the section auth. */
export function partsOf(key: string): [section: string, name: string] {
  const [section = "", name = ""] = key.split(".");
  return [section, name];
}

interface Edited {
  readonly file: string;
  readonly site: string | undefined;
  readonly before: string;
  readonly after: string;
}

/** Refuses a change that makes a file unusable; the change is to blame if the file was sound. */
async function requireSound(cli: Cli, { before, after, ...where }: Edited): Promise<void> {
  const env = {
    ...cli.io.env,
    HERMES_KAMAILIO_URL: undefined,
    HERMES_PROVISIONING_URL: undefined,
  };
  const check = async (text: string) => {
    const { classes, rpc } = await readConfig(text, { env, ...where });
    const { compileClasses } = await import("../../classes/compile");
    await compileClasses(classes);
    if (rpc !== undefined) parseRpcAddress(rpc);
  };
  try {
    await check(after);
  } catch (error) {
    const wasSound = await check(before).then(
      () => true,
      () => false,
    );
    if (wasSound && error instanceof Refusal) throw invalid("parameters", error.detail);
    throw error;
  }
}
