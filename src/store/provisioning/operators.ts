import type { Schema } from "../../database/schema";
import type { RowOf } from "../../database/tables";
import type { AccessLevel } from "../../model/access";
import { isAscii } from "../../model/ascii";
import { Rows } from "../../model/rows";
import { deleteWith, rowsWith } from "../bulk/rows-at";
import { insertRows, updateRow } from "../bulk/write-rows";

const TABLE = "operators";

/** A person or a program that uses Hermes. */
export interface Operator {
  /** A UUID. */
  readonly id: string;
  readonly username: string;
  readonly displayname: string | null;
  readonly enabled: boolean;
  /** A lite operator sees and touches only extensions that it manages or holds rights on. */
  readonly full: boolean;
  readonly access: AccessLevel;
  /** Unix milliseconds; null until they have changed it themselves. */
  readonly lastPasswordChangedAt: number | null;
}

/** What is kept of an operator, beside the id. */
export interface OperatorValues extends Omit<Operator, "id"> {
  readonly passwordHash: string;
}

/** `password` is the hash. */
type OperatorRow = RowOf<"operators"> & { access: AccessLevel };

const COLUMNS: Readonly<Record<keyof OperatorValues, keyof OperatorRow>> = {
  username: "username",
  displayname: "displayname",
  passwordHash: "password",
  enabled: "enabled",
  full: "full",
  access: "access",
  lastPasswordChangedAt: "last_password_changed_at",
};

const FIELDS = Object.keys(COLUMNS) as (keyof OperatorValues)[];

export type OperatorRecord = Operator & OperatorValues;

/** The provisioning table `operators`. Usernames are told apart letter by letter. */
export class Operators {
  constructor(private readonly schema: Schema) {}

  async find(username: string): Promise<OperatorRecord | undefined> {
    return (await this.named([username]))[0];
  }

  async findById(id: string): Promise<OperatorRecord | undefined> {
    return (await this.withIds([id]))[0];
  }

  /** Those of the usernames that there are. */
  named(usernames: readonly string[]): Promise<OperatorRecord[]> {
    return this.where("username", usernames);
  }

  withIds(ids: readonly string[]): Promise<OperatorRecord[]> {
    return this.where("id", ids.filter(isAscii));
  }

  /** Whether there is any operator at all. */
  async any(): Promise<boolean> {
    const rows = await this.schema.rows(`SELECT 1 FROM ${this.schema.name(TABLE)} LIMIT 1`);
    return rows.length > 0;
  }

  /** Enabled, full and read_write ones, at most so many. */
  async writers(most: number): Promise<OperatorRecord[]> {
    const rows = await this.schema.rows<OperatorRow>(
      `SELECT * FROM ${this.schema.name(TABLE)}
       WHERE enabled = 1 AND \`full\` = 1 AND access = 'read_write' LIMIT ${most}`,
    );
    return rows.map(shape);
  }

  /** Every operator, ordered by username. */
  list(): Rows<Operator> {
    const rows = this.schema.stream<OperatorRow>(
      `SELECT * FROM ${this.schema.name(TABLE)} ORDER BY username`,
    );
    return new Rows(rows).map(shape);
  }

  async insert(operators: readonly OperatorRecord[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["id", ...FIELDS.map((field) => COLUMNS[field])],
      operators.map((operator) => [operator.id, ...FIELDS.map((field) => operator[field])]),
    );
  }

  async update(id: string, changes: Partial<OperatorValues>): Promise<void> {
    const fields = FIELDS.filter((field) => field in changes);
    const values = Object.fromEntries(fields.map((field) => [COLUMNS[field], changes[field]]));
    await updateRow(this.schema, TABLE, { id }, values);
  }

  async remove(ids: readonly string[]): Promise<void> {
    await deleteWith(this.schema, TABLE, "id", ids);
  }

  private async where(column: string, values: readonly string[]): Promise<OperatorRecord[]> {
    return (await rowsWith<OperatorRow>(this.schema, TABLE, column, values)).map(shape);
  }
}

function shape(row: OperatorRow): OperatorRecord {
  const { id, username, displayname, access, password, last_password_changed_at: changed } = row;
  return {
    id,
    username,
    displayname,
    enabled: Boolean(Number(row.enabled)),
    full: Boolean(Number(row.full)),
    access,
    lastPasswordChangedAt: changed === null ? null : Number(changed),
    passwordHash: password,
  };
}
