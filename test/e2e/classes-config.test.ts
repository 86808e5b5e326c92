import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { compileClasses } from "../../src/classes/compile";
import { readClasses } from "../../src/config/classes";
import { exampleWithClasses } from "./example-with-classes.js";

// Long patterns, many neighbours, no emergency number, settings of every kind.
test.each([
  { country: "GB" },
  { country: "DE", emergency_always: true },
  { country: "US", emergency: [], own: ["+1212555????"], services: ["?11", "+1900*"] },
])("kamailio -c accepts the classes of %j", async (section) => {
  const config = exampleWithClasses(await compileClasses(readClasses(section)));
  const { status, stderr } = spawnSync("kamailio", ["-c", "-f", config], { encoding: "utf8" });
  expect(stderr).not.toMatch(/ERROR|CRITICAL|WARNING/);
  expect(status).toBe(0);
});
