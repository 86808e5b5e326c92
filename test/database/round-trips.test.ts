import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Distance, openDistance } from "../support/distance";
import { runHermes } from "../support/hermes-process";
import { DOMAIN, useSite } from "../support/site";

const account = (name: string) => ({
  user: `${name}@${DOMAIN}`,
  displayname: "Somebody",
  email: "somebody@mail.example",
});

/** How often a process goes to MariaDB and back, from opening the connection to its goodbye. */
describe("round trips of a process", () => {
  const site = useSite("v7");
  let distance: Distance;
  beforeAll(async () => {
    distance = await openDistance(inject("mariadb").port);
  });
  afterAll(() => distance.close());

  /** Runs Hermes over the distance; answers the round trips of a run that must succeed. */
  async function roundTrips(args: string[], stdin = ""): Promise<number> {
    const { port } = inject("mariadb");
    const env = Object.fromEntries(
      Object.entries(site().env).map(([name, value]) => [
        name,
        value.replace(`:${port}/`, `:${distance.port}/`),
      ]),
    );
    distance.reset();
    const { status, stdout, stderr } = await runHermes(args, { env, stdin });
    expect(status, `${stdout}${stderr}`).toBe(0);
    return distance.roundTrips;
  }

  it("user/get takes at most 5", async () => {
    await site().ok("user/add_local", account("alice"));
    const trips = await roundTrips(["user", "get", `alice@${DOMAIN}`]);
    expect(trips).toBeGreaterThan(1);
    expect(trips).toBeLessThanOrEqual(5);
  });

  it("user/add_local takes at most 8", async () => {
    const { user, displayname, email } = account("alice");
    const flags = ["--displayname", displayname, "--email", email];
    const trips = await roundTrips(["user", "add-local", user, ...flags]);
    expect(trips).toBeGreaterThan(1);
    expect(trips).toBeLessThanOrEqual(8);
  });

  it("a batch of 1,000 user/add_local takes at most 150", async () => {
    const lines = Array.from({ length: 1000 }, (_, index) =>
      JSON.stringify({ node: "user/add_local", params: account(`user${index}`) }),
    );
    const trips = await roundTrips(["batch"], lines.join("\n"));
    expect(await site().sql("SELECT username FROM {subscriber}")).toHaveLength(1000);
    expect(trips).toBeGreaterThan(1);
    expect(trips).toBeLessThanOrEqual(150);
  });

  it("10,000 accounts imported take at most 150", async () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => {
      const { user, displayname, email } = account(`user${index}`);
      return `${user},${displayname},${email}\n`;
    });
    const trips = await roundTrips(["user", "import"], `user,displayname,email\n${rows.join("")}`);
    expect(trips).toBeLessThanOrEqual(150);
  });
});
