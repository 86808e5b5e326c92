import * as answer from "../../answers";
import { formatDatabaseUrl, parseDatabaseUrl } from "../../config/database-url";
import type { Setting } from "../../config/edit";
import { type SettingKind, settings } from "../../config/load";
import { answer as success } from "../../model/envelope";
import { Refusal } from "../../model/refusal";
import { asText, invalidParameters, orEmpty, positional, simple } from "../../params/param";
import { setting } from "../../params/setting";
import { command, trial } from "../command";
import { changeSetting, fileToEdit } from "./config-edit";

export const configSet = command({
  name: "config/set",
  summary: "Change a setting in the configuration file",
  description:
    "All else in the file stays, comments too. With --site it is that site's setting. Several values of a list stand with commas between; an empty value empties the list. Where there is no file yet, one is made.",
  params: {
    key: positional(setting("the section and the key", Object.keys(settings))),
    value: positional(
      orEmpty(
        // A database's URL has a password in it.
        simple({ about: "its value", example: "example.org", secret: true, parse: asText }),
      ),
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
    { command: "hermes config set classes.own ''", about: "none" },
  ],
  async run(cli, { key, value: given, dry_run: dryRun }) {
    const edited = await fileToEdit(cli);
    const value = await hinting(given, key, async () => {
      const value = settingOf(given ?? "", settings[key] ?? "string");
      await changeSetting(cli, edited, key, value, dryRun);
      return value;
    });
    return success({
      config: edited.file,
      site: edited.site ?? null,
      key,
      value: key.endsWith(".url") ? shownUrl(given ?? "", cli.flags.show_secrets) : value,
      ...(dryRun ? { dry_run: true } : {}),
    });
  },
});

/** Where nothing is no value that the setting can have, its end is likely what was meant. */
async function hinting<T>(given: string | null, key: string, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (given !== null || !(error instanceof Refusal) || error.response !== "invalid") throw error;
    throw invalidParameters(`${error.detail} To take it out: hermes config unset ${key}`);
  }
}

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
      return text.trim() === "" ? [] : text.split(",").map((entry) => entry.trim());
  }
}
