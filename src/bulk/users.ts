import type { Config } from "../config/config";
import { digestSecrets } from "../model/digest";
import { generatePassword } from "../model/password";
import { failed, Refusal } from "../model/refusal";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import { SIP_PORT } from "../model/sip-port";
import { addLocal } from "../nodes/user/add-local";
import { addRemote } from "../nodes/user/add-remote";
import {
  asText,
  type Given,
  invalidParameters,
  Malformed,
  optional,
  simple,
  type Values,
} from "../params/param";
import { readRow } from "../params/read";
import { choice, integer } from "../params/types";
import type { Account } from "../store/accounts";
import type { Alias } from "../store/kamailio/aliases";
import type { Subscriber, SubscriberChange } from "../store/kamailio/subscribers";
import type { DomainServers } from "../store/provisioning/servers";
import {
  type PhoneSettings,
  PROVISIONED_ALONE,
  type ProvisionedUser,
  type UserChange,
} from "../store/provisioning/users";
import type { Stores } from "../store/stores";
import type { IfExists } from "./choices";
import { type Importer, type Outcome, withoutEmpty } from "./import";

/** Accounts that are handled together. */
const TOGETHER = 900;

/** The columns, in the order in which they are exported. */
export const userParams = {
  user: addLocal.params.user,
  type: optional(choice("local or remote; left out, as the domain is", ["local", "remote"])),
  displayname: optional(addLocal.params.displayname),
  email: optional(addLocal.params.email),
  password: optional(addRemote.params.password),
  authid: addRemote.params.authid,
  registrar: optional(addRemote.params.registrar),
  r_port: addRemote.params.r_port,
  proxy: addRemote.params.proxy,
  p_port: addRemote.params.p_port,
  dialplan: addRemote.params.dialplan,
  linetext: addRemote.params.linetext,
  permittedcalls: optional(integer("permission bits", "7", 0, 255)),
  rpid: optional(printable("the caller's identity towards others", "+4712345000")),
  ha1: optional(digest("HA1, where there is no password")),
  ha1b: optional(digest("HA1b, where there is no password")),
};

type UserValues = Values<typeof userParams>;

type UserRow = UserValues & {
  readonly given: Given;
};

type Base = Omit<DomainServers, "prov_url">;

/** What stands with Kamailio alone, beside the digests. */
const EXTRAS = ["email", "rpid", "permittedcalls"] as const;

/** What a chunk comes to in the tables. */
class Writes {
  /** Accounts that are new. */
  readonly added: SipAddress[] = [];
  readonly subscribers: Subscriber[] = [];
  readonly users: ProvisionedUser[] = [];
  readonly subscriberChanges: SubscriberChange[] = [];
  readonly userChanges: UserChange[] = [];
}

/** Accounts on their way into both databases. */
export class UsersImporter implements Importer<UserRow> {
  readonly params = userParams;
  readonly together = TOGETHER;
  private domains: ReadonlySet<string> = new Set();
  private servers: ReadonlyMap<string, DomainServers> = new Map();

  constructor(
    private readonly stores: Stores,
    private readonly ifExists: IfExists,
    private readonly defaults: Config["defaults"],
  ) {}

  async begin(): Promise<void> {
    await this.stores.locks.take("addresses");
    this.domains = new Set(await this.stores.domains.list());
    this.servers = await this.stores.servers.all();
  }

  read(given: Given): UserRow | Promise<UserRow> {
    const values = readRow(this.params, withoutEmpty(given));
    const complete = (read: UserValues) => completed(read, given);
    return values instanceof Promise ? values.then(complete) : complete(values);
  }

  keys({ user }: UserRow): readonly string[] {
    return [this.stores.keys.of(user)];
  }

  async apply(rows: readonly UserRow[]): Promise<Outcome[]> {
    const { keys } = this.stores;
    const addresses = rows.map(({ user }) => user);
    const subscribers = await this.stores.subscribers.findMany(addresses, keys);
    const users = await this.stores.users.findMany(addresses, keys);
    const aliases = new Map(
      (await this.stores.aliases.findMany(addresses)).map((found) => [keys.of(found.alias), found]),
    );
    const writes = new Writes();
    const outcomes = rows.map((row) => {
      const key = keys.of(row.user);
      const subscriber = subscribers.get(key);
      const user = users.get(key);
      const address = subscriber?.address ?? user?.address;
      return refusing(() =>
        address === undefined
          ? this.add(row, aliases.get(key), writes)
          : this.meet(row, { address, subscriber, user }, writes),
      );
    });
    // What is left of earlier accounts of these names is not theirs.
    await this.stores.managingUsers.clearMany(writes.added);
    await this.stores.extensionRights.removeOfExtensions(writes.added);
    await this.stores.subscribers.insertMany(writes.subscribers);
    await this.stores.users.insertMany(writes.users);
    await this.stores.subscribers.updateMany(writes.subscriberChanges);
    await this.stores.users.updateMany(writes.userChanges);
    return outcomes;
  }

