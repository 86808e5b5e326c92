import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { loadConfig } from "../../src/config/load";
import { openHermes } from "../../src/hermes";
import { DOMAIN, useSite } from "../support/site";

/** A way to the server on which a COMMIT is the last that is heard of it. */
async function lossy(to: number, commitArrives: boolean): Promise<Server> {
  const server = createServer((client: Socket) => {
    const remote = connect(to, "127.0.0.1");
    let lost = false;
    client
      .on("error", () => {})
      .on("data", (data) => {
        if (lost) return;
        lost = data.includes("COMMIT") && !data.includes("START TRANSACTION") && loseOne();
        if (!lost || commitArrives) remote.write(data);
        if (lost && !commitArrives) end();
      });
    // The server's answer to the COMMIT never arrives.
    remote.on("error", () => {}).on("data", (data) => (lost ? end() : client.write(data)));
    const end = () => {
      client.destroy();
      remote.destroy();
    };
    client.once("close", () => remote.destroy());
    remote.once("close", () => client.destroy());
  });
  let left = 1;
  const loseOne = () => left-- > 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

describe.each([
  { what: "arrived", commitArrives: true },
  { what: "never arrived", commitArrives: false },
])("where a COMMIT $what and the connection is lost", ({ commitArrives }) => {
  const site = useSite("v7");
  let server: Server;
  beforeEach(async () => {
    server = await lossy(inject("mariadb").port, commitArrives);
  });
  afterEach(() => server.close());

  const through = async () => {
    const { port } = server.address() as AddressInfo;
    const env = Object.fromEntries(
      Object.entries(site().env).map(([name, value]) => [
        name,
        value.replace(`:${inject("mariadb").port}/`, `:${port}/`),
      ]),
    );
    return openHermes(await loadConfig(env));
  };
  const alice = { user: `alice@${DOMAIN}`, displayname: "A", email: "a@mail.test" };
  const accounts = async () => (await site().sql("SELECT 1 FROM {subscriber}")).length;
  const nothing = {
    response: "error",
    cause: "dbfail",
    detail: expect.stringMatching(/lost while the work was being committed.*nothing was done/),
  };

  it("a call answers what became of it", async () => {
    const hermes = await through();
    const answer = await hermes.call("user/add_local", alice);
    await hermes.close();
    expect(answer).toMatchObject(commitArrives ? { response: "ok" } : nothing);
    expect(await accounts()).toBe(commitArrives ? 1 : 0);
  });

  it("so does a batch", async () => {
    const hermes = await through();
    const answers = await hermes.batch(
      [
        { node: "user/add_local", params: alice },
        { node: "user/add_local", params: alice },
        { node: "user/add_local", params: { ...alice, user: `bob@${DOMAIN}` } },
      ],
      { name: "tester" },
    );
    await hermes.close();
    expect(answers).toMatchObject(
      commitArrives
        ? [{ response: "ok" }, { response: "failed", cause: "exists" }, { response: "ok" }]
        : [nothing, nothing, nothing],
    );
    expect(await accounts()).toBe(commitArrives ? 2 : 0);
  });
});
