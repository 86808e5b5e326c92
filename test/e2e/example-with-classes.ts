import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CallClasses } from "../../src/classes/call-classes";
import { kamailioClasses } from "../../src/classes/kamailio-route";
import { exampleConfig } from "./kamailio.js";

/** The example with other call classes: the configuration's path. It is gone when the process ends. */
export function exampleWithClasses(classes: CallClasses): string {
  const folder = mkdtempSync(join(tmpdir(), "hermes-example-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "classes.cfg"), kamailioClasses(classes));
  const config = join(folder, "kamailio.cfg");
  copyFileSync(exampleConfig, config);
  return config;
}