  private add(row: UserRow, alias: Alias | undefined, writes: Writes): Outcome {
    const { domain } = row.user;
    if (alias !== undefined) {
      throw failed(
        "exists",
        `${formatSipAddress(row.user)} is an alias of ${formatSipAddress(alias.destination)}.`,
      );
    }
    const local = this.domains.has(domain);
    if (row.type !== undefined && (row.type === "local") !== local) {
      const which = local ? "one of Kamailio's own domains" : "not one of Kamailio's domains";
      throw failed("domain", `${domain} is ${which}: the account can't be ${row.type}.`);
    }
    if (local) this.addLocal(row, writes);
    else this.addRemote(row, writes);
    writes.added.push(row.user);
    return "added";
  }

  private addLocal(row: UserRow, writes: Writes): void {
    const address = row.user;
    const hashed = row.password === undefined && row.ha1 !== undefined;
    const password = hashed ? "" : (row.password ?? this.newPassword());
    this.requireWidth(password);
    // Kamailio knows of an account's digests alone; a phone could not be given them.
    const provisioned = !hashed || PROVISIONED_ALONE.some((name) => row[name] !== undefined);
    if (provisioned) {
      const base = this.base(row);
      if (base === undefined) {
        const { domain } = address;
        throw failed(
          "servfail",
          `${domain} has no default servers for phones. Set them: hermes domain set-servers ${domain} …`,
        );
      }
      const own = isEmpty(row, "linetext") ? null : address.username;
      writes.users.push({ address, ...settings(row, base, password, own) });
    }
    writes.subscribers.push({
      address,
      password,
      ...(hashed ? { ha1: row.ha1 ?? "", ha1b: row.ha1b ?? "" } : digestSecrets(address, password)),
      email: row.email ?? null,
      rpid: row.rpid ?? null,
      permittedcalls:
        row.permittedcalls ??
        (isEmpty(row, "permittedcalls") ? undefined : this.defaults.permission),
    });
  }

  private addRemote(row: UserRow, writes: Writes): void {
    const { user: address, password } = row;
    const base = this.base(row);
    if (password === undefined || base === undefined) {
      const missing = password === undefined ? "password" : "registrar";
      throw invalidParameters(
        `${missing} is missing: ${address.domain} is not one of Kamailio's domains, so the account is remote.`,
      );
    }
    requireLocalOnly(row);
    writes.users.push({ address, ...settings(row, base, password, null) });
  }

  /** A row whose account is there. */
  private meet(row: UserRow, account: Account, writes: Writes): Outcome {
    const shown = formatSipAddress(account.address);
    if (this.ifExists === "fail") throw failed("exists", `There is an account ${shown} already.`);
    if (this.ifExists === "skip") return "skipped";
    const { address, subscriber, user } = account;
    const type = subscriber === undefined ? "remote" : "local";
    if (row.type !== undefined && row.type !== type) {
      throw failed("exists", `${shown} is a ${type} account already.`);
    }
    const forKamailio = subscriber === undefined ? {} : this.kamailioChanges(row, subscriber);
    if (subscriber === undefined) requireLocalOnly(row);
    const forPhones = user === undefined ? {} : phoneChanges(row, user, forKamailio);
    if (user === undefined && PROVISIONED_ALONE.some((name) => row[name] !== undefined)) {
      throw failed(
        "nonexistant",
        `${shown} is not in provisioning yet. Adopt it: hermes user adopt ${shown}`,
      );
    }
    if (size(forKamailio) > 0) writes.subscriberChanges.push({ address, values: forKamailio });
    if (size(forPhones) > 0)
      writes.userChanges.push({ address: user?.address ?? address, values: forPhones });
    return size(forKamailio) + size(forPhones) > 0 ? "updated" : "skipped";
  }

