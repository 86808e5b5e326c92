import type { Credentials } from "../model/credentials";

/** On whose behalf a node runs. */
export interface Caller {
  /** The operating system's user name, or an operator's. */
  readonly name: string;
  /**
   * What proves whose call it is where `auth.mode` is `session`; a function is asked for each call,
   * and once more with what was refused, as another process may have renewed the key.
   */
  readonly credentials?:
    | Credentials
    | ((refused?: Credentials) => Promise<Credentials | undefined>);
  /** IP addresses of the machine that the call comes from; left out, this machine's. */
  readonly addresses?: readonly string[];
}
