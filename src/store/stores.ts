import type { UnitOfWork } from "../database/databases";
import { AddressKeys } from "../model/address-keys";
import { Accounts } from "./accounts";
import { Consistency } from "./consistency";
import { Extensions } from "./extensions";
import { Aliases } from "./kamailio/aliases";
import { Domains } from "./kamailio/domains";
import { Locations } from "./kamailio/locations";
import { Preferences } from "./kamailio/preferences";
import { Subscribers } from "./kamailio/subscribers";
import { Versions } from "./kamailio/versions";
import { NumberUse } from "./number-use";
import { ApiKeys } from "./provisioning/api-keys";
import { ExtensionRights } from "./provisioning/extension-rights";
import { LoginAttempts } from "./provisioning/login-attempts";
import { ManagingUsers } from "./provisioning/managing-users";
import { Numbers } from "./provisioning/numbers";
import { Operators } from "./provisioning/operators";
import { PhoneModels } from "./provisioning/phone-models";
import { Phones } from "./provisioning/phones";
import { Servers } from "./provisioning/servers";
import { Sessions } from "./provisioning/sessions";
import { Users } from "./provisioning/users";

/** Every table a node can work on, all inside its one transaction. */
export interface Stores {
  readonly keys: AddressKeys;
  readonly accounts: Accounts;
  readonly consistency: Consistency;
  readonly extensions: Extensions;
  readonly numberUse: NumberUse;
  readonly versions: Versions;
  readonly subscribers: Subscribers;
  readonly preferences: Preferences;
  readonly aliases: Aliases;
  readonly domains: Domains;
  readonly locations: Locations;
  readonly users: Users;
  readonly phones: Phones;
  readonly phoneModels: PhoneModels;
  readonly numbers: Numbers;
  readonly servers: Servers;
  readonly operators: Operators;
  readonly apiKeys: ApiKeys;
  readonly sessions: Sessions;
  readonly loginAttempts: LoginAttempts;
  readonly managingUsers: ManagingUsers;
  readonly extensionRights: ExtensionRights;
}

export function openStores({ kamailio, provisioning }: UnitOfWork): Stores {
  const keys = AddressKeys.ofCollation(kamailio.collation("subscriber", "username"));
  const preferences = new Preferences(kamailio);
  const subscribers = new Subscribers(kamailio, preferences, keys);
  const users = new Users(provisioning);
  return {
    keys,
    accounts: new Accounts(kamailio, provisioning, subscribers, users, keys),
    consistency: new Consistency(kamailio, provisioning),
    extensions: new Extensions(kamailio, provisioning),
    numberUse: new NumberUse(kamailio),
    versions: new Versions(kamailio),
    subscribers,
    preferences,
    aliases: new Aliases(kamailio),
    domains: new Domains(kamailio),
    locations: new Locations(kamailio),
    users,
    phones: new Phones(provisioning),
    phoneModels: new PhoneModels(provisioning),
    numbers: new Numbers(provisioning),
    servers: new Servers(provisioning),
    operators: new Operators(provisioning),
    apiKeys: new ApiKeys(provisioning),
    sessions: new Sessions(provisioning),
    loginAttempts: new LoginAttempts(provisioning),
    managingUsers: new ManagingUsers(provisioning),
    extensionRights: new ExtensionRights(provisioning),
  };
}
