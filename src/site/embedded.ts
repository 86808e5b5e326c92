import type { Owner } from "../owner";
import { carryOut } from "../rules/carry-out";
import { provideDomain, provideServers } from "../rules/domains";
import { nextStep } from "./next-step";

/** Makes the embedded database, and domains with default servers in it. Changes nothing that exists. */
export function setUpEmbedded(
  owner: Owner,
  domains: readonly string[],
): Promise<{ domains: string[]; next: string }> {
  const audit = { node: "init", subject: domains.join(" ") };
  return owner.write(provideDomain.locks, audit, async (stores) => {
    await carryOut(stores, provideDomain, domains);
    await carryOut(stores, provideServers, domains);
    const all = await stores.domains.list();
    return { domains: all, next: await nextStep(stores, all) };
  });
}
