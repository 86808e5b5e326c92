import type { Schema } from "../../database/schema";
import type { RowOf } from "../../database/tables";
import { looksLikeE164 } from "../../model/e164-form";
import { likePattern } from "../../model/glob";
import { groupBy } from "../../model/group-by";
import { Rows } from "../../model/rows";
import { formatSipAddress, type SipAddress } from "../../model/sip-address";
import {
  type AddressColumns,
  addressConditions,
  deleteAt,
  rowsAt,
  rowsWhere,
  rowsWith,
} from "../bulk/rows-at";
import { insertRows } from "../bulk/write-rows";

const TABLE = "dbaliases";

const ALIAS: AddressColumns = { username: "alias_username", domain: "alias_domain" };

type AliasRow = RowOf<"dbaliases">;

export interface AliasValues {
  /** Where calls to it go: one address, unless other tools have added more. */
  readonly destinations: readonly SipAddress[];
}

/** An alias and the address that a call to it goes to. */
export interface Alias extends AliasValues {
  readonly alias: SipAddress;
}

/** Kamailio's `dbaliases`. It has no unique index: whoever writes holds the lock on addresses. */
export class Aliases {
  constructor(private readonly schema: Schema) {}

  async find(alias: SipAddress): Promise<Alias | undefined> {
    return (await this.findMany([alias]))[0];
  }

  /** The aliases that lead to an address, ordered by alias. */
  async leadingTo(destination: SipAddress): Promise<Alias[]> {
    const aliases = await this.leadingToMany([destination]);
    return aliases.sort((a, b) => (formatSipAddress(a.alias) < formatSipAddress(b.alias) ? -1 : 1));
  }

  /** Those of many aliases that there are. */
  async findMany(aliases: readonly SipAddress[]): Promise<Alias[]> {
    return gathered(
      await rowsAt<AliasRow>(this.schema, TABLE, aliases, { columns: ALIAS, order: "id" }),
    );
  }

  /** The aliases of many addresses, each with all of its destinations. */
  async leadingToMany(destinations: readonly SipAddress[]): Promise<Alias[]> {
    const columns = { username: "d.username", domain: "d.domain" };
    const table = this.schema.name(TABLE);
    const rows = await rowsWhere<AliasRow>(
      this.schema,
      addressConditions(destinations, columns),
      (where) => `SELECT DISTINCT a.* FROM ${table} AS d JOIN ${table} AS a
        ON a.alias_username = d.alias_username AND a.alias_domain = d.alias_domain
        WHERE ${where} ORDER BY a.id`,
    );
    return gathered(rows);
  }

  /** The aliases whose user part is one of the numbers, whatever their domain. */
  async ofNumbers(numbers: readonly string[]): Promise<Alias[]> {
    const order = "id";
    return gathered(await rowsWith(this.schema, TABLE, "alias_username", numbers, { order }));
  }

  /** Every alias, ordered by its address; with `search` those that it finds, or whose destination it finds. */
  list(search?: string): Rows<{ alias: string; destination: string }> {
    const { schema } = this;
    const filter =
      search === undefined
        ? ""
        : `WHERE ${schema.like(schema.joined("alias_username", "alias_domain"))}
           OR ${schema.like(schema.joined())}`;
    const pattern = search === undefined ? [] : [likePattern(search), likePattern(search)];
    const rows = schema.stream<AliasRow>(
      `SELECT * FROM ${schema.name(TABLE)} ${filter}
       ORDER BY ${schema.joinedBytes("alias_username", "alias_domain")}, id`,
      pattern,
    );
    return new Rows(rows).map(({ alias_username, alias_domain, username, domain }) => ({
      alias: formatSipAddress({ username: alias_username, domain: alias_domain }),
      destination: formatSipAddress({ username, domain }),
    }));
  }

  async insert(aliases: readonly Alias[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["alias_username", "alias_domain", "username", "domain"],
      aliases.flatMap(({ alias, destinations }) =>
        destinations.map((to) => [alias.username, alias.domain, to.username, to.domain]),
      ),
    );
  }

  async remove(aliases: readonly SipAddress[]): Promise<void> {
    await deleteAt(this.schema, TABLE, aliases, ALIAS);
  }
}

/** Whether an alias is an E.164 number: an account has one of those at most. */
export const isNumber = ({ username }: SipAddress) => looksLikeE164(username);

/** Rows of one alias, as one. */
function gathered(rows: readonly AliasRow[]): Alias[] {
  const groups = groupBy(rows, (row) => `${row.alias_username}@${row.alias_domain}`);
  return [...groups.values()].map((group) => {
    const { alias_username, alias_domain } = group[0] as AliasRow;
    return {
      alias: { username: alias_username, domain: alias_domain },
      destinations: group.map(({ username, domain }) => ({ username, domain })),
    };
  });
}

/** An alias as the API shows it: a pair for each of its destinations. */
export function formatAlias({ alias, destinations }: Alias) {
  return destinations.map((destination) => ({
    alias: formatSipAddress(alias),
    destination: formatSipAddress(destination),
  }));
}
