import Database from "libsql";
import { expect, test } from "vitest";
import { aliases } from "./cases/aliases.js";
import { forwarding } from "./cases/forwarding.js";
import { permissions } from "./cases/permissions.js";
import { registration } from "./cases/registration.js";
import { returning } from "./cases/returning.js";
import { sqliteEngine } from "./engine.js";
import { useSite } from "./site.js";

const site = useSite(sqliteEngine);

registration(site);
aliases(site);
permissions(site);
forwarding(site);
returning(site);

test("phones register while another process writes to the file", async () => {
  const phone = await site().account("patient");
  const writer = new Database(site().engine.file);
  try {
    writer.exec("BEGIN IMMEDIATE");
    setTimeout(() => writer.exec("ROLLBACK"), 1000);
    expect(await phone.register()).toBe(200);
    expect(writer.inTransaction).toBe(false);
  } finally {
    writer.close();
  }
});
