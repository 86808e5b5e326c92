import { describe, expect, test } from "vitest";
import { readKamcli } from "../../src/site/kamcli";
import { readKamctlrc } from "../../src/site/kamctlrc";
import { shellAssignments } from "../../src/site/shell-assignments";

const kamctlrc = (text: string) => readKamctlrc([{ path: "/etc/kamailio/kamctlrc", text }]);
const kamcli = (...texts: string[]) =>
  readKamcli(texts.map((text, index) => ({ path: `/kamcli-${index}.ini`, text })));

describe("shell assignments", () => {
  test.each([
    ["A=plain", "plain"],
    ["  export A=plain", "plain"],
    ["A=plain # a comment", "plain"],
    ["A='single $quoted #1'", "single $quoted #1"],
    ['A="double \\"quoted\\" #2"', 'double "quoted" #2'],
    ["A=it\\'s", "it's"],
    ["A='a'\"b\"c", "abc"],
    ["A=a#b", "a#b"],
    ["A=", ""],
    ['B=/var; A="$B/x"', "/var/x"],
    [`B=/var; A=\${B}/\${C:-kam}.db`, "/var/kam.db"],
    ["A='$B'", "$B"],
    ["A=$(cat /etc/secret)", undefined],
    ["# A=commented", undefined],
    ["A=1\nA=2\r\n", "2"],
    ["if [ -z $X ]; then A=1; fi", undefined],
  ])("%j", (text, value) => {
    expect(shellAssignments(text).A).toBe(value);
  });
});

describe("kamctlrc", () => {
  test("names nothing while everything is commented, as shipped", () => {
    expect(kamctlrc("# SIP_DOMAIN=kamailio.org\n# DBENGINE=MYSQL\n")).toBeUndefined();
  });

  test("has kamctl's own defaults where it leaves something out", () => {
    expect(kamctlrc("DBENGINE=MYSQL")).toEqual({
      source: "/etc/kamailio/kamctlrc",
      kamailio: {
        kind: "mysql",
        host: "localhost",
        port: 3306,
        user: "kamailio",
        password: "kamailiorw",
        database: "kamailio",
      },
    });
  });

  test("says it all", () => {
    expect(
      kamctlrc(
        `SIP_DOMAIN=example.org\nDBENGINE="MySQL"\nDBHOST=db1\nDBPORT=3307\nDBNAME=ser\nDBRWUSER='o''p'\nDBRWPW="p@ss/w:rd"\nDBROOTPW=toor`,
      ),
    ).toMatchObject({
      kamailio: { host: "db1", port: 3307, database: "ser", user: "op", password: "p@ss/w:rd" },
      domain: "example.org",
      admin: { host: "db1", user: "root", password: "toor" },
    });
  });

  test("knows SQLite by its path", () => {
    expect(kamctlrc("DBENGINE=SQLITE\nDB_PATH=/etc/kamailio/kamailio.sqlite")).toMatchObject({
      kamailio: { kind: "sqlite", file: "/etc/kamailio/kamailio.sqlite" },
    });
    expect(() => kamctlrc("DBENGINE=SQLITE")).toThrow(/DB_PATH/);
  });

  test("can name an engine that Hermes has not", () => {
    expect(() => kamctlrc("DBENGINE=PGSQL")).toThrow(/PGSQL/);
  });
});

describe("kamcli.ini", () => {
  const shipped = `
[main]
; SIP domain to be used when an AoR has no domain
domain=example.org
[db]
type=mysql
driver=mysqldb
host=localhost
dbname=kamailio
rwuser=kamailio
rwpassword=kamailiorw
rwurl=%(type)s+%(driver)s://%(rwuser)s:%(rwpassword)s@%(host)s/%(dbname)s
[jsonrpc]
transport=fifo
path=/var/run/kamailio/kamailio_rpc.fifo
`;

  test("is read with its values filled in", () => {
    expect(kamcli(shipped)).toEqual({
      source: "/kamcli-0.ini",
      domain: "example.org",
      rpc: "fifo:/var/run/kamailio/kamailio_rpc.fifo",
      kamailio: {
        kind: "mysql",
        host: "localhost",
        port: 3306,
        user: "kamailio",
        password: "kamailiorw",
        database: "kamailio",
      },
    });
  });

  test("later files override", () => {
    expect(kamcli(shipped, "[db]\nhost: db2\nrwpassword = 100%%")).toMatchObject({
      kamailio: { host: "db2", password: "100%" },
    });
  });

  test.each([
    [
      "mysql+pymysql://u:p@h:3307/k?charset=utf8",
      { user: "u", host: "h", port: 3307, database: "k" },
    ],
    ["mysql://u:p@h/k?unix_socket=/run/x.sock", { socket: "/run/x.sock" }],
    ["sqlite:////etc/kamailio/kam.sqlite", { kind: "sqlite", file: "/etc/kamailio/kam.sqlite" }],
  ])("%s", (url, expected) => {
    expect(kamcli(`[db]\nrwurl=${url}`)).toMatchObject({ kamailio: expected });
  });

  test("without a database names nothing; another engine is refused", () => {
    expect(kamcli("[main]\ndomain=example.org")).toBeUndefined();
    expect(() => kamcli("[db]\nrwurl=postgresql+psycopg2://u:p@h/k")).toThrow(/postgresql/);
  });
});
