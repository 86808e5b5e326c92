import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { PhoneVendors } from "../../src/phones/vendors";
import { EXAMPLE, viewOf } from "../../src/phones/view";
import { line, phone, rendered, vendors } from "./profile";
import { readPairs } from "./read-back";

const page = readFileSync(fileURLToPath(new URL("../../docs/phones.md", import.meta.url)), "utf8");

test("the page's vendor works as it stands there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hermes-docs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [, template = ""] = /```\n(\+\+\+\n.*?)```/s.exec(page) ?? [];
  writeFileSync(join(folder, "acme.phone"), template);
  const site = await PhoneVendors.load(folder);
  const pairs = readPairs(rendered(phone({ mac: "02ac3e000001", vendor: null }), "", site));
  expect(Object.fromEntries(pairs)).toEqual({
    "line1.user": "alice",
    "line1.login": "alice-auth",
    "line1.secret": "S3cr3t-w0rds",
    "line1.server": "example.org",
    "line1.proxy": "proxy.example.org:5080",
    "line1.name": "Alice",
    "line1.transport": "0",
    "line2.user": "",
    codecs: "G722,PCMA",
    clock: "STD-1DST-2,M3.5.0/2,M10.5.0/3",
    update: "https://example.org/prov/acme-02ac3e000001.cfg",
  });
});

test("the page names all that a template can name, and nothing else", () => {
  const table = page.slice(page.indexOf("What a template can name:"));
  const told = new Set([...table.matchAll(/`([a-zA-Z_0-9.]+)`/g)].map(([, name = ""]) => name));
  const known = new Set<string>();
  const collect = (value: unknown, prefix = ""): void => {
    if (Array.isArray(value)) collect(value[0]);
    else if (typeof value === "object" && value !== null) {
      for (const [name, inside] of Object.entries(value)) {
        known.add(prefix + name);
        collect(inside, name === "wants" ? "wants." : "");
      }
    }
  };
  collect(viewOf({ ...EXAMPLE, lines: [line(), line()] }, 3));
  collect(viewOf({ ...EXAMPLE, codecs: [] }, 3));
  // `…` stands for those in between.
  for (const name of ["line3", "codec2", "codec3", "codec4"]) known.delete(name);
  expect([...told].filter((name) => !known.has(name))).toEqual([]);
  expect([...known].filter((name) => !told.has(name))).toEqual([]);
});

test("the page's table of vendors has them all, with their accounts", () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| [^|]+ \| (\d+) \|/gm)];
  const told = rows.map(([, name, lines]) => [name, Number(lines)]).sort();
  expect(told).toEqual(vendors.list().map(({ name, lines }) => [name, lines]));
});
