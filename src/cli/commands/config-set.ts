import { existsSync } from "node:fs";
import * as answer from "../../answers";
import { formatDatabaseUrl, parseDatabaseUrl } from "../../config/database-url";
import { type Setting, withSettings } from "../../config/edit";
import { readConfig, readConfigFile, type SettingKind, settings, siteOf } from "../../config/load";
import { answer as success } from "../../model/envelope";
import { invalid, Refusal } from "../../model/refusal";
import { asText, invalidParameters, positional, simple } from "../../params/param";
import { setting } from "../../params/setting";
import type { Cli } from "../cli";
import { command, trial } from "../command";

export const configSet = command({
  name: "config/set",
  summary: "Change a setting in the configuration file",
  description:
    "All else in the file stays, comments too. With --site it is that site's setting. Several values of a list stand with commas between. Where there is no file yet, one is made.",
  params: {
    key: positional(setting("the section and the key", Object.keys(settings))),
    value: positional(
      // A database's URL has a password in it.
      simple({ about: "its value", example: "example.org", secret: true, parse: asText }),
    ),
    dry_run: trial,
  },
  answers: {
    config: answer.text(),
    site: answer.nullable(answer.text()),
    key: answer.text(),
    value: answer.anything(),
    dry_run: answer.optional(answer.flag()),
  },
  examples: [
    { command: "hermes config set defaults.domain example.org" },
    { command: "hermes config set --site lab kamailio.url --value-stdin < lab.url" },
    { command: "hermes config set classes.own '+4712345???,+4712346???'" },
  ],
  async run(cli, { key, value: given, dry_run: dryRun }) {
    const { configTarget, rewriteConfigFile } = await import("../../site/config-file");
    const { env } = cli.io;
    const site = cli.flags.site ?? siteOf(env);
    const file = configTarget(env, cli.flags.config ?? (env.HERMES_CONFIG || undefined));
    const before = existsSync(file) ? readConfigFile(file) : "";
    const value = settingOf(given, settings[key] ?? "string");
    const [section = "", name = ""] = key.split(".");
    const after = await withSettings(before, { [section]: { [name]: value } }, { file, site });
    await requireSound(cli, { file, site, before, after });
    if (!dryRun) await rewriteConfigFile(file, after);
    return success({
      config: file,
      site: site ?? null,
      key,
      value: name === "url" ? shownUrl(given, cli.flags.show_secrets) : value,
      ...(dryRun ? { dry_run: true } : {}),
    });
  },
});

const shownUrl = (url: string, showSecrets: boolean) =>
  formatDatabaseUrl(parseDatabaseUrl(url), showSecrets);

/** The text as the kind of value that the setting is. */
function settingOf(text: string, kind: SettingKind): Setting {
  switch (kind) {
    case "string":
      return text;
    case "number":
      if (/^\d{1,15}$/.test(text)) return Number(text);
      throw invalidParameters("value must be a whole number.");
    case "boolean":
      if (text === "true" || text === "false") return text === "true";
      throw invalidParameters("value must be true or false.");
    case "list":
      return text.split(",").map((entry) => entry.trim());
  }
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
    const { classes } = await readConfig(text, { env, ...where });
    const { compileClasses } = await import("../../classes/compile");
    await compileClasses(classes);
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
