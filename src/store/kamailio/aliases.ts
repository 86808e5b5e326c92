import type { Schema } from "../../database/schema";
import { looksLikeE164 } from "../../model/e164-form";
import { likePattern } from "../../model/glob";
import { Rows } from "../../model/rows";
import { formatSipAddress, type SipAddress } from "../../model/sip-address";
import { type AddressColumns, deleteAt, rowsAt } from "../bulk/rows-at";
import { insertRows } from "../bulk/write-rows";

const TABLE = "dbaliases";

const ALIAS: AddressColumns = { username: "alias_username", domain: "alias_domain" };

interface AliasRow {
  alias_username: string;
  alias_domain: string;
  username: string;
  domain: string;
}

/** An alias and the address that a call to it goes to. */
export interface Alias {
  readonly alias: SipAddress;
  readonly destination: SipAddress;
}

/** Kamailio's `dbaliases`. It has no unique index: take the lock on addresses before you look. */
export class Aliases {
  constructor(private readonly schema: Schema) {}

  async find(alias: SipAddress): Promise<Alias | undefined> {
    const row = await this.byAlias(alias).first("*");
    return row === undefined ? undefined : shape(row);
  }

  /** The aliases that lead to an address. */
  async leadingTo(destination: SipAddress): Promise<Alias[]> {
    const rows: AliasRow[] = await this.byDestination(destination)
      .select("*")
      .orderBy(["alias_username", "alias_domain"]);
    return rows.map(shape);
  }

  /** The aliases of an address whose user part is an E.164 number. */
  async e164LeadingTo(destination: SipAddress): Promise<Alias[]> {
    const all = await this.leadingTo(destination);
    return all.filter(({ alias }) => isNumber(alias));
  }

  /** The aliases whose user part is the number, whatever their domain. */
  async ofNumber(number: string): Promise<Alias[]> {
    const rows: AliasRow[] = await this.schema
      .table<AliasRow>(TABLE)
      .where({ alias_username: number })
      .select("*")
      .orderBy("alias_domain");
    return rows.map(shape);
  }

  /** Those of many aliases that there are. */
  async findMany(aliases: readonly SipAddress[]): Promise<Alias[]> {
    const rows = await rowsAt<AliasRow>(this.schema, TABLE, aliases, { columns: ALIAS });
    return rows.map(shape);
  }

  /** The aliases of many addresses whose user part is an E.164 number. */
  async e164LeadingToMany(destinations: readonly SipAddress[]): Promise<Alias[]> {
    const rows = await rowsAt<AliasRow>(this.schema, TABLE, destinations);
    return rows.map(shape).filter(({ alias }) => isNumber(alias));
  }

  /** Adds aliases that there are none of yet. */
  async insertMany(aliases: readonly Alias[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["alias_username", "alias_domain", "username", "domain"],
      aliases.map(({ alias, destination }) => [
        alias.username,
        alias.domain,
        destination.username,
        destination.domain,
      ]),
    );
  }

  async removeMany(aliases: readonly SipAddress[]): Promise<void> {
    await deleteAt(this.schema, TABLE, aliases, { columns: ALIAS });
  }

  /** Every alias, ordered by its address. */
  list(search?: string): Rows<{ alias: string; destination: string }> {
    const query = this.schema
      .table<AliasRow>(TABLE)
      .select("*")
      .orderBy(this.schema.addressBytes("alias_username", "alias_domain") as never);
    if (search !== undefined) {
      const text = this.schema.addressText("alias_username", "alias_domain");
      query.whereRaw(this.schema.like("?"), [text, likePattern(search)]);
    }
    return Rows.of<AliasRow, { alias: string; destination: string }>(
      this.schema.stream(query),
      (row) => formatAlias(shape(row)),
    );
  }

  async add({ alias, destination }: Alias): Promise<void> {
    await this.schema.table(TABLE).insert({
      alias_username: alias.username,
      alias_domain: alias.domain,
      username: destination.username,
      domain: destination.domain,
    });
  }

  /** Answers whether there was one. */
  async remove(alias: SipAddress): Promise<boolean> {
    return (await this.byAlias(alias).delete()) > 0;
  }

  private byAlias({ username, domain }: SipAddress) {
    return this.schema
      .table<AliasRow>(TABLE)
      .where({ alias_username: username, alias_domain: domain });
  }

  private byDestination(destination: SipAddress) {
    return this.schema.table<AliasRow>(TABLE).where({ ...destination });
  }
}

/** Whether an alias is an E.164 number: an account has one of those at most. */
export const isNumber = ({ username }: SipAddress) => looksLikeE164(username);

function shape(row: AliasRow): Alias {
  return {
    alias: { username: row.alias_username, domain: row.alias_domain },
    destination: { username: row.username, domain: row.domain },
  };
}

/** An alias as the API shows it. */
export function formatAlias({ alias, destination }: Alias) {
  return { alias: formatSipAddress(alias), destination: formatSipAddress(destination) };
}
