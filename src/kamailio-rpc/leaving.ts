import { failed, Refusal } from "../model/refusal";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import type { Rpc } from "./rpc";
import { lookUp, unregister } from "./usrloc";

/**
 * Ends the registrations of addresses that nobody may use as before, one address after another. A
 * Kamailio that has once given no answer is not asked again.
 */
export class Leaving {
  private silent: Refusal | undefined;

  constructor(
    private readonly rpc: Rpc,
    private readonly now: number,
  ) {}

  /** Answers what a person has to know where a registration may be left, or undefined. */
  async end(address: SipAddress): Promise<string | undefined> {
    try {
      if (this.silent !== undefined) throw this.silent;
      const registration = await lookUp(this.rpc, address, this.now);
      if (registration !== undefined) await unregister(this.rpc, registration);
      return undefined;
    } catch (error) {
      this.silent = error instanceof Refusal ? error : failed("norpc", String(error));
      return `A running Kamailio may still hold a registration of ${formatSipAddress(address)} in its memory, until it expires. ${this.silent.detail}`;
    }
  }
}
