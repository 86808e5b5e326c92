import { setTimeout as sleep } from "node:timers/promises";
import { loadConfig } from "../../src/config/load";
import { type Hermes, openHermes } from "../../src/hermes";
import { rangeOf } from "../pool";
import { run } from "../process";
import { limitRow } from "../row";
import { DOMAIN, mariadbSite } from "../site";
import type { Work } from "../work";

/** How long a short write may take at the 99th percentile, in milliseconds. */
const MOST = 300;

/** Between two writes of one writer, in milliseconds. */
const PAUSE = 5;

/** What others wait while a range of ten million is added: a phone that registers, and a Hermes. */
export const writesBeside: Work = {
  name: "beside",
  async measure({ server, rows }) {
    const site = await mariadbSite(server);
    const count = rows(10_000_000);
    const program = site.hermes("numbers", "add-range", ...rangeOf(count), "--yes", "--json");
    const hermes = openHermes(await loadConfig(program.env as Record<string, string>));
    const user = `beside@${DOMAIN}`;
    await hermes.call("user/add_local", { user, displayname: "B", email: "b@mail.example" });
    let adding = true;
    const waits = async (write: (index: number) => Promise<unknown>) => {
      const all: number[] = [];
      for (let index = 0; adding; index++) {
        const begun = performance.now();
        await write(index);
        all.push(performance.now() - begun);
        await sleep(PAUSE);
      }
      return percentile(all, 0.99);
    };
    const registers = waits((index) =>
      site.sql(`REPLACE INTO {kamailio}.location (ruid, username, contact)
        VALUES ('r${index % 50}', 'beside', 'sip:beside@192.0.2.1')`),
    );
    const changes = waits((index) => changed(hermes, user, index));
    try {
      await run(program);
    } finally {
      adding = false;
    }
    const [registered, written] = await Promise.all([registers, changes]);
    await hermes.close();
    await site.remove();
    const beside = `while ${count.toLocaleString("en")} numbers are added, 99th percentile`;
    return [
      limitRow(`a phone registers ${beside}`, registered, MOST),
      limitRow(`user change-email ${beside}`, written, MOST),
    ];
  },
};

async function changed(hermes: Hermes, user: string, index: number): Promise<void> {
  const answer = await hermes.call("user/change_email", { user, email: `b${index}@mail.example` });
  if (answer.response !== "ok") throw new Error(JSON.stringify(answer));
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
