import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { bareEnvironment, hermesBin, runJson } from "../support/hermes-process";
import { DOMAIN, type Site, useSite } from "../support/site";
import { imported, json } from "./command-line";

const users = (count: number) =>
  `user,displayname,email\n${Array.from({ length: count }, (_, i) => `u${i}@${DOMAIN},User ${i},u${i}@${DOMAIN}\n`).join("")}`;

function start(site: Site, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [hermesBin, ...args, "--json"], {
    env: bareEnvironment(site.env),
    stdio: ["pipe", "pipe", "inherit"],
  });
}

/** MB. What is new has more room from Node.js 24 on. */
const PEAK = Number.parseInt(process.versions.node, 10) < 24 ? 180 : 300;

/** Rows in the tables that an import of accounts writes. */
async function counts(site: Site): Promise<number[]> {
  const tables = ["subscriber", "users"];
  return Promise.all(
    tables.map(async (table) => {
      const [row] = await site.sql<{ n: number }>(`SELECT COUNT(*) AS n FROM {${table}}`);
      return Number(row?.n);
    }),
  );
}

/** The most memory that a process has had so far, in MB. */
function peakMemory(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

describe.each(["embedded", "v7"] as const)("%s, with real processes", (shape) => {
  const site = useSite(shape);

  it("leaves all of a killed import or nothing", async () => {
    const total = 4_000;
    const file = join(site().env.HOME as string, "users.csv");
    await writeFile(file, users(total));
    const begun = Date.now();
    await once(start(site(), ["user", "import", file]), "exit");
    const duration = Date.now() - begun;
    expect(await counts(site())).toEqual([total, total]);

    const seen = new Set<number>();
    for (let round = 0; round < 6; round++) {
      await site().reset();
      const child = start(site(), ["user", "import", file]);
      const exit = once(child, "exit");
      await sleep(duration * (0.3 + (0.7 * (round + Math.random())) / 6));
      child.kill("SIGKILL");
      await exit;
      const [subscribers = 0, provisioned = 0] = await counts(site());
      expect(provisioned).toBe(subscribers);
      seen.add(subscribers);
    }
    for (const count of seen) expect([0, total]).toContain(count);
    expect(seen).toContain(0);
  });

  it("gives no number to two of fifty processes, and loses none", async () => {
    const people = Array.from({ length: 50 }, (_, index) => `u${index}@${DOMAIN}`);
    await json(site(), ["user", "import"], users(50));
    await site().ok("numbers/add_range", { start: "+4712345000", end: "+4712345054" });
    const pool = (await site().ok("numbers/list")).list as string[];
    const answers = await Promise.all(
      people.map(async (user) => {
        const { envelope } = await runJson(["numbers", "assign", "--random", user], {
          env: site().env,
        });
        return envelope;
      }),
    );
    const numbers = answers.map(({ number }) => number as string);
    expect(new Set(numbers).size).toBe(people.length);
    for (const [index, answer] of answers.entries()) {
      expect(answer).toEqual({
        response: "ok",
        number: expect.any(String),
        alias: `${answer.number}@${DOMAIN}`,
        destination: people[index],
      });
    }
    const left = (await site().ok("numbers/list")).list as string[];
    expect([...left, ...numbers].sort()).toEqual(pool);
    const { aliases } = await site().ok("alias/list");
    expect(aliases).toHaveLength(people.length);
  });

  it("holds little of a million numbers", async () => {
    const child = start(site(), ["numbers", "import"]);
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, peakMemory(child.pid));
    }, 20);
    const pieces = function* () {
      for (let from = 0; from < 1_000_000; from += 1_000) {
        yield Array.from({ length: 1_000 }, (_, i) => `+4720${1_000_000 + from + i}\n`).join("");
      }
    };
    const stdout = text(child.stdout as Readable);
    Readable.from(pieces()).pipe(child.stdin as NodeJS.WritableStream);
    child.once("exit", () => clearInterval(watch));
    expect(JSON.parse(await stdout)).toEqual(
      imported({ read: 1_000_000, added: 1_000_000, inuse: 0 }),
    );
    expect(peak).toBeGreaterThan(30);
    expect(peak).toBeLessThan(PEAK);
  });
});
