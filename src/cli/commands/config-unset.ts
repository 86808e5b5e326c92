import * as answer from "../../answers";
import { hasSetting } from "../../config/edit";
import { settings } from "../../config/load";
import { answer as success } from "../../model/envelope";
import { failed } from "../../model/refusal";
import { positional } from "../../params/param";
import { setting } from "../../params/setting";
import { command, trial } from "../command";
import { changeSetting, fileToEdit, partsOf } from "./config-edit";

export const configUnset = command({
  name: "config/unset",
  summary: "Take a setting out of the configuration file",
  description:
    "What is the default for it applies from then on. All else in the file stays, comments too. With --site it is that site's setting.",
  params: {
    key: positional(setting("the section and the key", Object.keys(settings))),
    dry_run: trial,
  },
  answers: {
    config: answer.text(),
    site: answer.nullable(answer.text()),
    key: answer.text(),
    dry_run: answer.optional(answer.flag()),
  },
  examples: [{ command: "hermes config unset defaults.permission" }],
  async run(cli, { key, dry_run: dryRun }) {
    const edited = await fileToEdit(cli);
    const { file, site, text } = edited;
    if (!(await hasSetting(text, ...partsOf(key), edited))) {
      const whose = site === undefined ? "" : ` for the site ${site}`;
      throw failed("nonexistant", `${file} does not set ${key}${whose}.`);
    }
    await changeSetting(cli, edited, key, null, dryRun);
    return success({
      config: file,
      site: site ?? null,
      key,
      ...(dryRun ? { dry_run: true } : {}),
    });
  },
});
