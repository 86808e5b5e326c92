import type { UnitOfWork } from "../database/databases";
import { Accounts } from "./accounts";
import { AddressKeys } from "./bulk/address-keys";
import { Aliases } from "./kamailio/aliases";
import { Domains } from "./kamailio/domains";
import { Locations } from "./kamailio/locations";
import { Preferences } from "./kamailio/preferences";
import { Subscribers } from "./kamailio/subscribers";
import { Locks } from "./provisioning/locks";
import { Numbers } from "./provisioning/numbers";
import { Phones } from "./provisioning/phones";
import { Servers } from "./provisioning/servers";
import { Users } from "./provisioning/users";

/** Every table a node can work on, all inside its one transaction. */
export interface Stores {
  readonly accounts: Accounts;
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
}

export function openStores({ kamailio, provisioning }: UnitOfWork): Stores {
  const preferences = new Preferences(kamailio);
  const subscribers = new Subscribers(kamailio, preferences);
  const users = new Users(provisioning);
  return {
    accounts: new Accounts(kamailio, provisioning, subscribers, users),
    subscribers,
    preferences,
    aliases: new Aliases(kamailio),
    domains: new Domains(kamailio),
    locations: new Locations(kamailio),
    users,
    phones: new Phones(provisioning),
    numbers: new Numbers(provisioning),
    servers: new Servers(provisioning),
    locks: new Locks(provisioning),
    keys: new AddressKeys(kamailio),
  };
}
