import type { UnitOfWork } from "../database/databases";
import { AddressKeys } from "../model/address-keys";
import { Accounts } from "./accounts";
import { Clock } from "./clock";
import { Consistency } from "./consistency";
import { DomainUse } from "./domain-use";
import { Extensions } from "./extensions";
import { FreeNumbers } from "./free-numbers";
import { Inventory } from "./inventory";
import { Aliases } from "./kamailio/aliases";
import { Domains } from "./kamailio/domains";
import { Groups } from "./kamailio/groups";
import { Locations } from "./kamailio/locations";
import { Preferences } from "./kamailio/preferences";
import { Subscribers } from "./kamailio/subscribers";
import { Versions } from "./kamailio/versions";
import { NearNames } from "./near-names";
import { NumberCensus } from "./number-census";
import { NumberUse } from "./number-use";
import { ApiKeys } from "./provisioning/api-keys";
import { DisabledAccounts } from "./provisioning/disabled-accounts";
import { ExtensionRights } from "./provisioning/extension-rights";
import { HeldNumbers } from "./provisioning/held-numbers";
import { LastSeen } from "./provisioning/last-seen";
import { LoginAttempts } from "./provisioning/login-attempts";
import { ManagingUsers } from "./provisioning/managing-users";
import { Numbers } from "./provisioning/numbers";
import { Operators } from "./provisioning/operators";
import { PhoneModels } from "./provisioning/phone-models";
import { Phones } from "./provisioning/phones";
import { Records } from "./provisioning/records";
import { Servers } from "./provisioning/servers";
import { Sessions } from "./provisioning/sessions";
import { Users } from "./provisioning/users";
import { Registrations } from "./registrations";
import { Stats } from "./stats";

/** Every table a node can work on, all inside its one transaction. */
export interface Stores {
  readonly keys: AddressKeys;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly consistency: Consistency;
  readonly extensions: Extensions;
  readonly inventory: Inventory;
  readonly domainUse: DomainUse;
  readonly nearNames: NearNames;
  readonly numberUse: NumberUse;
  readonly stats: Stats;
  readonly versions: Versions;
  readonly subscribers: Subscribers;
  readonly preferences: Preferences;
  readonly aliases: Aliases;
  readonly domains: Domains;
  readonly locations: Locations;
  readonly groups: Groups;
  readonly registrations: Registrations;
  readonly users: Users;
  readonly disabledAccounts: DisabledAccounts;
  readonly lastSeen: LastSeen;
  readonly phones: Phones;
  readonly phoneModels: PhoneModels;
  readonly numbers: Numbers;
  readonly heldNumbers: HeldNumbers;
  readonly freeNumbers: FreeNumbers;
  readonly numberCensus: NumberCensus;
  readonly servers: Servers;
  readonly operators: Operators;
  readonly apiKeys: ApiKeys;
  readonly sessions: Sessions;
  readonly loginAttempts: LoginAttempts;
  readonly managingUsers: ManagingUsers;
  readonly extensionRights: ExtensionRights;
  readonly records: Records;
}

export function openStores({ kamailio, provisioning }: UnitOfWork): Stores {
  const keys = AddressKeys.ofCollation(kamailio.collation("subscriber", "username"));
  const preferences = new Preferences(kamailio);
  const subscribers = new Subscribers(kamailio, preferences, keys);
  const users = new Users(provisioning);
  const domains = new Domains(kamailio);
  const disabledAccounts = new DisabledAccounts(provisioning);
  const locations = new Locations(kamailio);
  const lastSeen = new LastSeen(provisioning);
  const numbers = new Numbers(provisioning);
  const heldNumbers = new HeldNumbers(provisioning);
  const numberUse = new NumberUse(kamailio);
  return {
    keys,
    clock: new Clock(provisioning),
    accounts: new Accounts(kamailio, provisioning, subscribers, users, disabledAccounts, keys),
    consistency: new Consistency(kamailio, provisioning),
    inventory: new Inventory(kamailio, provisioning),
    extensions: new Extensions(kamailio, provisioning),
    domainUse: new DomainUse(kamailio, provisioning),
    nearNames: new NearNames(kamailio, provisioning),
    numberUse,
    stats: new Stats(kamailio, provisioning, domains, numberUse, heldNumbers),
    versions: new Versions(kamailio),
    subscribers,
    preferences,
    aliases: new Aliases(kamailio),
    domains,
    locations,
    groups: new Groups(kamailio),
    registrations: new Registrations(locations, lastSeen, keys),
    users,
    disabledAccounts,
    lastSeen,
    phones: new Phones(provisioning),
    phoneModels: new PhoneModels(provisioning),
    numbers,
    heldNumbers,
    freeNumbers: new FreeNumbers(numbers, heldNumbers, numberUse),
    numberCensus: new NumberCensus(numbers, heldNumbers, numberUse),
    servers: new Servers(provisioning),
    operators: new Operators(provisioning),
    apiKeys: new ApiKeys(provisioning),
    sessions: new Sessions(provisioning),
    loginAttempts: new LoginAttempts(provisioning),
    managingUsers: new ManagingUsers(provisioning),
    extensionRights: new ExtensionRights(provisioning),
    records: new Records(provisioning),
  };
}
