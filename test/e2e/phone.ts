import { groupBy } from "../../src/model/group-by";
import { freePort } from "../support/free-port.js";
import { waitFor } from "../support/wait.js";
import { type Outcome, outcomeOf, type SipMessage } from "./sip-trace.js";
import { type AnsweringSipp, answerCalls, type Manner, playMany, playScenario } from "./sipp.js";

export const userAgent = "Hermes-Test/1.0";

/** Anything with a port that can be called and call: a desk phone, or the gateway. */
export class Endpoint {
  protected answering: AnsweringSipp | undefined;

  constructor(
    readonly port: number,
    protected readonly proxyPort: number,
  ) {}

  /** From now on, calls that arrive are answered. */
  async answer(): Promise<void> {
    await this.take("answer");
  }

  /** From now on, this is done with calls that arrive. */
  async take(manner: Manner): Promise<void> {
    this.answering ??= await answerCalls(this.port, manner);
  }

  /** Request URIs of the calls that arrived since answer(). */
  calls(): string[] {
    return this.invites().map(({ startLine }) => startLine.split(" ")[1] ?? "");
  }

  /** Waits, for the trace is written a moment after the call. */
  async called(times: number): Promise<string[]> {
    await waitFor(`${times} calls`, () => this.calls().length >= times, { timeout: 2000 });
    return this.calls();
  }

  async hangUp(): Promise<void> {
    await this.answering?.stop();
    this.answering = undefined;
  }

  private invites(): SipMessage[] {
    return this.received("INVITE");
  }

  protected received(method: string): SipMessage[] {
    const seen = new Set<string>();
    return (this.answering?.messages() ?? []).filter(({ direction, startLine, headers }) => {
      const callId = headers.get("call-id") ?? "";
      if (direction === "sent" || !startLine.startsWith(`${method} `) || seen.has(callId))
        return false;
      seen.add(callId); // a retransmission is no further request
      return true;
    });
  }
}

/** A desk phone with an account. */
export class Phone extends Endpoint {
  readonly user: string;
  readonly domain: string;

  static async create(address: string, password: string, proxyPort: number): Promise<Phone> {
    return new Phone(address, password, await freePort(), proxyPort);
  }

  private constructor(
    readonly address: string,
    public password: string,
    port: number,
    proxyPort: number,
  ) {
    super(port, proxyPort);
    const at = address.lastIndexOf("@");
    this.user = address.slice(0, at);
    this.domain = address.slice(at + 1);
  }

  get contact(): string {
    return `sip:${this.user}@127.0.0.1:${this.port}`;
  }

  /** The status Kamailio answers: 200, or 401 where the password is wrong, or … */
  async register({
    password = this.password,
    authUser = this.user,
    expires = 600,
  } = {}): Promise<number> {
    const messages = await playScenario({
      scenario: "register",
      remotePort: this.proxyPort,
      credentials: { user: authUser, password },
      keys: {
        aor_user: this.user,
        aor_domain: this.domain,
        contact: `<${this.contact}>`,
        expires: String(expires),
        agent: userAgent,
      },
    });
    return finalOutcome("REGISTER", messages).status;
  }

  unregister(): Promise<number> {
    return this.register({ expires: 0 });
  }

  /** From now on it takes notifications, in the place of calls. */
  async awaitNotify(): Promise<void> {
    this.answering ??= await answerCalls(this.port, "notify");
  }

  /** Notifications that arrived since. */
  notifies(): SipMessage[] {
    return this.received("NOTIFY");
  }

  /** Registers and answers calls: a phone on a desk. */
  async plugIn(): Promise<void> {
    await this.answer();
    const status = await this.register();
    if (status !== 200) throw new Error(`${this.address} cannot register: ${status}`);
  }

  /** Calls an address, or any SIP URI, and hangs up as soon as someone answers. */
  call(target: string): Promise<Outcome> {
    return placeCall(this, this.proxyPort, target, this.password);
  }
}

/** The carrier's side: it calls without a password, from the port it is known by. */
export class Gateway extends Endpoint {
  readonly user = "+4791000000";
  readonly domain = "carrier.example";

  /** Both can't have the port at once: it does not answer meanwhile. */
  async call(target: string): Promise<Outcome> {
    await this.hangUp();
    const outcome = await placeCall(this, this.proxyPort, target, "", this.port);
    await this.answer();
    return outcome;
  }
}

async function placeCall(
  { user, domain }: { user: string; domain: string },
  proxyPort: number,
  target: string,
  password: string,
  localPort?: number,
): Promise<Outcome> {
  const messages = await playScenario({
    scenario: "call",
    remotePort: proxyPort,
    ...(localPort === undefined ? {} : { localPort }),
    credentials: { user, password },
    keys: callKeys({ user, domain }, target),
  });
  return finalOutcome("INVITE", messages);
}

/** Many calls at once, from many phones. Answers what each came to, in their order. */
export async function placeCalls(
  proxyPort: number,
  calls: readonly { from: Phone; target: string }[],
): Promise<Outcome[]> {
  const messages = await playMany(
    "call",
    proxyPort,
    calls.map(({ from, target }) => ({
      credentials: { user: from.user, password: from.password },
      keys: callKeys(from, target),
    })),
  );
  const byCall = groupBy(messages, ({ headers }) =>
    Number.parseInt(headers.get("call-id") ?? "", 10),
  );
  return calls.map((_, index) => finalOutcome("INVITE", byCall.get(index + 1) ?? []));
}

function callKeys({ user, domain }: { user: string; domain: string }, target: string) {
  return {
    from_user: user,
    from_domain: domain,
    target: target.startsWith("sip:") ? target : `sip:${target}`,
    agent: userAgent,
  };
}

function finalOutcome(method: string, messages: SipMessage[]): Outcome {
  const outcome = outcomeOf(method, messages);
  if (outcome) return outcome;
  const lines = messages.map(({ direction, startLine }) => `${direction} ${startLine}`);
  throw new Error(`No final answer to ${method}:\n${lines.join("\n")}`);
}
