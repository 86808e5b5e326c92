import stringWidth from "string-width";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as answer from "../../../src/answers";
import type { Answers } from "../../../src/answers/answer";
import { type PeopleOptions, writePeople } from "../../../src/cli/output/people";
import type { Fields } from "../../../src/model/envelope";
import { findNode } from "../../../src/nodes/registry";
import { fakeIo, rows } from "./fake-io";

const NOW = new Date(2026, 10, 22, 14, 0, 0);
const unix = (date: Date) => date.getTime() / 1000;

/** What the node declares of its answer. */
function of(node: string): { answers: Answers } {
  const found = findNode(node);
  if (found === undefined) throw new Error(`There is no ${node}`);
  return { answers: found.answers };
}

interface World extends Partial<PeopleOptions> {
  columns?: number;
  response?: "ok" | "pong" | "failed";
}

async function shown(terminal: boolean, fields: Fields, world: World) {
  const { columns = 80, response = "ok", ...options } = world;
  const io = fakeIo({ terminal, columns });
  await writePeople(
    io,
    { response, ...fields },
    { color: false, showSecrets: false, answers: {}, quiet: false, ...options },
  );
  return { out: io.out(), err: io.err() };
}

const onTerminal = async (fields: Fields, world: World = {}) =>
  (await shown(true, fields, world)).out;
const piped = async (fields: Fields, world: World = {}) => (await shown(false, fields, world)).out;
const lines = (...all: string[]) => `${all.join("\n")}\n`;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a count that is a part of another", () => {
  const counts = { free: 0, reserved: 0, quarantined: 0 };
  const list = [
    { prefix: "+4712", total: 1000, assigned: 1, ...counts },
    { prefix: "+4713", total: 1000, assigned: 999, ...counts },
    { prefix: "+4714", total: 4, assigned: 2, ...counts },
  ];

  it("on a terminal → with a bar, full only where nothing is left and empty where nothing is", async () => {
    const shown = await onTerminal({ list }, { ...of("numbers/usage"), columns: 120 });
    expect(shown).toContain("█░░░░░░░░░ 1 ");
    expect(shown).toContain("█████████░ 999");
    expect(shown).toContain("█████░░░░░ 2");
  });

  it("piped → the number alone", async () => {
    const [first] = list;
    expect(await piped({ list: [first] }, of("numbers/usage"))).toBe(
      lines("+4712\t1000\t1\t0\t0\t0"),
    );
  });
});

describe("a list of numbers or records", () => {
  it("on a terminal → numbers grouped in either", async () => {
    const range = { start: "+4722345678", end: "+4722345679", count: 2 };
    const shown = await onTerminal({ list: [range] }, of("numbers/list"));
    expect(shown).toContain("first number");
    expect(shown).toContain("+47 22 34 56 78");
  });
});

describe("a list of values", () => {
  const list = ["+4722345678", "+4532345678"];

  it("on a terminal → grouped, one a line", async () => {
    expect(await onTerminal({ list }, of("numbers/list"))).toBe(
      lines("+47 22 34 56 78", "+45 32 34 56 78"),
    );
  });

  it("piped → raw, one a line", async () => {
    const fields = { list: rows(["+4722345678"], ["+4532345678"]) };
    expect(await piped(fields, of("numbers/list"))).toBe(lines(...list));
  });

  it("MACs and addresses stay as they are", async () => {
    const list = ["0004f2abcdef", "alice@example.org"];
    expect(await onTerminal({ list }, of("numbers/list"))).toBe(lines(...list));
  });

  it("alone under any name", async () => {
    expect(await piped({ adopted: ["a@b.org", "c@b.org"] })).toBe(lines("a@b.org", "c@b.org"));
  });

  it("empty → a note on stderr", async () => {
    for (const list of [[], rows(), rows([])]) {
      expect(await shown(true, { list }, {})).toEqual({ out: "", err: "none\n" });
    }
    expect(await shown(true, { list: [] }, { quiet: true })).toEqual({ out: "", err: "" });
  });
});

