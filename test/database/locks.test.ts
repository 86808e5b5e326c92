import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load";
import { type Hermes, openHermes } from "../../src/hermes";
import { DOMAIN, useSite } from "../support/site";

const site = useSite("v7");
const user = `alice@${DOMAIN}`;
const NUMBER = "+4712345000";

beforeEach(async () => {
  const folder = join(site().env.XDG_CONFIG_HOME as string, "hermes");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.toml"), "[database]\nlock_timeout = 1\n", { mode: 0o600 });
  await site().ok("user/add_local", { user, displayname: "A", email: "a@mail.test" });
  await site().ok("numbers/add", { number: NUMBER });
});

/** What is answered while somebody holds a lock for long. */
async function whileHeld(
  lock: string,
  ask: (hermes: Hermes) => Promise<unknown>,
): Promise<unknown> {
  const hermes = openHermes(await loadConfig(site().env));
  await site().sql("BEGIN");
  try {
    await site().sql(`UPDATE {locks} SET taken = taken + 1 WHERE name = '${lock}'`);
    return await ask(hermes);
  } finally {
    await site().sql("ROLLBACK");
    await hermes.close();
  }
}

const answers = (lock: string, node: string, params: object) =>
  whileHeld(lock, (hermes) => hermes.call(node, params as never));

/** As a range of millions is added: what does not take a number of the pool need not wait for it. */
it.each([
  ["user/change_email", { user, email: "b@mail.test" }],
  ["user/change_pw", { user, password: "another-word" }],
  ["user/add_local", { user: `bob@${DOMAIN}`, displayname: "B", email: "b@mail.test" }],
  ["permission/set", { user, permission: 3 }],
  ["alias/add", { alias: `sales@${DOMAIN}`, destination: user }],
  ["phone/add", { mac: "001565aabbcc", user }],
  ["domain/add", { domain: "other.test" }],
])("%s goes on while the pool is locked", async (node, params) => {
  expect(await answers("numbers", node, params)).toMatchObject({ response: "ok" });
});

it.each([
  ["numbers/assign", { number: NUMBER, user }],
  ["numbers/add", { number: "+4712345001" }],
  ["alias/add", { alias: `${NUMBER}@${DOMAIN}`, destination: user }],
  ["user/add_local", { user: `${NUMBER}@${DOMAIN}`, displayname: "N", email: "n@mail.test" }],
])("%s of a number waits for the pool", async (node, params) => {
  expect(await answers("numbers", node, params)).toMatchObject({ cause: "dbfail" });
});

it("a range does not wait for whoever changes accounts", async () => {
  const range = { start: "+4712346000", end: "+4712346999" };
  expect(await answers("addresses", "numbers/add_range", range)).toMatchObject({ added: 1_000 });
});
