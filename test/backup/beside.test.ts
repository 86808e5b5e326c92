import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decoded } from "../../src/changes/encoded";
import { formatSipAddress, type SipAddress } from "../../src/model/sip-address";
import { runHermes, runJson } from "../support/hermes-process";
import { DOMAIN, useSite } from "../support/site";

const PEOPLE = 600;

/** People with an alias each: one without the other is never there. */
const requests = Array.from({ length: PEOPLE }, (_, index) =>
  JSON.stringify({
    node: "user/onboard",
    params: {
      ...{ user: `p${index}@${DOMAIN}`, displayname: "P", email: "p@mail.test" },
      alias: [`a${index}@${DOMAIN}`],
    },
  }),
);

describe.each(["embedded", "v7"] as const)("%s: a backup while others write", (shape) => {
  const site = useSite(shape);

  it("is one moment of both databases", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hermes-backup-"));
    const { env } = site();
    let over = false;
    // A line at a time: each is a transaction of its own.
    const writer = (async () => {
      for (let at = 0; at < PEOPLE && !over; at += 10) {
        await runHermes(["batch"], { env, stdin: requests.slice(at, at + 10).join("\n") });
      }
      over = true;
    })();
    const seen: number[] = [];
    try {
      while (!over && seen.length < 4) {
        const file = join(folder, `backup${seen.length}`);
        const { envelope } = await runJson(["db", "backup", file], { env });
        expect(envelope).toMatchObject({ response: "ok" });
        const lines = gunzipSync(await readFile(file))
          .toString()
          .split("\n")
          .slice(1, -2);
        const things = lines.flatMap(decoded);
        const keys = (kind: string) =>
          things.flatMap(({ what, key }) =>
            what === kind ? [formatSipAddress(key as SipAddress).slice(1)] : [],
          );
        expect(keys("alias").sort()).toEqual(keys("user").sort());
        expect(keys("subscriber").sort()).toEqual(keys("user").sort());
        seen.push(keys("user").length);
      }
    } finally {
      over = true;
      await writer;
      await rm(folder, { recursive: true });
    }
    expect(Math.max(...seen)).toBeGreaterThan(0);
  });
});
