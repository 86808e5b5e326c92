import type { UnitOfWork } from "../database/databases";
import { Accounts } from "./accounts";
import { Adoption } from "./adoption";
import { AddressKeys } from "./bulk/address-keys";
import { Consistency } from "./consistency";
import { Extensions } from "./extensions";
import { Aliases } from "./kamailio/aliases";
import { Domains } from "./kamailio/domains";
import { Locations } from "./kamailio/locations";
import { Preferences } from "./kamailio/preferences";
import { Subscribers } from "./kamailio/subscribers";
import { Versions } from "./kamailio/versions";
import { ApiKeys } from "./provisioning/api-keys";
import { ExtensionRights } from "./provisioning/extension-rights";
import { Locks } from "./provisioning/locks";
import { LoginAttempts } from "./provisioning/login-attempts";
import { ManagingUsers } from "./provisioning/managing-users";
import { Numbers } from "./provisioning/numbers";
import { Operators } from "./provisioning/operators";
import { Phones } from "./provisioning/phones";
import { Servers } from "./provisioning/servers";
import { Sessions } from "./provisioning/sessions";
import { Users } from "./provisioning/users";

/** Every table a node can work on, all inside its one transaction. */
export interface Stores {
  readonly accounts: Accounts;
  readonly adoption: Adoption;
  readonly consistency: Consistency;
  readonly versions: Versions;
  readonly subscribers: Subscribers;
  readonly preferences: Preferences;
  readonly aliases: Aliases;
  readonly domains: Domains;
  readonly locations: Locations;
  readonly users: Users;
  readonly phones: Phones;
  readonly numbers: Numbers;
  readonly servers: Servers;
  readonly locks: Locks;
  readonly keys: AddressKeys;
  readonly extensions: Extensions;
  readonly operators: Operators;
  readonly apiKeys: ApiKeys;
  readonly sessions: Sessions;
  readonly loginAttempts: LoginAttempts;
  readonly managingUsers: ManagingUsers;
  readonly extensionRights: ExtensionRights;
}

const opened = new WeakMap<UnitOfWork, Stores>();

/** The stores of a transaction: one and the same for all who ask. */
export function openStores(unit: UnitOfWork): Stores {
  const stores = opened.get(unit) ?? makeStores(unit);
  opened.set(unit, stores);
  return stores;
}

function makeStores({ kamailio, provisioning }: UnitOfWork): Stores {
  const preferences = new Preferences(kamailio);
  const subscribers = new Subscribers(kamailio, preferences);
  const users = new Users(provisioning);
  const servers = new Servers(provisioning);
  const accounts = new Accounts(kamailio, provisioning, subscribers, users);
  const aliases = new Aliases(kamailio);
  const keys = new AddressKeys(kamailio);
  return {
    accounts,
    adoption: new Adoption(kamailio, provisioning, users, servers),
    consistency: new Consistency(kamailio, provisioning),
    versions: new Versions(kamailio),
    subscribers,
    preferences,
    aliases,
    domains: new Domains(kamailio),
    locations: new Locations(kamailio),
    users,
    phones: new Phones(provisioning),
    numbers: new Numbers(provisioning),
    servers,
    locks: new Locks(provisioning),
    keys,
    extensions: new Extensions(kamailio, provisioning, accounts, aliases, keys),
    operators: new Operators(provisioning),
    apiKeys: new ApiKeys(provisioning),
    sessions: new Sessions(provisioning),
    loginAttempts: new LoginAttempts(provisioning),
    managingUsers: new ManagingUsers(provisioning),
    extensionRights: new ExtensionRights(provisioning),
  };
}
