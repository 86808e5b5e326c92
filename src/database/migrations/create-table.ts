import type { Knex } from "knex";

const TABLE_EXISTS = 1050; // ER_TABLE_EXISTS_ERROR
const KEY_EXISTS = 1061; // ER_DUP_KEYNAME

/**
 * Makes a table with its keys, or what is missing of it: MySQL makes each key by a statement of
 * its own that is committed at once, so a migration can be killed between any two of them.
 */
export async function createTable(
  knex: Knex,
  name: string,
  build: (table: Knex.CreateTableBuilder) => void,
): Promise<void> {
  const statements: readonly Knex.Sql[] = [knex.schema.createTable(name, build).toSQL()].flat();
  for (const { sql, bindings } of statements) {
    try {
      await knex.raw(sql, [...bindings]);
    } catch (error) {
      const { errno } = error as { errno?: number };
      if (errno !== TABLE_EXISTS && errno !== KEY_EXISTS) throw error;
    }
  }
}
