import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load";
import { NO_ETC } from "../support/no-etc";

describe("[phones]", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "hermes-config-"));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const load = (section: string) => {
    const file = join(home, "x.toml");
    writeFileSync(file, `[phones]\n${section}`);
    return loadConfig({ ...NO_ETC, HOME: home }, file);
  };

  it("leaves to the phones what it does not say", async () => {
    const { phones } = await load("");
    expect(phones).toEqual({
      templates: undefined,
      out: undefined,
      timeZone: undefined,
      codecs: ["G722", "PCMA", "PCMU"],
      transport: "udp",
    });
  });

  it("takes every key", async () => {
    const { phones } = await load(`
      templates = "/etc/hermes/phones"
      out = "/srv/phones"
      time_zone = "Europe/Berlin"
      codecs = ["Opus", "pcma"]
      transport = "TLS"
    `);
    expect(phones).toEqual({
      templates: "/etc/hermes/phones",
      out: "/srv/phones",
      timeZone: "Europe/Berlin",
      codecs: ["opus", "PCMA"],
      transport: "tls",
    });
  });

  it.each([
    ['out = "phones"', /phones\.out/],
    ['templates = "../phones"', /phones\.templates/],
    ['time_zone = "Europe/Bielefeld"', /time_zone.*Europe\/Bielefeld/],
    ['codecs = ["GSM"]', /phones\.codecs.*PCMA/],
    ['codecs = ["PCMA", "pcma"]', /phones\.codecs/],
    ["codecs = []", /phones\.codecs/],
    ["codecs = [8]", /phones\.codecs/],
    ['codecs = "PCMA"', /phones\.codecs must be a list/],
    ['transport = "sctp"', /phones\.transport.*udp/],
    ['timezone = "Europe/Berlin"', /time_zone/],
  ])("refuses %s", async (section, detail) => {
    const refusal = { reason: "config", detail: expect.stringMatching(detail) };
    await expect(load(section)).rejects.toMatchObject(refusal);
  });
});
