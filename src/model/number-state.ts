/** What can be said of an E.164 number. */
export const NUMBER_STATES = ["free", "assigned", "reserved", "quarantined"] as const;

export type KnownState = (typeof NUMBER_STATES)[number];

/** `unknown` is one that is neither in the pool nor anybody's. */
export type NumberState = KnownState | "unknown";

/** What is kept of a number that is out of the pool for a while. */
export interface HeldValues {
  /** Reserved by somebody, or resting since its release. */
  readonly state: "reserved" | "quarantined";
  /** Unix seconds from which on it can be given out again; null is never, by itself. */
  readonly until: number | null;
  readonly note: string | null;
}

export interface HeldNumber extends HeldValues {
  readonly number: string;
}

/** A number and what it is. */
export interface NumberEntry {
  readonly number: string;
  readonly state: KnownState;
  readonly until: number | null;
  readonly note: string | null;
}

/** Whether its time is over: it is as good as back in the pool. */
export const isDue = ({ until }: Pick<HeldValues, "until">, now: number) =>
  until !== null && until <= now;

/** Until when a number rests that is released at `now`; null where it need not rest. */
export const endOfRest = (quarantine: number, now: number) =>
  quarantine === 0 ? null : now + quarantine;
