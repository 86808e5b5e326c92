import { afterAll, beforeAll, beforeEach, vi } from "vitest";
import { freePort } from "../support/free-port.js";
import { type Engine, timezone } from "./engine.js";
import { type Hermes, ok } from "./hermes.js";
import { type Kamailio, type KamailioOptions, startKamailio } from "./kamailio.js";
import { Gateway, Phone } from "./phone.js";

/** What the cases work with: a running Kamailio, Hermes beside it, and phones. */
export interface Site {
  readonly domain: string;
  readonly hermes: Hermes;
  readonly engine: Engine;
  readonly kamailio: Kamailio;
  readonly gateway: Gateway;
  /** An account made by `user add-local`, on a phone that is not plugged in yet. */
  account(name: string): Promise<Phone>;
  /** A phone set up for an address, whether there is such an account or not. */
  phone(address: string, password: string): Promise<Phone>;
}

/** The tests of one subject, run against every engine. */
export type Cases = (site: () => Site) => void;

/** Starts a site before the tests of this file and takes it down after them. */
export function useSite<E extends Engine>(
  makeEngine: () => Promise<E>,
  options: Partial<KamailioOptions> = {},
): () => Site & { engine: E } {
  // Each step starts a process, and a busy machine may take its time.
  vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });
  let site: (Site & { engine: E }) | undefined;
  let stop = async () => {};
  beforeAll(async () => {
    const engine = await makeEngine();
    stop = () => engine.stop();
    const running = await startSite(engine, options);
    site = running.site;
    stop = running.stop;
  });
  afterAll(() => stop());
  beforeEach(({ onTestFailed }) => {
    const log = site?.kamailio.log;
    const before = log?.().length;
    onTestFailed(() => console.error(`Kamailio's log:\n${log?.().slice(before)}`));
  });
  return () => {
    if (!site) throw new Error("The site runs only within tests and hooks");
    return site;
  };
}

async function startSite<E extends Engine>(engine: E, options: Partial<KamailioOptions>) {
  const domain = "example.org";
  await engine.addDomain(domain);
  const gatewayPort = await freePort();
  const kamailio = await startKamailio({
    dbUrl: engine.kamailioDbUrl,
    permittedcallsColumn: engine.permittedcallsColumn,
    gateway: `127.0.0.1:${gatewayPort}`,
    timezone,
    ...options,
  });
  const gateway = new Gateway(gatewayPort, kamailio.port);
  await gateway.answer();
  const phones: Phone[] = [];
  const { hermes } = engine;

  const site: Site & { engine: E } = {
    domain,
    hermes,
    engine,
    kamailio,
    gateway,
    async account(name) {
      const address = `${name}@${domain}`;
      const answer = await ok(
        hermes("user", "add-local", address, "--displayname", name, "--email", `${name}@mail.test`),
      );
      const { password } = answer.user as { password: string };
      return this.phone(address, password);
    },
    async phone(address, password) {
      const phone = await Phone.create(address, password, kamailio.port);
      phones.push(phone);
      return phone;
    },
  };
  return {
    site,
    async stop() {
      await Promise.all([gateway, ...phones].map((endpoint) => endpoint.hangUp()));
      await kamailio.stop();
      await engine.stop();
    },
  };
}
