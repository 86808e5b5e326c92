import type { Connection, Value } from "./connection";
import type { Engine } from "./engine";

/** As much of a statement as is told. */
const TOLD = 500;

/**
 * The same engine, each of whose statements is told first: its text, and of its values only how
 * many there are, as any may be a secret. Values are never part of the text.
 */
export function told(engine: Engine, tell: (statement: string) => void): Engine {
  const telling = (connection: Connection): Connection => {
    const say = (sql: string, values: readonly Value[] = []) => {
      const text = sql.trim().replace(/\s+/g, " ");
      const shown = text.length > TOLD ? `${text.slice(0, TOLD)}…` : text;
      tell(values.length === 0 ? shown : `${shown}  [values: ${values.length}]`);
    };
    return {
      get broken() {
        return connection.broken;
      },
      close: () => connection.close(),
      run(sql, values) {
        say(sql, values);
        return connection.run(sql, values);
      },
      atOnce(sql, values) {
        say(sql, values);
        return connection.atOnce(sql, values);
      },
      stream(sql, values) {
        say(sql, values);
        return connection.stream(sql, values);
      },
      texts(sql, values) {
        say(sql, values);
        return connection.texts(sql, values);
      },
    };
  };
  return { ...engine, connect: async () => telling(await engine.connect()) };
}
