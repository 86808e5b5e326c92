import type { Answers } from "../../answers/answer";
import { declared } from "../../answers/leaves";
import { looksLikeE164 } from "../../model/e164-form";
import type { Envelope } from "../../model/envelope";
import { isoTime } from "../../model/iso-time";
import type { Telling, Wording } from "../../nodes/telling";
import { localTime } from "./time";
import { visible } from "./visible";

// biome-ignore lint/suspicious/noExplicitAny: what a write of any answer says
export type AnyTelling = Telling<any>;

/** "Removed bob@example.org and its 2 phones." Of what was only tried out: "Would remove …". */
export async function sentence(
  { verb: [asked, done], what }: AnyTelling,
  envelope: Envelope,
  terminal: boolean,
): Promise<string> {
  const about = what(envelope, await wording(terminal));
  const tried = envelope.dry_run === true;
  return visible(`${tried ? `Would ${lowerFirst(asked)}` : done} ${about}.`);
}

/** "Remove bob@example.org and its 2 phones?", of what it would come to. */
export async function question({ verb, what }: AnyTelling, wouldBe: Envelope): Promise<string> {
  return visible(`${verb[0]} ${what(wouldBe, await wording(true))}?`);
}

/** What is left to be shown below the sentence. */
export function besides(
  { shows = [] }: AnyTelling,
  envelope: Envelope,
  answers: Answers,
): Envelope {
  const fields = Object.entries(envelope).filter(([name]) => {
    const { shape } = declared(answers, name);
    const fresh = shape.kind === "secret" && shape.fresh;
    return fresh || shape.kind === "sentence" || shows.includes(name);
  });
  return { response: "ok", ...Object.fromEntries(fields) };
}

async function wording(terminal: boolean): Promise<Wording> {
  if (!terminal) return { number: (number) => number, time: (at) => isoTime(at * 1000) };
  const { formatE164 } = await import("../../model/e164");
  const shown = (number: string) => (looksLikeE164(number) ? formatE164(number) : number);
  return { number: shown, time: (at) => localTime(at * 1000, Date.now()) };
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
