import type { Schema } from "../../database/schema";
import type { RowOf } from "../../database/tables";
import type { AccessLevel } from "../../model/access";
import { isAscii } from "../../model/ascii";
import { deleteWith, rowsWith } from "../bulk/rows-at";
import { insertRows } from "../bulk/write-rows";

const TABLE = "api_keys";

/** What is kept of an API key: not the key. */
export interface ApiKeyValues {
  /** SHA-256 of the key, hex. */
  readonly digest: string;
  /** The address or network that the machine it is used on must be of. */
  readonly host: string;
  readonly access: AccessLevel;
  /** The operator who made it, and with whom it ends. */
  readonly operatorId: string | null;
  /** Unix seconds. */
  readonly created: number;
  /** Unix seconds. */
  readonly lastUsed: number | null;
}

export interface ApiKey extends ApiKeyValues {
  /** The short public id that stands in the key too. */
  readonly id: string;
}

type ApiKeyRow = RowOf<"api_keys"> & { access: AccessLevel };

/** The provisioning table `api_keys`. */
export class ApiKeys {
  constructor(private readonly schema: Schema) {}

  async find(id: string): Promise<ApiKey | undefined> {
    return (await this.where("id", [id]))[0];
  }

  findMany(ids: readonly string[]): Promise<ApiKey[]> {
    return this.where("id", ids);
  }

  ofOperators(operatorIds: readonly string[]): Promise<ApiKey[]> {
    return this.where("operator_id", operatorIds);
  }

  /** Every key, the oldest first. */
  async list(): Promise<ApiKey[]> {
    const rows = await this.schema.rows<ApiKeyRow>(
      `SELECT * FROM ${this.schema.name(TABLE)} ORDER BY created, id`,
    );
    return rows.map(shape);
  }

  async insert(keys: readonly ApiKey[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["id", "digest", "host", "access", "operator_id", "created", "last_used"],
      keys.map((key) => [
        ...[key.id, key.digest, key.host, key.access],
        ...[key.operatorId, key.created, key.lastUsed],
      ]),
    );
  }

  /** Notes that it has been used just now. */
  async used(id: string): Promise<void> {
    const { schema } = this;
    await schema.changed(
      `UPDATE ${schema.name(TABLE)} SET last_used = ${schema.unixNow} WHERE id = ?`,
      [id],
    );
  }

  async remove(ids: readonly string[]): Promise<void> {
    await deleteWith(this.schema, TABLE, "id", ids);
  }

  private async where(column: string, values: readonly string[]): Promise<ApiKey[]> {
    const asked = values.filter(isAscii);
    return (await rowsWith<ApiKeyRow>(this.schema, TABLE, column, asked)).map(shape);
  }
}

function shape({ operator_id, last_used, created, ...row }: ApiKeyRow): ApiKey {
  return {
    ...row,
    operatorId: operator_id,
    created: Number(created),
    lastUsed: last_used === null ? null : Number(last_used),
  };
}
