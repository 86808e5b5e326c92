import type { Schema } from "../../database/schema";
import type { AccessLevel } from "../../model/access";
import { Rows } from "../../model/rows";

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
  /** Unix milliseconds; null until it is changed for the first time. */
  readonly lastPasswordChangedAt: number | null;
}

interface OperatorRow {
  id: string;
  username: string;
  displayname: string | null;
  /** The hash. */
  password: string;
  enabled: boolean | number;
  full: boolean | number;
  access: AccessLevel;
  last_password_changed_at: number | null;
}

/** What can be changed of an operator; `password` is the hash. */
export type OperatorChange = Partial<
  Pick<Operator, "username" | "displayname" | "enabled" | "full" | "access"> & {
    password: string;
    lastPasswordChangedAt: number;
  }
>;

/** The provisioning table `operators`. Usernames are told apart letter by letter. */
export class Operators {
  constructor(private readonly schema: Schema) {}

  async find(username: string): Promise<Operator | undefined> {
    const row = await this.operators().where({ username }).first("*");
    return row === undefined ? undefined : shape(row as OperatorRow);
  }

  async findById(id: string): Promise<Operator | undefined> {
    const row = await this.operators().where({ id }).first("*");
    return row === undefined ? undefined : shape(row as OperatorRow);
  }

  /** Whether there is any operator at all. */
  async any(): Promise<boolean> {
    return (await this.operators().first("id")) !== undefined;
  }

  /** Every operator, ordered by username. */
  list(): Rows<Operator> {
    const query = this.operators().select("*").orderBy("username");
    return Rows.of<OperatorRow, Operator>(this.schema.stream(query), shape);
  }

  async passwordHash(id: string): Promise<string | undefined> {
    const row = await this.operators().where({ id }).first("password");
    return row?.password;
  }

  async insert(operator: Operator, passwordHash: string): Promise<void> {
    const { lastPasswordChangedAt, ...columns } = operator;
    await this.schema.table(TABLE).insert({
      ...columns,
      password: passwordHash,
      last_password_changed_at: lastPasswordChangedAt,
    });
  }

  async update(id: string, change: OperatorChange): Promise<void> {
    const { lastPasswordChangedAt: changed, ...columns } = change;
    await this.operators()
      .where({ id })
      .update({
        ...columns,
        ...(changed === undefined ? {} : { last_password_changed_at: changed }),
      });
  }

  async remove(id: string): Promise<void> {
    await this.operators().where({ id }).delete();
  }

  private operators() {
    return this.schema.table<OperatorRow>(TABLE);
  }
}

function shape(row: OperatorRow): Operator {
  const { id, username, displayname, access, last_password_changed_at: changed } = row;
  return {
    id,
    username,
    displayname,
    enabled: Boolean(row.enabled),
    full: Boolean(row.full),
    access,
    lastPasswordChangedAt: changed === null ? null : Number(changed),
  };
}
