import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDatabaseUrl, parseDatabaseUrl, sameServer } from "../../src/config/database-url";

describe("a database URL", () => {
  it("comes back as it was, whatever the password", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,15}$/);
    fc.assert(
      fc.property(
        name,
        fc.string(),
        name,
        fc.integer({ min: 1, max: 65535 }),
        (user, password, database, port) => {
          const location = {
            kind: "mysql",
            user,
            password,
            host: "db.test",
            port,
            database,
          } as const;
          expect(parseDatabaseUrl(formatDatabaseUrl(location, true))).toEqual(location);
        },
      ),
    );
  });

  it.each([
    ["mysql://kamailio:kamailiorw@localhost/kamailio", { host: "localhost", port: 3306 }],
    ["mysql://k:p:q/r@127.0.0.1:3307/k", { password: "p:q/r", port: 3307 }],
    ["mysql://k:p%40ss@h/k", { password: "p@ss" }],
    ["mysql://k:100%@h/k", { password: "100%" }],
    ["mysql://k@h/k", { user: "k", password: "" }],
    ["mysql://k:p@[::1]:3306/k", { host: "::1" }],
    [
      "mysql://k:p@localhost/k?socket=/run/mysqld/mysqld.sock",
      { socket: "/run/mysqld/mysqld.sock" },
    ],
    ["mariadb://k:p@h/k", { kind: "mysql" }],
    ["sqlite:///var/lib/hermes/hermes.db", { kind: "sqlite", file: "/var/lib/hermes/hermes.db" }],
    ["sqlite:////var/lib/hermes/hermes.db", { file: "/var/lib/hermes/hermes.db" }],
  ])("%s", (url, expected) => {
    expect(parseDatabaseUrl(url)).toMatchObject(expected);
  });

  it("hides its password, in error texts as well", () => {
    const location = parseDatabaseUrl("mysql://k:hush-hush@h/k");
    expect(formatDatabaseUrl(location)).toBe("mysql://k:***@h:3306/k");
    for (const url of [
      "mysql://k:hush-hush@h",
      "mysq://k:hush-hush@h/k",
      "mysql://k:hush@hush@h:x/k",
    ]) {
      try {
        parseDatabaseUrl(url);
        expect.unreachable();
      } catch (error) {
        expect((error as Error).message).not.toContain("hush");
      }
    }
  });

  it("knows one server under its names", () => {
    const same = (a: string, b: string) => sameServer(parseDatabaseUrl(a), parseDatabaseUrl(b));
    expect(same("mysql://a:b@localhost/x", "mysql://c:d@127.0.0.1:3306/y")).toBe(true);
    expect(same("mysql://a:b@h/x", "mysql://a:b@h:3307/x")).toBe(false);
    expect(same("sqlite:///a", "sqlite:///a")).toBe(true);
    expect(same("sqlite:///a", "sqlite:///b")).toBe(false);
    expect(same("sqlite:///a", "mysql://a:b@h/x")).toBe(false);
  });
});
