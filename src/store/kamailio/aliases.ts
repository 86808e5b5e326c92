import type { Schema } from "../../database/schema";
import { Rows } from "../../model/rows";
import { formatSipAddress, type SipAddress } from "../../model/sip-address";

const TABLE = "dbaliases";

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
    return all.filter(({ alias }) => /^\+[0-9]+$/.test(alias.username));
  }

  /** Every alias, ordered by its address. */
  list(): Rows<{ alias: string; destination: string }> {
    const query = this.schema
      .table<AliasRow>(TABLE)
      .select("*")
      .orderBy(this.schema.addressBytes("alias_username", "alias_domain") as never);
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
