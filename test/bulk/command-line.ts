import { Readable } from "node:stream";
import { main } from "../../src/cli/main";
import type { Envelope } from "../../src/model/envelope";
import { fakeIo } from "../cli/output/fake-io";
import type { Site } from "../support/site";

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line on a site's databases, without a process. */
export async function run(site: Site, args: readonly string[], stdin = ""): Promise<Ran> {
  const io = { ...fakeIo({ env: { ...site.env } }), stdin: Readable.from([Buffer.from(stdin)]) };
  const status = await main(args, io);
  return { status, stdout: io.out(), stderr: io.err() };
}

/** The same with --json. */
export async function json(site: Site, args: readonly string[], stdin = ""): Promise<Envelope> {
  const { stdout } = await run(site, [...args, "--json"], stdin);
  return JSON.parse(stdout);
}

/** What an import without a rejected row answers. */
export const imported = (counts: Partial<Record<string, number>>) => ({
  response: "ok",
  read: 0,
  added: 0,
  updated: 0,
  skipped: 0,
  rejected: 0,
  ...counts,
});

/** What an import with rejected rows answers. */
export const rejected = (counts: Partial<Record<string, number>>, detail: unknown) => ({
  ...imported(counts),
  response: "failed",
  cause: "rejected",
  detail,
});
