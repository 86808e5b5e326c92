import type { AddressKeys } from "../model/address-keys";
import type { SipAddress } from "../model/sip-address";
import type { Locations, Registration } from "./kamailio/locations";
import type { LastSeen, Seen } from "./provisioning/last-seen";

/** Who is registered, and who last was: Kamailio's `location` forgets, our `last_seen` does not. */
export class Registrations {
  /** How many accounts had theirs ended. */
  ended = 0;

  constructor(
    private readonly locations: Locations,
    private readonly seen: LastSeen,
    private readonly keys: AddressKeys,
  ) {}

  /** Notes who is registered at `now` (unix seconds), or was; answers how many are. */
  async note(now: number): Promise<number> {
    const registered = new Set<string>();
    for await (const page of this.locations.pages()) {
      await this.seen.note(this.latest(page.map((each) => seenAt(each, now))));
      for (const { address, expires } of page) {
        if (expires === 0 || expires > now) registered.add(this.keys.of(address));
      }
    }
    return registered.size;
  }

  /** When accounts were last registered: at `now` where they are. Of whom nobody has seen any, nothing. */
  async lastSeen(addresses: readonly SipAddress[], now = unixNow()): Promise<Seen[]> {
    const [noted, registrations] = await Promise.all([
      this.seen.of(addresses),
      this.locations.of(addresses),
    ]);
    return this.latest([...noted, ...registrations.map((each) => seenAt(each, now))]);
  }

  /** Ends the accounts' registrations in the table; that they were there is noted. */
  async end(addresses: readonly SipAddress[]): Promise<void> {
    if (addresses.length === 0) return;
    this.ended += addresses.length;
    const registrations = await this.locations.of(addresses);
    if (registrations.length === 0) return;
    await Promise.all([
      this.seen.note(this.latest(registrations.map((each) => seenAt(each, unixNow())))),
      this.locations.remove(addresses),
    ]);
  }

  /** Leaves none that a later account would inherit. Asked first: the right to delete may be missing. */
  async clear(addresses: readonly SipAddress[]): Promise<void> {
    const registrations = await this.locations.of(addresses);
    await this.locations.remove(registrations.map(({ address }) => address));
  }

  /** Each address once, in an order that two at once agree on. */
  private latest(all: readonly Seen[]): Seen[] {
    const latest = new Map<string, Seen>();
    for (const each of all) {
      const key = this.keys.of(each.address);
      if ((latest.get(key)?.seen ?? 0) < each.seen) latest.set(key, each);
    }
    return [...latest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  }
}

const seenAt = ({ address, expires }: Registration, now: number): Seen => ({
  address,
  seen: expires === 0 ? now : Math.min(expires, now),
});

const unixNow = () => Math.floor(Date.now() / 1000);