  private kamailioChanges(row: UserRow, subscriber: Subscriber): SubscriberChange["values"] {
    const values: Record<string, unknown> = {};
    for (const name of EXTRAS) {
      if (row[name] !== undefined && row[name] !== subscriber[name]) values[name] = row[name];
    }
    const secrets = this.secrets(row, subscriber.address);
    if (secrets === undefined) return values;
    const { password, ha1, ha1b } = secrets;
    // A site may keep digests only.
    const same =
      subscriber.ha1 === ha1 &&
      (ha1b === undefined || subscriber.ha1b === ha1b) &&
      (subscriber.password === "" ||
        row.password === undefined ||
        subscriber.password === password);
    return same ? values : { ...values, password, ha1, ha1b: ha1b ?? "" };
  }

  private secrets(row: UserRow, address: SipAddress) {
    if (row.password !== undefined) {
      this.requireWidth(row.password);
      return { password: row.password, ...digestSecrets(address, row.password) };
    }
    return row.ha1 === undefined ? undefined : { password: "", ha1: row.ha1, ha1b: row.ha1b };
  }

  /** The servers that an account has where the row does not say otherwise. */
  private base({ user, registrar }: UserRow): Base | undefined {
    const own = this.servers.get(user.domain);
    if (own !== undefined || registrar === undefined) return own;
    return { registrar, r_port: SIP_PORT, proxy: registrar, p_port: SIP_PORT };
  }

  private newPassword(): string {
    const { passwordWidth } = this.stores.subscribers;
    return generatePassword(Math.min(this.defaults.passwordLength, passwordWidth));
  }

  private requireWidth(password: string): void {
    const { passwordWidth } = this.stores.subscribers;
    if (password.length <= passwordWidth) return;
    throw invalidParameters(
      `password is longer than Kamailio's table holds: ${passwordWidth} characters.`,
    );
  }
}

/** The row with what it says between its columns. */
function completed(values: UserValues, given: Given): UserRow {
  if (values.ha1b !== undefined && values.ha1 === undefined && values.password === undefined) {
    throw invalidParameters("ha1b is of no use without ha1.");
  }
  return Object.assign(values, { given });
}

/** Whether the row has the column, and nothing in it: an export says so that there is nothing. */
function isEmpty({ given }: UserRow, name: keyof UserValues): boolean {
  return given[name] === "" || given[name] === null;
}

function settings(
  row: UserRow,
  base: Base,
  password: string,
  linetext: string | null,
): PhoneSettings {
  return {
    password,
    authid: row.authid ?? row.user.username,
    registrar: row.registrar ?? base.registrar,
    r_port: row.r_port ?? base.r_port,
    proxy: row.proxy ?? base.proxy,
    p_port: row.p_port ?? base.p_port,
    dialplan: row.dialplan ?? null,
    displayname: row.displayname ?? null,
    linetext: row.linetext ?? linetext,
  };
}

function phoneChanges(
  row: UserRow,
  user: ProvisionedUser,
  forKamailio: SubscriberChange["values"],
): UserChange["values"] {
  const values: Record<string, unknown> = {};
  for (const name of PROVISIONED_ALONE) {
    if (row[name] !== undefined && row[name] !== user[name]) values[name] = row[name];
  }
  const password = row.password ?? forKamailio.password;
  if (password !== undefined && password !== user.password) values.password = password;
  return values;
}

/** Refuses what a remote account can't have. */
function requireLocalOnly(row: UserRow): void {
  const name = [...EXTRAS, "ha1" as const, "ha1b" as const].find((key) => row[key] !== undefined);
  if (name === undefined) return;
  throw failed(
    "nonexistant",
    `${formatSipAddress(row.user)} is a remote account: it has no ${name}.`,
  );
}

function refusing(decide: () => Outcome): Outcome {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

const size = (values: object) => Object.keys(values).length;

function digest(about: string) {
  return simple({
    about,
    secret: true,
    example: "3bdd2bd15cf2ba2a8f2f1cd0b1bf5b2c",
    parse: (raw) => {
      const value = asText(raw).trim().toLowerCase();
      if (!/^[0-9a-f]{32}$/.test(value)) throw new Malformed("is not 32 hexadecimal digits");
      return value;
    },
  });
}

/** Text that any of Kamailio's columns can hold, whatever its character set. */
function printable(about: string, example: string) {
  return simple({
    about,
    example,
    parse: (raw) => {
      const value = asText(raw);
      if (!/^[\x20-\x7e]{1,64}$/.test(value)) {
        throw new Malformed("must be 1 to 64 printable ASCII characters");
      }
      return value;
    },
  });
}
