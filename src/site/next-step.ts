import { formatSipAddress } from "../model/sip-address";
import type { Stores } from "../store/stores";

/** The command that a site of these domains calls for next, as it was just set up. */
export async function nextStep(
  { consistency, accounts }: Pick<Stores, "consistency" | "accounts">,
  [domain]: readonly string[],
): Promise<string> {
  if (domain === undefined) return "hermes init --domain example.org";
  for await (const _ of consistency.unprovisioned()) return "hermes user adopt --all";
  for await (const _ of accounts.pages()) return "hermes doctor";
  const alice = formatSipAddress({ username: "alice", domain });
  return `hermes user add-local ${alice} --displayname Alice --email ${alice}`;
}
