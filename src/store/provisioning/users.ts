import type { Schema } from "../../database/schema";
import type { RowOf } from "../../database/tables";
import type { SipAddress } from "../../model/sip-address";
import { deleteAt, rowsAt } from "../bulk/rows-at";
import { insertRows, updateRows } from "../bulk/write-rows";

const TABLE = "users";

/** What a phone is told of its account, beside the address. */
export interface PhoneSettings {
  readonly password: string;
  readonly authid: string;
  readonly registrar: string;
  readonly r_port: number;
  readonly proxy: string;
  readonly p_port: number;
  readonly dialplan: string | null;
  readonly displayname: string | null;
  readonly linetext: string | null;
}

/** An account as phones are configured from it. */
export interface ProvisionedUser extends PhoneSettings {
  /** Spelled as stored. */
  readonly address: SipAddress;
}

/** Settings that Kamailio has no part in: all but the password. */
export const PROVISIONED_ALONE = [
  "authid",
  "registrar",
  "r_port",
  "proxy",
  "p_port",
  "dialplan",
  "displayname",
  "linetext",
] as const satisfies readonly (keyof PhoneSettings)[];

const SETTINGS = ["password", ...PROVISIONED_ALONE] as const;

type UserRow = RowOf<"users">;

/** The provisioning table `users`: local accounts and remote ones. */
export class Users {
  constructor(private readonly schema: Schema) {}

  /** Those of many accounts that there are. */
  async findMany(addresses: readonly SipAddress[]): Promise<ProvisionedUser[]> {
    return (await rowsAt<UserRow>(this.schema, TABLE, addresses)).map(shape);
  }

  async insert(users: readonly ProvisionedUser[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["username", "domain", ...SETTINGS],
      users.map(({ address: { username, domain }, ...settings }) => [
        username,
        domain,
        ...SETTINGS.map((name) => settings[name]),
      ]),
    );
  }

  /** Changes accounts, each in the settings that are given for it. */
  async update(
    changes: readonly { address: SipAddress; values: Partial<PhoneSettings> }[],
  ): Promise<void> {
    await updateRows(this.schema, TABLE, changes as never);
  }

  async remove(addresses: readonly SipAddress[]): Promise<void> {
    await deleteAt(this.schema, TABLE, addresses);
  }
}

/** Those columns that we know: a site may have added some. */
function shape(row: UserRow): ProvisionedUser {
  const { username, domain } = row;
  return {
    address: { username, domain },
    password: row.password,
    authid: row.authid,
    registrar: row.registrar,
    r_port: Number(row.r_port),
    proxy: row.proxy,
    p_port: Number(row.p_port),
    dialplan: row.dialplan,
    displayname: row.displayname,
    linetext: row.linetext,
  };
}
