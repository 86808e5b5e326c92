import { constants, generateKeyPairSync, privateDecrypt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { DATABASE_DEFAULTS } from "../../src/config/config";
import { type MysqlLocation, parseDatabaseUrl } from "../../src/config/database-url";
import { DatabaseError } from "../../src/database/error";
import { openMysql } from "../../src/database/mysql";
import { type Certificate, Certificates } from "../support/certificates";
import { runHermes, runJson } from "../support/hermes-process";
import { type MariadbServer, startMariadb } from "../support/mariadb";
import { startPasswordThief } from "../support/password-thief";
import { temporaryHome } from "../support/temporary-home";

/** 127.0.0.1 in a form that Hermes does not take for loopback, so that it counts as far away. */
const FAR = "0x7f000001";

/** What the connection is encrypted with ("" is not at all), and what was said of it. */
async function cipher(url: string): Promise<{ cipher: string; notices: string[] }> {
  const notices: string[] = [];
  const engine = openMysql(parseDatabaseUrl(url) as MysqlLocation, DATABASE_DEFAULTS, (text) =>
    notices.push(text),
  );
  const connection = await engine.connect();
  try {
    const { rows } = await connection.run<{ Value: string }>("SHOW STATUS LIKE 'Ssl_cipher'");
    return { cipher: rows[0]?.Value ?? "?", notices };
  } finally {
    await connection.close();
  }
}

const isEncrypted = { cipher: expect.stringMatching(/^TLS_|-GCM-/), notices: [] };
const isPlain = { cipher: "", notices: [] };

async function refusal(url: string): Promise<{ kind: string; words: string }> {
  try {
    await cipher(url);
  } catch (error) {
    if (error instanceof DatabaseError) return { kind: error.kind, words: error.words };
    throw error;
  }
  return expect.unreachable(`${url} was taken`);
}

describe("TLS, in the mysql client's words", () => {
  const certificates = new Certificates();
  let authority: Certificate;
  let stranger: Certificate;
  let server: MariadbServer;

  beforeAll(async () => {
    authority = certificates.authority("authority");
    stranger = certificates.authority("stranger");
    // 127.0.0.1 is not among its names.
    const own = certificates.signed("server", authority, "DNS:localhost,IP:127.0.0.2");
    server = await startMariadb([
      ...[`--ssl-cert=${own.cert}`, `--ssl-key=${own.key}`, `--ssl-ca=${authority.cert}`],
      "--bind-address=127.0.0.1,127.0.0.2",
    ]);
  });
  afterAll(async () => {
    await server?.stop();
    certificates.remove();
  });

  const url = (host: string, options: string) => {
    const { user, password } = server.facts;
    return `mysql://${user}:${password}@${host}:${server.port}/mysql${options}`;
  };

  it("is left out on loopback, and by ssl-mode=DISABLED", async () => {
    expect(await cipher(url("127.0.0.1", ""))).toEqual(isPlain);
    expect(await cipher(url("localhost", ""))).toEqual(isPlain);
    expect(await cipher(url(FAR, "?ssl-mode=DISABLED"))).toEqual(isPlain);
  });

  it("brings long lists whole, as rows and as texts", async () => {
    const location = parseDatabaseUrl(url(FAR, "?ssl-mode=REQUIRED")) as MysqlLocation;
    const connection = await openMysql(location, DATABASE_DEFAULTS).connect();
    try {
      const [texts, rows]: [string[], number[]] = [[], []];
      const sql = "SELECT CONCAT('+', seq) AS x FROM mysql.seq_1_to_200000";
      for await (const some of connection.texts(sql)) for (const text of some) texts.push(text);
      for await (const some of connection.stream<{ x: string }>(sql))
        for (const { x } of some) rows.push(Number(x));
      expect(texts).toEqual(Array.from({ length: 200_000 }, (_, index) => `+${index + 1}`));
      expect(rows).toEqual(texts.map(Number));
    } finally {
      await connection.close();
    }
  });

  it("is taken from a server that is far away, with a note that nobody checks who it is", async () => {
    expect(await cipher(url(FAR, ""))).toEqual({
      cipher: isEncrypted.cipher,
      notices: [expect.stringMatching(/Nobody checks whether 0x7f000001 is the right server/)],
    });
    expect(await cipher(url(FAR, "?ssl-mode=PREFERRED"))).toEqual(isEncrypted);
    expect(await cipher(url(FAR, "?ssl-mode=REQUIRED"))).toEqual(isEncrypted);
  });

  it("VERIFY_CA takes any name, and no other authority", async () => {
    const verify = (ca: Certificate) => `?ssl-mode=VERIFY_CA&ssl-ca=${ca.cert}`;
    expect(await cipher(url("127.0.0.1", verify(authority)))).toEqual(isEncrypted);
    expect(await refusal(url("127.0.0.1", verify(stranger)))).toMatchObject({ kind: "untrusted" });
  });

  it.each([["?ssl-mode=VERIFY_IDENTITY&ssl-ca="], ["?ssl-ca="]])(
    "%s wants the authority and the name",
    async (options) => {
      expect(await cipher(url("localhost", options + authority.cert))).toEqual(isEncrypted);
      expect(await cipher(url("127.0.0.2", options + authority.cert))).toEqual(isEncrypted);
      for (const [host, { cert }] of [
        ["localhost", stranger],
        ["127.0.0.1", authority],
        [FAR, authority],
      ] as const) {
        expect(await refusal(url(host, options + cert))).toMatchObject({ kind: "untrusted" });
      }
    },
  );

  it("proves who the client is by ssl-cert and ssl-key", async () => {
    const own = certificates.signed("client", authority, "DNS:client.example.org");
    const other = certificates.signed("impostor", stranger, "DNS:client.example.org");
    await server.query("GRANT SELECT ON *.* TO 'proven'@'%' IDENTIFIED BY 'p' REQUIRE X509");
    const proven = ({ cert, key }: Certificate) =>
      `mysql://proven:p@localhost:${server.port}/mysql?ssl-ca=${authority.cert}&ssl-cert=${cert}&ssl-key=${key}`;
    expect(await cipher(proven(own))).toEqual(isEncrypted);
    const without = `mysql://proven:p@localhost:${server.port}/mysql?ssl-ca=${authority.cert}`;
    expect((await refusal(without)).kind).toBe("refused");
    await expect(cipher(proven(other))).rejects.toThrow();
  });

  it("says which file it can't read", async () => {
    await expect(cipher(url("localhost", "?ssl-ca=/nowhere/ca.pem"))).rejects.toThrow(
      "Can't read ssl-ca /nowhere/ca.pem: no such file or directory.",
    );
  });

  it("holds for migrations and nodes alike", async () => {
    const home = await temporaryHome();
    const { kamailio, provisioning } = await server.createKamailio("v7");
    const env = (ca: Certificate) => {
      const at = (database: string) =>
        url("localhost", `?ssl-ca=${ca.cert}`).replace("/mysql?", `/${database}?`);
      return {
        ...home.env,
        HERMES_KAMAILIO_URL: at(kamailio),
        HERMES_PROVISIONING_URL: at(provisioning),
      };
    };
    await server.query("SET GLOBAL require_secure_transport = ON");
    try {
      const migrated = await runHermes(["db", "migrate"], { env: env(authority) });
      expect(migrated).toMatchObject({ status: 0, stderr: "" });
      const listed = await runJson(["domain", "list"], { env: env(authority) });
      expect(listed.envelope).toMatchObject({ response: "ok" });
      for (const words of [
        ["db", "migrate"],
        ["domain", "list"],
      ]) {
        const { status, envelope } = await runJson(words, { env: env(stranger) });
        expect(status).toBe(3);
        expect(envelope).toMatchObject({
          response: "error",
          cause: "dbfail",
          detail: expect.stringMatching(/can't be trusted: .*certificate.*Nothing was said to it/),
        });
      }
    } finally {
      await server.query("SET GLOBAL require_secure_transport = OFF");
      await home.remove();
    }
  });
});

describe("a server that offers no TLS", () => {
  const url = (host: string, options: string) => {
    const { port, user, password } = inject("mariadb");
    return `mysql://${user}:${password}@${host}:${port}/mysql${options}`;
  };

  it("is refused where TLS is asked for", async () => {
    for (const options of ["?ssl-mode=REQUIRED", "?ssl-ca=/etc/ssl/certs/ca-certificates.crt"]) {
      expect(await refusal(url("127.0.0.1", options))).toEqual({
        kind: "untrusted",
        words: expect.stringMatching(/does not support secure connection|no such file/),
      });
    }
  });

  it("is taken where nothing is said, with a note", async () => {
    expect(await cipher(url(FAR, ""))).toEqual({
      cipher: "",
      notices: [expect.stringMatching(/The connection to 0x7f000001 is not encrypted/)],
    });
    expect(await cipher(url(FAR, "?ssl-mode=PREFERRED"))).toEqual(isPlain);
  });
});

describe("a server that asks for the password itself, by a key of its own", () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });

  it.each(["caching_sha2_password", "sha256_password"] as const)(
    "does not get it: %s",
    async (plugin) => {
      const thief = await startPasswordThief(plugin, publicKey);
      try {
        for (const host of ["127.0.0.1", FAR]) {
          const { kind, words } = await refusal(
            `mysql://kamailio:hush-hush@${host}:${thief.port}/k`,
          );
          expect(kind).toBe("refused");
          expect(words).toContain("gives nobody without TLS");
        }
        expect(thief.heard.length).toBeGreaterThan(0);
        expect(thief.heard.map((said) => opened(said, privateKey))).toEqual(
          thief.heard.map(() => undefined),
        );
        expect(Buffer.concat(thief.heard).toString("latin1")).not.toContain("hush");
      } finally {
        await thief.close();
      }
    },
  );
});

/** What the thief can read of what it was sent. */
function opened(said: Buffer, key: string): Buffer | undefined {
  try {
    return privateDecrypt(
      { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" },
      said,
    );
  } catch {
    return undefined;
  }
}