describe("a list of records", () => {
  const users = of("user/list");
  const list = [
    { user: "alice@example.org", displayname: "Alice" },
    { user: "bob@example.org", displayname: null },
  ];

  it("on a terminal → a table", async () => {
    expect(await onTerminal({ list }, users)).toBe(
      lines(
        "user               display name",
        "─────────────────  ────────────",
        "alice@example.org  Alice",
        "bob@example.org    -",
      ),
    );
  });

  it("in colour → a bold header and a dim dash", async () => {
    const text = await onTerminal({ list }, { ...users, color: true });
    expect(text).toContain("\u001b[1muser\u001b[22m");
    expect(text).toContain("\u001b[2m-\u001b[22m");
  });

  it("piped → tab-separated without header", async () => {
    expect(await piped({ list }, users)).toBe(
      lines("alice@example.org\tAlice", "bob@example.org\t"),
    );
  });

  it("batch by batch → one header, widths of the first batch", async () => {
    const text = await onTerminal({ list: rows([list[0]], [list[1]], list) }, users);
    expect(text.match(/display name/g)).toHaveLength(1);
    expect(text.trimEnd().split("\n")).toHaveLength(6);
  });

  it("empty → a note", async () => {
    expect(await shown(false, { aliases: [] }, {})).toEqual({ out: "", err: "none\n" });
  });

  it("long cells → wrapped into 80 columns, nothing lost", async () => {
    const contact = `sip:alice@192.0.2.1:5060;transport=tcp;rinstance=${"x".repeat(40)}`;
    const useragent = "Yealink SIP-T46S 66.86.0.15 with a very long tail of words";
    const locations = [{ contact, useragent, expires: unix(NOW) + 300 }];
    const text = await onTerminal({ locations }, of("user/location"));
    for (const line of text.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(80);
    const columns = text
      .split("\n")
      .slice(2)
      .map((line) => line.split(/ {2,}/)[0]);
    expect(columns.join("")).toBe(contact);
    expect(text).toContain("2026-11-22 14:05:00");
  });

  it("wide characters stay in their column", async () => {
    const wide = { user: "日本語@example.org", displayname: "山田" };
    const text = await onTerminal({ list: [wide, list[0]] }, users);
    const [head = "", , first = ""] = text.split("\n");
    expect(stringWidth(first.slice(0, first.indexOf("山")))).toBe(head.indexOf("display"));
  });

  it.each([
    "⌚".repeat(8),
    "⌚".repeat(60),
    "👩‍👧‍👦".repeat(40),
    "ｆｕｌｌ ｗｉｄｔｈ ".repeat(9),
    "ก็".repeat(50),
  ])("%s → wrapped, not cut short", async (displayname) => {
    const text = await onTerminal(
      { list: [{ user: "a@example.org", displayname }, list[0]] },
      users,
    );
    expect(text).not.toContain("…");
    const columns = text.split("\n").map((line) => line.slice("a@example.org".length));
    expect(columns.join("").replace(/ /g, "")).toContain(displayname.replace(/ /g, ""));
    for (const line of text.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  });

  it("more columns than fit → a block for each record", async () => {
    const operator = {
      id: "0b9ee1ea-9b0e-4c5e-8d0c-3a1f5f2d6c11",
      username: "bob",
      displayname: "Bob the Builder",
      enabled: true,
      full: false,
      access: "READ_WRITE",
      last_password_changed_at: null,
    };
    const fields = { list: rows([operator], [operator]) };
    const text = await onTerminal(fields, { ...of("auth/list_users"), columns: 50 });
    expect(text.split("\n\n")).toHaveLength(2);
    expect(text).toContain("display name      Bob the Builder\n");
    expect(text).toContain("enabled           yes\n");
  });

  it("control characters never reach the terminal, nor break a pipe's columns", async () => {
    const list = [{ user: "\u001b[2Jeve@example.org", displayname: "a\tb\nc\u009b" }];
    for (const text of [await onTerminal({ list }), await piped({ list })]) {
      expect(text).toContain("\\x1b[2Jeve@example.org");
      expect(text).toContain("a\\tb\\nc\\x9b");
    }
    expect(await onTerminal({ list: ["\u001b[2J"] })).toBe("\\x1b[2J\n");
  });
});

describe("values", () => {
  it("scalars → aligned, labels in words", async () => {
    const fields = { start: "+4722340000", end: "+4723339999", count: 1_000_000, added: 12 };
    const range = of("numbers/add_range");
    expect(await onTerminal(fields, range)).toBe(
      lines(
        "first number  +47 22 34 00 00",
        "last number   +47 23 33 99 99",
        "count         1,000,000",
        "added         12",
      ),
    );
    expect(await piped(fields, range)).toContain(
      "+4722340000\nlast number   +4723339999\ncount         1000000\n",
    );
  });

  it("a record among scalars", async () => {
    const servers = { registrar: "sip.example.org", r_port: 5060, prov_url: "https://x.org/prov" };
    const fields = { domain: "example.org", servers };
    expect(await onTerminal(fields, of("domain/get_servers"))).toBe(
      lines(
        "domain            example.org",
        "registrar         sip.example.org",
        "registrar port    5060",
        "provisioning URL  https://x.org/prov",
      ),
    );
  });

  it("several records → each under its heading", async () => {
    const fields = { id: 7, before: { email: "a@b.org" }, after: { email: null } };
    expect(await onTerminal(fields)).toBe(
      lines("id  7", "", "before", "email  a@b.org", "", "after", "email  -"),
    );
  });

  it("secrets → masked, unless fresh or asked for", async () => {
    const user = { username: "alice", password: "s3cret", ha1: "0123", ha1b: "" };
    const get = of("user/get");
    expect(await onTerminal({ user }, get)).toBe(
      lines("username  alice", "password  ********", "HA1       ********", "HA1b      -"),
    );
    expect(await piped({ user }, get)).not.toMatch(/s3cret|0123/);
    expect(await onTerminal({ user }, of("user/add_local"))).toMatch(/s3cret\nHA1 +\*{8}\n/);
    expect(await onTerminal({ user }, { ...get, showSecrets: true })).toMatch(
      /s3cret\nHA1 +0123\n/,
    );
    const deep = answer.list(answer.record({ a: answer.record({ key: answer.secret() }) }));
    const fields = { id: 1, deep: [{ a: { key: "s3cret" } }] };
    expect(await onTerminal(fields, { answers: { deep } })).toContain('{"key":"********"}');
    const rendered = { content: "sip.auth=s3cret\n" };
    const answers = { content: answer.secret() };
    expect(await onTerminal(rendered, { answers })).toBe("content  ********\n");
    const list = ["s3cret", null];
    const keys = { answers: { id: answer.number(), list: answer.list(answer.secret()) } };
    expect(await onTerminal({ id: 1, list }, keys)).toBe(lines("id    1", "list  ********, -"));
  });

  it("permissions → the number and its names, once", async () => {
    const flags = ["NOCALLS", "EMERGENCY", "INTERNAL"];
    const get = of("permission/get");
    expect(await onTerminal({ user: "alice@example.org", permission: 7, flags }, get)).toBe(
      lines("user        alice@example.org", "permission  7  NOCALLS EMERGENCY INTERNAL"),
    );
    expect(await onTerminal({ user: { permittedcalls: "4" } }, of("user/get"))).toBe(
      "permitted calls  4  INTERNAL\n",
    );
    expect(await onTerminal({ permission: 0, flags: [] }, get)).toBe("permission  0\n");
    expect(await onTerminal({ user: "a@b.org", flags }, get)).toContain(
      "NOCALLS EMERGENCY INTERNAL\n",
    );
  });

  it("times", async () => {
    const soon = unix(NOW) + 300;
    const login = of("auth/login");
    expect(await onTerminal({ key_expires: soon }, login)).toBe(
      "key expires  2026-11-22 14:05:00 (in 5 minutes)\n",
    );
    expect(await piped({ key_expires: 1_000_000_000 }, login)).toBe(
      "key expires  2001-09-09T01:46:40Z\n",
    );
    const user = { last_password_changed_at: NOW.getTime() - 3 * 86_400_000 };
    expect(await onTerminal({ user }, of("auth/get_user"))).toBe(
      "password changed  2026-11-19 14:00:00 (3 days ago)\n",
    );
    const expiry = { answers: { expires: answer.time({ zero: "permanent" }) } };
    expect(await onTerminal({ expires: 0 }, expiry)).toBe("expires  permanent\n");
    expect(await onTerminal({ expires: Number.MAX_VALUE }, expiry)).toContain("expires  ");
  });

  it("lists among scalars, nothing and booleans", async () => {
    const fields = { updated: ["email", "dialplan"], skipped: [], forward: null, enabled: false };
    expect(await onTerminal(fields)).toBe(
      lines("updated  email, dialplan", "skipped  -", "forward  -", "enabled  no"),
    );
  });

  it("user/available", async () => {
    expect(await onTerminal({ cause: "nonexistant" }, of("user/available"))).toBe(
      "available  yes (nonexistant)\n",
    );
  });
});

describe("extension permissions", () => {
  const permissions = { pickup: true, steal: false, spy: true, viewOtherPartyOverride: "NONE" };

  it("of several extensions → a table", async () => {
    const fields = { permissions: { "100@example.org": permissions } };
    expect(await onTerminal(fields, of("extension/permissions"))).toBe(
      lines(
        "extension        permissions  viewOtherPartyOverride",
        "───────────────  ───────────  ──────────────────────",
        "100@example.org  pickup, spy  NONE",
      ),
    );
  });

  it("of one → values", async () => {
    const fields = { extension: "100@example.org", permissions };
    expect(await onTerminal(fields, of("extension/grant"))).toBe(
      lines(
        "extension               100@example.org",
        "permissions             pickup, spy",
        "viewOtherPartyOverride  NONE",
      ),
    );
  });
});

describe("little to say", () => {
  it("nothing → ok, or nothing when quiet", async () => {
    expect(await onTerminal({})).toBe("ok\n");
    expect(await onTerminal({}, { quiet: true })).toBe("");
  });

  it("pong", async () => {
    const answers = { auth_key: answer.secret({ label: "authentication key" }) };
    expect(await piped({ auth_key: "k" }, { answers, response: "pong" })).toBe(
      lines("pong", "authentication key  ********"),
    );
  });

  it("detail → a sentence before the values", async () => {
    const fields = { detail: "Look again.", user: "bob@example.org" };
    expect(await onTerminal(fields, of("user/remove"))).toBe(
      lines("Look again.", "user  bob@example.org"),
    );
  });

  it("of a refusal only what stands beside cause and detail", async () => {
    const refusal = { cause: "findings", detail: "1 finding.", findings: [{ check: "orphans" }] };
    const answers = answer.findings;
    expect(await piped(refusal, { answers, response: "failed" })).toBe("orphans\n");
    expect(await piped({ cause: "exists", detail: "No." }, { response: "failed" })).toBe("");
  });
});
