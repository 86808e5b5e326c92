import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sqliteEngine } from "../engine.js";
import { ok } from "../hermes.js";
import type { Cases } from "../site.js";

/** What is undone or restored is as good as it was, to a running Kamailio. */
export const returning: Cases = (site) => {
  describe("an account that comes back", () => {
    test("by undo registers with its old password, and has its number again", async () => {
      const { hermes } = site();
      const rita = await site().account("rita");
      await ok(hermes("numbers", "add", "+4712345600"));
      await ok(hermes("numbers", "assign", "+4712345600", rita.address));
      await ok(hermes("user", "remove", rita.address, "--cascade"));
      expect(await rita.register()).toBe(401);
      const { list } = await ok(hermes("audit", "list", "--user", rita.address, "--limit", "1"));
      const [{ id }] = list as [{ id: string }];
      await ok(hermes("undo", id));
      expect(await rita.register()).toBe(200);
      expect((await ok(hermes("alias", "list", "--destination", rita.address))).aliases).toEqual([
        { alias: `+4712345600@${site().domain}`, destination: rita.address },
      ]);
    });

    test("from an embedded site's backup registers here", async () => {
      const { hermes, domain } = site();
      const folder = await mkdtemp(join(tmpdir(), "hermes-backup-"));
      const source = await sqliteEngine();
      try {
        await source.addDomain(domain);
        const address = `mover@${domain}`;
        const { user } = await ok(
          source.hermes(
            "user",
            "add-local",
            address,
            "--displayname",
            "M",
            "--email",
            "m@mail.test",
          ),
        );
        const file = join(folder, "site.backup");
        await ok(source.hermes("db", "backup", file));
        const mover = await site().phone(address, (user as { password: string }).password);
        expect(await mover.register()).toBe(401);
        await ok(hermes("db", "restore", file, "--replace"));
        expect(await mover.register()).toBe(200);
        expect(await mover.register({ password: "something-else" })).toBe(401);
      } finally {
        await source.stop();
        await rm(folder, { recursive: true });
      }
    });
  });
};
