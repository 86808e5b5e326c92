import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "../../src/cli/main";
import { fakeIo } from "../cli/output/fake-io";
import { type KamailioDatabases, type MariadbServer, startMariadb } from "../support/mariadb";
import { temporaryHome } from "../support/temporary-home";

/** A server of this test's own: read_only is everybody's. */
let server: MariadbServer;
let home: Awaited<ReturnType<typeof temporaryHome>>;
let site: KamailioDatabases;

beforeAll(async () => {
  server = await startMariadb();
  home = await temporaryHome();
  site = await server.createKamailio("v7", { createProvisioning: true });
  await server.query("CREATE USER 'plain'@'%' IDENTIFIED BY 'pw'");
  for (const database of [site.kamailio, site.provisioning]) {
    await server.query(`GRANT ALL ON ${database}.* TO 'plain'@'%'`);
  }
  expect(await hermes("db", "migrate")).toMatchObject({ response: "ok" });
});
afterAll(async () => {
  await home.remove();
  await server.stop();
});

async function hermes(...args: string[]) {
  const url = (database: string) => `mysql://plain:pw@127.0.0.1:${server.port}/${database}`;
  const io = fakeIo({
    env: {
      ...home.env,
      HERMES_KAMAILIO_URL: url(site.kamailio),
      HERMES_PROVISIONING_URL: url(site.provisioning),
    },
  });
  await main([...args, "--json", "--no-input"], io);
  return JSON.parse(io.out());
}

test("doctor says once that the server is read-only, and of no right that it is missing", async () => {
  expect(await hermes("doctor")).toMatchObject({ response: "ok", findings: [] });
  await server.query("SET GLOBAL read_only = 1");
  expect(await hermes("doctor")).toMatchObject({
    response: "failed",
    cause: "findings",
    findings: [
      {
        check: "rights",
        severity: "error",
        subject: expect.stringContaining(site.provisioning),
        detail: expect.stringContaining("read-only"),
        fix: expect.not.stringContaining("GRANT"),
      },
    ],
  });
  await server.query("SET GLOBAL read_only = 0");
  expect(await hermes("doctor")).toMatchObject({ response: "ok", findings: [] });
});
