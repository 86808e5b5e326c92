import { failed } from "../model/refusal";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import { add } from "../nodes/phone/add";
import type { Given, Values } from "../params/param";
import { readRow } from "../params/read";
import type { PhoneOfAccount } from "../store/provisioning/phones";
import type { Stores } from "../store/stores";
import type { IfExists } from "./choices";
import { type Importer, type Outcome, present, withoutEmpty } from "./import";

/** Phones that are handled together. */
const TOGETHER = 900;

type PhoneRow = Values<typeof add.params>;

/** Phones and their accounts on their way into provisioning. */
export class PhonesImporter implements Importer<PhoneRow> {
  readonly params = add.params;
  readonly together = TOGETHER;

  constructor(
    private readonly stores: Stores,
    private readonly ifExists: IfExists,
  ) {}

  async begin(): Promise<void> {
    await this.stores.locks.take("addresses");
  }

  read(given: Given): PhoneRow | Promise<PhoneRow> {
    return readRow(this.params, withoutEmpty(given));
  }

  keys({ mac, user }: PhoneRow): readonly string[] {
    return [this.key(mac, user)];
  }

  async apply(rows: readonly PhoneRow[]): Promise<Outcome[]> {
    const { keys } = this.stores;
    const addresses = rows.map(({ user }) => user);
    const users = await this.stores.users.findMany(addresses, keys);
    const missing = addresses.filter((address) => !users.has(keys.of(address)));
    const unadopted = await this.stores.subscribers.spellings(missing, keys);
    const known = await this.stores.phones.ofMany(addresses);
    const found = new Set(known.map(({ mac, address }) => this.key(mac, address)));
    const added: PhoneOfAccount[] = [];
    const outcomes = rows.map(({ mac, user }): Outcome => {
      const shown = formatSipAddress(user);
      const account = users.get(keys.of(user));
      if (account === undefined) {
        return failed(
          "nonexistant",
          unadopted.has(keys.of(user))
            ? `${shown} is not in provisioning yet. Adopt it: hermes user adopt ${shown}`
            : `There is no account ${shown}.`,
        );
      }
      if (found.has(this.key(mac, user))) {
        return present(this.ifExists, `Phone ${mac} has ${shown} already.`);
      }
      added.push({ mac, address: account.address });
      return "added";
    });
    await this.stores.phones.insertMany(added);
    return outcomes;
  }

  private key(mac: string, address: SipAddress): string {
    return `${mac} ${this.stores.keys.of(address)}`;
  }
}
