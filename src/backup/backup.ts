import type { Change } from "../changes/change";
import { Draft } from "../files/draft";
import type { Stores } from "../store/stores";
import { everything, kinds } from "./contents";
import { type Counts, packed } from "./file";

/** Writes everything that Hermes manages into a file, which is there as a whole or not at all. */
export async function backUp(stores: Stores, file: string): Promise<Counts> {
  const draft = await Draft.open(file);
  const counts = {};
  try {
    for await (const bytes of packed(things(stores), counts)) await draft.write(bytes);
    await draft.keep();
    return counts;
  } catch (error) {
    await draft.discard();
    throw error;
  }
}

async function* things(stores: Stores): AsyncGenerator<Change[]> {
  for (const what of kinds) {
    for await (const entries of everything(what, stores)) {
      yield entries.map(({ key, value }) => ({ what, key, before: null, after: value }) as Change);
    }
  }
}
