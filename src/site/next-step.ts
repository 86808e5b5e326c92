import { formatSipAddress } from "../model/sip-address";
import type { Stores } from "../store/stores";

/** The command that a site which was just set up calls for next. */
export async function nextStep({
  domains,
  consistency,
  accounts,
}: Pick<Stores, "domains" | "consistency" | "accounts">): Promise<string> {
  const [domain] = await domains.list();
  if (domain === undefined) return "hermes init --domain example.org";
  for await (const _ of consistency.unprovisioned()) return "hermes user adopt --all";
  for await (const _ of accounts.pages()) return "hermes doctor";
  const alice = formatSipAddress({ username: "alice", domain });
  return `hermes user add-local ${alice} --displayname Alice --email ${alice}`;
}
