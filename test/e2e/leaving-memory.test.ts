import { beforeAll } from "vitest";
import { kickedAndRemoved, leaving, ways } from "./cases/leaving.js";
import { sqliteEngine } from "./engine.js";
import { useSite } from "./site.js";

// A Kamailio that keeps registrations in memory, too, and that Hermes can reach.
const site = useSite(sqliteEngine, { defines: ["USRLOC_DB_MODE=1"] });
beforeAll(() => {
  const { engine, kamailio } = site();
  engine.configure(`[kamailio]\nrpc = "unix:${kamailio.rpcSocket}"\n`);
});

leaving(site, [kickedAndRemoved, ...ways]);
