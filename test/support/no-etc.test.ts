import { expect, onTestFinished, test } from "vitest";
import { kamcliFiles, kamctlFiles, systemConfigFile } from "../../src/config/paths";
import { bareEnvironment } from "./hermes-process";
import { temporaryHome } from "./temporary-home";

test("no test sees the host's own", async () => {
  const home = await temporaryHome();
  onTestFinished(home.remove);
  for (const env of [process.env, bareEnvironment({}), home.env]) {
    const host = [systemConfigFile(env), ...kamctlFiles(env), ...kamcliFiles(env)];
    expect(host.filter((file) => /^\/(usr\/local\/)?etc\//.test(file))).toEqual([]);
  }
});
