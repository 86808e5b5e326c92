import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { attachMariadb, type KamailioDatabases, type MariadbServer } from "../support/mariadb";
import { temporaryHome } from "../support/temporary-home";
import { openTerminal } from "../support/terminal";

describe("hermes init on a terminal", () => {
  let server: MariadbServer;
  let home: Awaited<ReturnType<typeof temporaryHome>>;
  let site: KamailioDatabases;
  let config: string;

  beforeAll(() => {
    server = attachMariadb(inject("mariadb"));
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    home = await temporaryHome();
    site = await server.createKamailio("v7");
    config = join(home.folder, "config.toml");
  });
  afterEach(async () => {
    await server.drop([site.kamailio, site.provisioning]);
    await home.remove();
  });

  const init = (provisioningUrl: string) =>
    openTerminal(
      [
        ...["init", "--kamailio-url", site.kamailioUrl, "--write", config],
        ...["--provisioning-url", provisioningUrl],
      ],
      { env: { ...home.env, NO_COLOR: "1" }, columns: 160 },
    );

  it("asks again where `y` is no domain, and ends with the next command", async () => {
    const terminal = await init(site.provisioningUrl);
    await terminal.shows(/The domain to add/);
    await terminal.type("y");
    await terminal.press("Enter");
    await terminal.shows(/"y" is no domain/);
    await terminal.press("BSpace");
    await terminal.type("example.org");
    await terminal.press("Enter");
    expect(await terminal.ended()).toBe(0);
    const lines = (await terminal.screen()).split("\n");
    expect(lines.at(-2)).toMatch(/^next +hermes user add-local alice@example\.org/);
    expect(existsSync(config)).toBe(true);
  });

  it("after a no prints the SQL and the command to go on with, and nothing else happens", async () => {
    const own = site.provisioning;
    const terminal = await init(`mysql://${own}@127.0.0.1:${server.port}/${own}`);
    await terminal.shows(/Create MySQL user/);
    await terminal.press("Enter");
    expect(await terminal.ended()).toBe(2);
    const screen = await terminal.screen();
    expect(screen).toMatch(/CREATE USER/);
    expect(screen).toMatch(/hermes init --provisioning-url/);
    expect(existsSync(config)).toBe(false);
    expect(await server.query(`SELECT 1 FROM mysql.user WHERE User = '${own}'`)).toEqual([]);
    expect(await server.query(`SHOW DATABASES LIKE '${own}'`)).toEqual([]);
  });
});
