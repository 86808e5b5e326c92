import type { AccessLevel } from "../model/access";
import type { Fields } from "../model/envelope";
import type { LiveSession } from "../store/provisioning/sessions";

/** On whose behalf a call runs, and what it may do: settled before its transaction begins. */
export interface Authority {
  /** An operator's username, `key:<id>` for an API key of nobody's, or the operating system's user. */
  readonly name: string;
  readonly access: AccessLevel | "none";
  readonly operatorId?: string | undefined;
  /** The session that it is proven by. */
  readonly session?: LiveSession | undefined;
  /** There is no operator yet, and the owner of the configuration makes the first. */
  readonly bootstrap?: boolean;
  /** A lite operator's: what there is beside their extensions is not for them to know. */
  readonly lite?: boolean;
  /** Takes from an answer what is none of a lite operator's business. */
  readonly filter?: ((fields: Fields) => Fields | Promise<Fields>) | undefined;
}

/** Whoever can read the database's credentials is past every check: then none is made. */
export const trusted = (name: string): Authority => ({ name, access: "read_write" });
