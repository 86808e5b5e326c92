import { Refusal } from "../model/refusal";
import { macsIn } from "./paths";
import type { PhoneProfile } from "./profile";
import { ServedFolder } from "./served/folder";
import { Manifest } from "./served/manifest";
import { type State, stateOf } from "./served/state";
import type { PhoneVendors } from "./vendors";

/** A file in the folder that is not what its phone needs. */
export interface StaleFile {
  readonly mac: string;
  /** Its path within the folder. */
  readonly file: string;
  /** Beside a State: `orphaned` belongs to no phone any more. */
  readonly state: Exclude<State, "same"> | "orphaned";
}

/** A phone that has no files because it can't be rendered. */
export interface Unrenderable {
  readonly mac: string;
  readonly refusal: Refusal;
}

/**
 * What a run of `renderTree` with all these phones would change or leave. Writes nothing. Refuses
 * failed/unsafe, failed/manifest, error/output.
 */
export async function* stale(
  profiles: AsyncIterable<PhoneProfile>,
  out: string,
  vendors: PhoneVendors,
): AsyncGenerator<StaleFile | Unrenderable> {
  const folder = ServedFolder.open(out, false);
  const manifest = folder === undefined ? undefined : Manifest.read(folder);
  const macs = new Set<string>();
  const wanted = new Set<string>();
  for await (const profile of profiles) {
    const { mac } = profile;
    const files = vendors.tryRender(profile);
    if (files instanceof Refusal) {
      macs.add(mac);
      yield { mac, refusal: files };
      continue;
    }
    for (const file of files) {
      wanted.add(file.name);
      const { state } = stateOf(folder, manifest, file);
      if (state !== "same") yield { mac, file: file.name, state };
    }
  }
  for (const file of manifest?.names() ?? []) {
    const named = macsIn(file);
    if (wanted.has(file) || named.some((mac) => macs.has(mac))) continue;
    if (folder?.read(file) === undefined) continue;
    // Vendors put something before a MAC, and nothing that could be of it after.
    yield { mac: named.at(-1) ?? "", file, state: "orphaned" };
  }
}
