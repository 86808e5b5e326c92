import type { Change } from "../changes/change";
import type { Recorded } from "../changes/recording";
import { failed } from "../model/refusal";
import { carryOut, carryOutOne } from "../rules/carry-out";
import { withdrawUsed } from "../rules/numbers";
import { clearThings, restoreThings } from "../rules/restore";
import { requireWriterLeft } from "../rules/writer-left";
import type { Stores } from "../store/stores";
import { everything, GROUND, kinds } from "./contents";
import type { Backup } from "./file";

export interface RestoreOptions {
  /** What is there is taken away first; without it there may be nothing. */
  readonly replace: boolean;
  /** Sessions are asked for: somebody must be left who may write. */
  readonly keepWriter: boolean;
  readonly progress: (done: number, total: number) => void;
}

/** Numbers that are withdrawn together. */
const TOGETHER = 900;

/**
 * Puts everything of a backup back, by the same Changes as anything else: it is one record, and can
 * be undone. Domains and their servers are added or updated, never taken away. Answers how many
 * numbers were left out of the pool, as they are in use.
 */
export async function restore(
  stores: Recorded,
  backup: Backup,
  { replace, keepWriter, progress }: RestoreOptions,
): Promise<number> {
  if (replace) await clear(stores);
  else await requireNothing(stores);
  const total = Object.values(backup.counts).reduce((sum, count) => sum + count, 0);
  let done = 0;
  for await (const things of backup.things()) {
    await carryOutOne(stores, restoreThings, things);
    done += things.length;
    progress(done, total);
  }
  await requireWriterLeft(stores, keepWriter);
  return withdraw(stores);
}

/** What is there and would be replaced, by kind; domains and their servers aside. */
export async function present(stores: Stores): Promise<string[]> {
  const found: string[] = [];
  for (const what of kinds) {
    if (GROUND.has(what)) continue;
    for await (const _ of everything(what, stores)) {
      found.push(what);
      break;
    }
  }
  return found;
}

async function requireNothing(stores: Stores): Promise<void> {
  const found = await present(stores);
  if (found.length === 0) return;
  throw failed(
    "exists",
    `There are things already (${found.join(", ")}), and a backup is restored where there is nothing. To have all of that replaced: --replace. Make a backup of it first: hermes db backup FILE`,
  );
}

/** The last first: what hangs on something goes before it. */
async function clear(stores: Recorded): Promise<void> {
  for (const what of [...kinds].reverse()) {
    if (GROUND.has(what)) continue;
    for await (const entries of everything(what, stores)) {
      const things = entries.map(
        ({ key, value }) => ({ what, key, before: value, after: null }) as Change,
      );
      await carryOutOne(stores, clearThings, things);
    }
  }
}

/** A number in use is never in the pool, whatever a backup says. */
async function withdraw(stores: Recorded): Promise<number> {
  const used: { number: string }[] = [];
  for await (const page of stores.consistency.numbersInUse()) {
    used.push(...page.map(({ number }) => ({ number })));
  }
  for (let from = 0; from < used.length; from += TOGETHER) {
    await carryOut(stores, withdrawUsed, used.slice(from, from + TOGETHER));
  }
  return used.length;
}
