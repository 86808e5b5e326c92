import { expect, test } from "vitest";
import {
  kamcliFiles,
  kamctlFiles,
  SYSTEM_CONFIG_FILE,
  systemConfigFile,
} from "../../src/config/paths";

test("the host's files are below /etc, or below what HERMES_ETC names", () => {
  const home = { HOME: "/home/alice" };
  expect(SYSTEM_CONFIG_FILE).toBe("/etc/hermes/config.toml");
  expect(systemConfigFile(home)).toBe(SYSTEM_CONFIG_FILE);
  expect(kamctlFiles(home)).toEqual([
    "/etc/kamailio/kamctlrc",
    "/usr/local/etc/kamailio/kamctlrc",
    "/home/alice/.kamctlrc",
  ]);
  const elsewhere = { ...home, HERMES_ETC: "/opt/etc" };
  expect(systemConfigFile(elsewhere)).toBe("/opt/etc/hermes/config.toml");
  expect(kamctlFiles(elsewhere)).toEqual(["/opt/etc/kamailio/kamctlrc", "/home/alice/.kamctlrc"]);
  expect(kamcliFiles(elsewhere)).toEqual([
    "/opt/etc/kamcli/kamcli.ini",
    "/home/alice/.kamcli/kamcli.ini",
  ]);
  for (const HERMES_ETC of ["", "relative"]) {
    expect(systemConfigFile({ HERMES_ETC })).toBe(SYSTEM_CONFIG_FILE);
  }
});
