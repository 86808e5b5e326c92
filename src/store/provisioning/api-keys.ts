import type { Schema } from "../../database/schema";
import type { AccessLevel } from "../../model/access";

const TABLE = "api_keys";

/** An API key, without the key: only its digest is stored. */
export interface ApiKey {
  /** The short public id that stands in the key too. */
  readonly id: string;
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

interface ApiKeyRow {
  id: string;
  digest: string;
  host: string;
  access: AccessLevel;
  operator_id: string | null;
  created: number;
  last_used: number | null;
}

/** The provisioning table `api_keys`. */
export class ApiKeys {
  constructor(private readonly schema: Schema) {}

  async find(id: string): Promise<ApiKey | undefined> {
    const row = await this.keys().where({ id }).first("*");
    return row === undefined ? undefined : shape(row as ApiKeyRow);
  }

  /** Every key, the oldest first. */
  async list(): Promise<ApiKey[]> {
    const rows: ApiKeyRow[] = await this.keys().select("*").orderBy(["created", "id"]);
    return rows.map(shape);
  }

  async insert({ operatorId, lastUsed, ...columns }: ApiKey): Promise<void> {
    await this.schema
      .table(TABLE)
      .insert({ ...columns, operator_id: operatorId, last_used: lastUsed });
  }

  async used(id: string, now: number): Promise<void> {
    await this.keys().where({ id }).update({ last_used: now });
  }

  async remove(id: string): Promise<void> {
    await this.keys().where({ id }).delete();
  }

  async removeOfOperator(operatorId: string): Promise<void> {
    await this.keys().where({ operator_id: operatorId }).delete();
  }

  private keys() {
    return this.schema.table<ApiKeyRow>(TABLE);
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
