import { isDeepStrictEqual } from "node:util";
import { shown } from "./access/shown";
import type { Deed, Recorded } from "./changes/recording";
import { DatabaseError } from "./database/error";
import { explain } from "./database/explain";
import type { Leaving } from "./kamailio-rpc/leaving";
import { answer, type Envelope, type Fields } from "./model/envelope";
import type { LockName } from "./model/lock-name";
import { failed, Refusal } from "./model/refusal";
import { Rows } from "./model/rows";
import type { SipAddress } from "./model/sip-address";
import { type AnyNode, type Context, isRuled, type RuledNode, type Settle } from "./nodes/node";
import { carryOutOne } from "./rules/carry-out";
import type { Stores } from "./store/stores";

/** A request that is well formed and allowed. */
export interface Prepared {
  readonly node: AnyNode;
  readonly params: Record<string, unknown>;
  readonly context: Context;
  /** The request as the node's rule takes it, where it has one. */
  readonly wanted: unknown;
  /** What is left to do once its write is certain. */
  readonly settle: Settle | undefined;
  readonly writes: boolean;
  /** What the person who said yes was told that it would come to. */
  readonly told?: Envelope | undefined;
  /** What its record says of it, where it changes something. */
  readonly deed: Deed;
}

/** What is locked before it is carried out. */
export function locksOf({ node, wanted, writes }: Prepared): readonly LockName[] {
  if (!writes) return [];
  if (!isRuled(node)) return node.locks ?? [];
  return node.rule.locksOf?.(wanted) ?? node.rule.locks;
}

/** What a request came to. */
export interface Performed {
  readonly result: Fields | Refusal;
  /** Whose registrations are over once it is certain. */
  readonly leaving?: SipAddress | undefined;
}

/** Carries a request out. What the database refuses is answered with what the node says of it. */
export async function performed(
  { node, params, context, wanted }: Prepared,
  stores: Recorded,
  before?: unknown,
): Promise<Performed> {
  if (!isRuled(node)) return { result: await node.run(stores, params, context, before) };
  try {
    const outcome = await carryOutOne(stores, node.rule, wanted, context.progress);
    return await concluded({ node, params, context, wanted }, stores, outcome);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.endsTransaction) throw error;
    if (node.blames === undefined) throw error;
    const { response, reason, detail } = explain(error, context.config);
    throw new Refusal(response, reason, detail, node.blames(params));
  }
}

/** What a request comes to whose rule allowed it. */
export async function concluded(
  {
    node,
    params,
    context,
    wanted,
  }: Pick<Prepared, "params" | "context" | "wanted"> & { readonly node: RuledNode },
  stores: Stores,
  outcome: unknown,
): Promise<Performed> {
  await node.after?.(stores, outcome, params as never, context);
  return {
    result: node.answer(outcome, params as never, wanted),
    leaving: node.leaves?.(outcome),
  };
}

/** The answer as its caller may see it, lists still to be read. */
export async function enveloped(
  { node, params, context }: Prepared,
  result: Fields | Refusal,
  trial: boolean,
): Promise<Envelope> {
  if (result instanceof Refusal) throw result;
  const fields = await shown(context.authority, node, result, params);
  return answer(trial ? { ...fields, dry_run: true } : fields);
}

/** Between a question and its answer others may write: nothing goes that was not told. */
export async function requireAsTold(prepared: Prepared, { result }: Performed): Promise<void> {
  const { told, node } = prepared;
  // What is no rule's looks by itself for what stands in the way: an undo.
  if (told === undefined || !isRuled(node)) return;
  const comesTo = await enveloped(prepared, result, true);
  if (isDeepStrictEqual(comesTo, told)) return;
  throw failed(
    "changed",
    "What would go has changed since you were asked. Nothing was done: ask again.",
  );
}

/** The answer once it is certain: a running Kamailio has been told who is not to be registered any more. */
export async function parted(
  envelope: Envelope,
  leaving: SipAddress | undefined,
  kamailio: Leaving,
): Promise<Envelope> {
  const left = leaving === undefined ? undefined : await kamailio.end(leaving);
  if (left === undefined) return envelope;
  const detail = envelope.detail === undefined ? left : `${envelope.detail}. ${left}`;
  return { ...envelope, detail };
}

/** Lists that were not read as they came, as arrays. */
export async function gathered(envelope: Envelope): Promise<Envelope> {
  const entries = await Promise.all(
    Object.entries(envelope).map(async ([name, value]) => [
      name,
      value instanceof Rows ? await value.toArray() : value,
    ]),
  );
  return Object.fromEntries(entries);
}
