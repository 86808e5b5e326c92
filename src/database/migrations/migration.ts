import type { Knex } from "knex";

/** What a migration must know of the place it runs in. */
export interface MigrationContext {
  readonly kind: "mysql" | "sqlite";
  /** Collation of Kamailio's `subscriber.username`: our address columns take it, so that both compare alike. */
  readonly addressCollation: string | undefined;
}

export interface Migration {
  readonly name: string;
  /** Each step can be done again, for a migration that was killed half-way starts anew. */
  up(knex: Knex, context: MigrationContext): Promise<void>;
  down(knex: Knex, context: MigrationContext): Promise<void>;
}

/** Text of any script that is compared letter by letter, on every engine alike. */
export const exactText = ({ kind }: MigrationContext, width: number) =>
  kind === "mysql"
    ? `VARCHAR(${width}) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`
    : `VARCHAR(${width})`;

/** Adds `username` and `domain` columns that compare as Kamailio's own do. */
export function addressColumns(table: Knex.CreateTableBuilder, context: MigrationContext): void {
  for (const name of ["username", "domain"]) {
    const column = table.string(name, 64).notNullable();
    if (context.addressCollation !== undefined) column.collate(context.addressCollation);
  }
}
