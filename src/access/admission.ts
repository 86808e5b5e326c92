import type { Config } from "../config/config";
import { type Access, type AccessLevel, covers } from "../model/access";
import type { Credentials } from "../model/credentials";
import { Refusal, unauthorized } from "../model/refusal";
import type { Stores } from "../store/stores";
import { type Authority, trusted } from "./authority";
import type { Caller } from "./caller";
import { accessOf, type Guarded } from "./guarded";
import { type Identity, identify, LOG_IN } from "./identify";
import { liteRefusal } from "./lite";
import { machineAddresses, ownsConfiguration } from "./machine";

/**
 * The one place where it is decided who may do what: every call of a node and all other work on
 * the databases comes through here, before its own transaction begins. One serves one caller for
 * as long as one call or one batch takes.
 */
export class Admission {
  private own: Promise<Identity | undefined> | undefined;

  constructor(
    private readonly config: Config,
    private readonly read: <T>(body: (stores: Stores) => Promise<T>) => Promise<T>,
    private readonly caller: Caller,
  ) {}

  /**
   * The authority to call the node with these parameters; refuses with `unauthorized`. `proof` is
   * the session that the request itself names, in the place of the caller's own.
   */
  async toCall(
    node: Guarded,
    params: Record<string, unknown>,
    proof?: Credentials,
  ): Promise<Authority> {
    if (this.config.auth.mode === "trusted") return this.inTrust(node, params, proof);
    if (node.access === "none") return { name: this.caller.name, access: "none" };
    let identity: Identity;
    try {
      identity = await this.identity(proof);
    } catch (error) {
      if (node.bootstraps && error instanceof Refusal && (await this.isFirst())) {
        return { ...trusted(this.caller.name), bootstrap: true };
      }
      throw error;
    }
    const { name, scope } = identity;
    const needs = accessOf(node, params, name);
    if (scope === undefined) return requireLevel(identity, needs, node.name);
    const { read } = this;
    const verdict = await node.lite?.({ scope, params, needs, read });
    if (!verdict?.allowed) throw unauthorized(liteRefusal(name, node, params));
    const authority = verdict.byRight
      ? authorityOf(identity)
      : requireLevel(identity, needs, node.name);
    return { ...authority, lite: true, filter: verdict.filter };
  }

  /** Lets those alone know what is wrong with their request who might call the node at all. */
  async toBeRefused(node: Guarded, proof?: Credentials): Promise<void> {
    if (this.config.auth.mode === "trusted" || node.access === "none") return;
    let identity: Identity;
    try {
      identity = await this.identity(proof);
    } catch (error) {
      if (node.bootstraps && error instanceof Refusal && (await this.isFirst())) return;
      throw error;
    }
    if (identity.scope === undefined) requireLevel(identity, accessOf(node, {}), node.name);
    else if (node.lite === undefined) throw unauthorized(liteRefusal(identity.name, node, {}));
  }

  /** The authority for work that is no node. A lite operator has none. */
  async toWork(needs: Access): Promise<Authority> {
    if (this.config.auth.mode === "trusted") return trusted(this.caller.name);
    if (needs === "none") return { name: this.caller.name, access: "none" };
    const identity = await this.identity();
    if (identity.scope !== undefined) {
      throw unauthorized(`${identity.name} is a lite operator, who can't do this.`);
    }
    return requireLevel(identity, needs, "this");
  }

  /** What remains of sessions where none is needed: whose extensions are asked for, what is to be renewed. */
  private async inTrust(node: Guarded, params: Record<string, unknown>, proof?: Credentials) {
    const all = trusted(this.caller.name);
    if (accessOf(node, params) !== "session") return all;
    try {
      const { name, operatorId, session } = await this.identity(proof);
      return { ...all, name, operatorId, session };
    } catch (error) {
      if (error instanceof Refusal && error.reason === "unauthorized") return all;
      throw error;
    }
  }

  /** Who the caller is by the session that the request names, else by its own. */
  private async identity(proof?: Credentials): Promise<Identity> {
    if (proof !== undefined) return this.identify(proof);
    this.own ??= this.identityOfCaller();
    const identity = await this.own;
    if (identity === undefined) throw unauthorized(`This takes a session. ${LOG_IN}`);
    return identity;
  }

  private async identityOfCaller(): Promise<Identity | undefined> {
    const { credentials } = this.caller;
    if (typeof credentials !== "function") return credentials && this.identify(credentials);
    const first = await credentials();
    if (first === undefined) return undefined;
    try {
      return await this.identify(first);
    } catch (error) {
      // Another process may have renewed the key a moment ago.
      const second = error instanceof Refusal ? await credentials(first) : undefined;
      if (second === undefined || second.authKey === first.authKey) throw error;
      return this.identify(second);
    }
  }

  private identify(credentials: Credentials): Promise<Identity> {
    const addresses = this.caller.addresses ?? machineAddresses();
    return this.read((stores) => identify(stores, credentials, addresses));
  }

  /** Whether there is no operator yet, and the configuration is the caller's own. */
  private async isFirst(): Promise<boolean> {
    if (!ownsConfiguration(this.config)) return false;
    return !(await this.read(({ operators }) => operators.any()));
  }
}

const authorityOf = ({ name, access, operatorId, session }: Identity): Authority => ({
  name,
  access,
  operatorId,
  session,
});

function requireLevel(identity: Identity, needs: Access, what: string): Authority {
  const { name, access } = identity;
  const free = needs === "none" || needs === "session";
  if (!free && !covers(access, needs as AccessLevel)) {
    throw unauthorized(`${name} has ${access}; ${what} takes ${needs}.`);
  }
  return authorityOf(identity);
}
