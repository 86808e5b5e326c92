import { userInfo } from "node:os";
import { join } from "node:path";
import type { Config } from "../config/config";
import { loadConfig } from "../config/load";
import { SYSTEM_CONFIG_FILE, stateFolder } from "../config/paths";
import { critical, invalid } from "../model/refusal";
import { requireNoPaths } from "../params/file";
import type { Given, Params } from "../params/param";

/** What is declared of a command. */
interface Restricted {
  readonly path: readonly string[];
  readonly params: Params;
  /** It does nothing but what an operator's session allows. */
  readonly forOperators?: boolean;
}

/** The walls around one who is let in by sudo or a forced command, and may do what their session allows. */
export class Restriction {
  constructor(
    /** `uid-1001`, `key-alice`. */
    readonly caller: string,
  ) {}

  /** The system's configuration, and no other; it is refused where it asks nobody for a session. */
  async config(site?: string): Promise<Config> {
    const config = await loadConfig({}, SYSTEM_CONFIG_FILE, site);
    if (config.auth.mode !== "session") {
      throw critical("config", `${SYSTEM_CONFIG_FILE} must say: [auth] mode = "session".`);
    }
    if (config.embedded) {
      throw critical("config", `${SYSTEM_CONFIG_FILE} must name a database: [kamailio] url.`);
    }
    // Whoever comes this way does not own the configuration, although this process may.
    return { ...config, file: undefined };
  }

  /** Where the caller's session is kept: in the home of the account that this runs under. */
  get sessionFile(): string {
    const state = stateFolder({ HOME: userInfo().homedir });
    return join(state, "restricted", `${this.caller}.json`);
  }

  /** Refuses commands that are the owner's, and whatever would open a file. */
  requireAllowed({ path, params, forOperators }: Restricted, given: Given): void {
    if (forOperators !== true) {
      throw invalid("restricted", `${path.join(" ")} is for the owner of this installation alone.`);
    }
    requireNoPaths(params, given);
  }
}
