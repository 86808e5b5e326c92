import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatDatabaseUrl,
  parseDatabaseUrl,
  sameServer,
  sameTls,
} from "../../src/config/database-url";
import type { Refusal } from "../../src/model/refusal";

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
    [
      "mysql://k:p@db1:3307,db2,[::1]/k",
      {
        ...{ host: "db1", port: 3307 },
        others: [
          { host: "db2", port: 3306 },
          { host: "::1", port: 3306 },
        ],
      },
    ],
    [
      "mysql://k:p@h/k?ssl-mode=verify_ca&ssl-ca=/etc/c%40.pem&ssl-cert=/c&ssl-key=/k",
      { tls: { mode: "VERIFY_CA", ca: "/etc/c@.pem", cert: "/c", key: "/k" } },
    ],
    ["mysql://k:p?w&x=@h/k", { password: "p?w&x=" }],
    ["sqlite:///var/lib/hermes/hermes.db", { kind: "sqlite", file: "/var/lib/hermes/hermes.db" }],
    ["sqlite:////var/lib/hermes/hermes.db", { file: "/var/lib/hermes/hermes.db" }],
  ])("%s", (url, expected) => {
    expect(parseDatabaseUrl(url)).toMatchObject(expected);
  });

  it("comes back with hosts, socket and TLS as they were", () => {
    for (const url of [
      "mysql://k:p@db1:3307,[::1]:3306/k?ssl-mode=VERIFY_IDENTITY&ssl-ca=/etc/a%26b.pem",
      "mysql://k:p@127.0.0.1:3306/k?socket=/run/my%20sql.sock&ssl-cert=/c&ssl-key=/k",
    ]) {
      expect(formatDatabaseUrl(parseDatabaseUrl(url), true)).toBe(url);
    }
  });

  it.each([
    ["?sslmode=REQUIRED", 'an option "sslmode", which there is not. Did you mean ssl-mode?'],
    ["?ssl_ca=/x", "Did you mean ssl-ca?"],
    ["?charset=utf8", 'an option "charset", which there is not. Known: socket, ssl-mode'],
    ["?socket=/s&timeout=3", 'an option "timeout"'],
    ["?socket=/s&socket=/t", "socket twice"],
    ["?ssl-mode", "ssl-mode without a value"],
    ["?ssl-mode=STRICT", "Known: DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY"],
    ["?ssl-mode=VERIFY_CA", "names no ssl-ca"],
    ["?ssl-mode=REQUIRED&ssl-ca=/x", "ssl-mode=REQUIRED does not look at"],
    ["?ssl-cert=/x", "takes both"],
    ["?ssl-mode=DISABLED&ssl-cert=/x&ssl-key=/y", "has no use"],
  ])("with %s is refused", (options, detail) => {
    expect(refusalOf(`mysql://k:p@h/k${options}`)).toContain(detail);
  });

  it("with several hosts has no place for a socket", () => {
    expect(refusalOf("mysql://k:p@a,b/k?socket=/s")).toContain("a socket has no place");
  });

  it.each([
    ["mysql://k:hush-hush@h", "names no database"],
    ["mysq://k:hush-hush@h/k", "begins with neither mysql:// nor sqlite://"],
    ["mysql://k:hush@hush@h:x/k", "no host:port"],
    ["mysql://k:hush@h:99999/k", "1 to 65535"],
    ["mysql://k:hush#host/db", "no @ between the login and the host"],
    ["mysql:/k:hush@host/db", "begins with neither"],
    ["k:hush@host/db", "begins with neither"],
    ["mysql://k:hu@sh/b/c", "what stands behind the @"],
    ["sqlite://hush", "names no file by its whole path"],
  ])("that can't be read is not repeated: %s", (url, why) => {
    const detail = refusalOf(url);
    expect(detail).toContain(why);
    expect(detail.split(" Example: ")[0]).not.toMatch(/hu|sh\b/);
  });

  it("hides its password", () => {
    const location = parseDatabaseUrl("mysql://k:hush-hush@h/k");
    expect(formatDatabaseUrl(location)).toBe("mysql://k:***@h:3306/k");
  });

  it("knows whether two want the same of TLS", () => {
    const same = (a: string, b: string) =>
      sameTls(parseDatabaseUrl(`mysql://k@h/k${a}`), parseDatabaseUrl(`mysql://k@h/p${b}`));
    expect(same("?ssl-ca=/x", "?ssl-mode=VERIFY_IDENTITY&ssl-ca=/x")).toBe(false);
    expect(same("?ssl-mode=VERIFY_CA&ssl-ca=/x", "?ssl-ca=/x&ssl-mode=verify_ca")).toBe(true);
  });

  it("knows one server under its names", () => {
    const same = (a: string, b: string) => sameServer(parseDatabaseUrl(a), parseDatabaseUrl(b));
    expect(same("mysql://a:b@localhost/x", "mysql://c:d@127.0.0.1:3306/y")).toBe(true);
    expect(same("mysql://a:b@h/x", "mysql://a:b@h:3307/x")).toBe(false);
    expect(same("mysql://a:b@h,i/x", "mysql://a:b@h:3306,i/y")).toBe(true);
    expect(same("mysql://a:b@h,i/x", "mysql://a:b@i,h/x")).toBe(false);
    expect(same("sqlite:///a", "sqlite:///a")).toBe(true);
    expect(same("sqlite:///a", "sqlite:///b")).toBe(false);
    expect(same("sqlite:///a", "mysql://a:b@h/x")).toBe(false);
  });
});

function refusalOf(url: string): string {
  try {
    parseDatabaseUrl(url);
  } catch (error) {
    const { response, reason, detail } = error as Refusal;
    expect([response, reason]).toEqual(["error", "config"]);
    return detail;
  }
  return expect.unreachable();
}
