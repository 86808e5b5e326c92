import type { RenderedFile } from "../vendors";
import { type ServedFolder, STRANGE } from "./folder";
import { type Digest, digestOf, type Manifest } from "./manifest";

/**
 * How a file in the folder stands to what it should be: not there; as it should be, whoever wrote
 * it; Hermes' own and older; or not as Hermes left it, so that it is somebody else's.
 */
export type State = "absent" | "same" | "outdated" | "foreign";

export function stateOf(
  folder: ServedFolder | undefined,
  manifest: Manifest | undefined,
  { name, content }: RenderedFile,
): { state: State; digest: Digest } {
  const digest = digestOf(content);
  const there = folder?.read(name);
  if (there === undefined) return { state: "absent", digest };
  if (there === STRANGE) return { state: "foreign", digest };
  const has = digestOf(there);
  if (has === digest) return { state: "same", digest };
  return { state: manifest?.has(name, has) ? "outdated" : "foreign", digest };
}
