import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { exampleConfig } from "./kamailio.js";

test.each([
  [[]],
  [["WITH_SQLITE"]],
  [["PERMITTEDCALLS_COLUMN"]],
  [["EMERGENCY_ALWAYS"]],
  [['GATEWAY="192.0.2.10:5060"']],
  [["RPC_HTTP_PORT=8060"]],
])("kamailio -c accepts the example with %j", (defines) => {
  const options = defines.flatMap((define) => ["-A", define]);
  const { status, stderr } = spawnSync("kamailio", ["-c", "-f", exampleConfig, ...options], {
    encoding: "utf8",
  });
  expect(stderr).not.toMatch(/ERROR|CRITICAL|WARNING/);
  expect(status).toBe(0);
});
