import type { Config } from "../../config/config";
import { groupBy } from "../../model/group-by";
import { inOrder, type PhoneLine, type PhoneProfile } from "../../phones/profile";
import type { DomainServers } from "../../store/provisioning/servers";
import type { ProvisionedUser } from "../../store/provisioning/users";
import type { Stores } from "../../store/stores";

type Known = Pick<Stores, "keys" | "phones" | "phoneModels" | "servers" | "users">;

/** All that those phones' configurations are made from. A MAC address without an account is left out. */
export async function profilesOf(
  stores: Known,
  { phones: settings }: Config,
  macs: readonly string[],
): Promise<PhoneProfile[]> {
  const { keys, phones, phoneModels, servers, users } = stores;
  const [pairs, models] = await Promise.all([phones.withMacs(macs), phoneModels.of(macs)]);
  const domains = new Set(pairs.map(({ address }) => address.domain.toLowerCase()));
  const [accounts, served] = await Promise.all([
    users.findMany(pairs.map(({ address }) => address)),
    servers.among([...domains]),
  ]);
  const serversOf = new Map(served.map(({ domain, servers: its }) => [domain, its]));
  const accountAt = new Map(accounts.map((account) => [keys.of(account.address), account]));
  const modelOf = new Map(models.map((known) => [known.mac, known]));
  const pairsOf = groupBy(pairs, ({ mac }) => mac);
  return macs.flatMap((mac) => {
    const found = pairsOf.get(mac);
    if (found === undefined) return [];
    const lines = inOrder(
      found.flatMap(({ address }) => {
        const account = accountAt.get(keys.of(address));
        return account === undefined ? [] : [lineOf(account, settings)];
      }),
    );
    const { vendor = null, model = null } = modelOf.get(mac) ?? {};
    return {
      ...{ mac, vendor, model, lines },
      prov_url: provUrl(lines, serversOf),
      timezone: settings.timeZone ?? null,
      codecs: settings.codecs,
    };
  });
}

/** Every phone's, ordered by MAC address; no more than a page of them is held. */
export async function* allProfiles(stores: Known, config: Config): AsyncGenerator<PhoneProfile> {
  for await (const macs of stores.phones.pages()) {
    yield* await profilesOf(stores, config, macs);
  }
}

const MASK = "********";

/** The same without its passwords. */
export const masked = (profile: PhoneProfile): PhoneProfile => ({
  ...profile,
  lines: profile.lines.map((line) => ({ ...line, password: MASK })),
});

function lineOf(
  { address, ...settings }: ProvisionedUser,
  { transport }: Config["phones"],
): PhoneLine {
  return { ...address, ...settings, transport };
}

/** Where the first line's domain has its phones look, or the next one's that says so. */
function provUrl(
  lines: readonly PhoneLine[],
  serversOf: ReadonlyMap<string, DomainServers>,
): string | null {
  for (const { domain } of lines) {
    const found = serversOf.get(domain.toLowerCase())?.prov_url;
    if (found) return found;
  }
  return null;
}
