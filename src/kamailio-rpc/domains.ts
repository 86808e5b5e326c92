import type { Rpc } from "./rpc";

/** The domains that the running Kamailio has loaded: it reads its table at start and on domain.reload. */
export async function loadedDomains(rpc: Rpc): Promise<string[]> {
  const answer = (await rpc.ask("domain.dump")) as { domains?: { domain: string }[] };
  return (answer.domains ?? []).map(({ domain }) => domain.toLowerCase()).sort();
}

/** Has the running Kamailio read its table again. */
export async function reloadDomains(rpc: Rpc): Promise<void> {
  await rpc.command("domain.reload");
}
