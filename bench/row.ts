import type { Outcome } from "./contest";

/** A line of the table: what Hermes took, what the peer took, and what was asked for. */
export interface Row {
  readonly work: string;
  readonly hermes: string;
  /** Hermes' round trips to MariaDB; empty where none are counted. */
  readonly trips: string;
  readonly peer: string;
  readonly ratio: string;
  /** Empty where nothing was asked for. */
  readonly bar: string;
  /** Undefined where there is no bar, or no peer, so that nobody knows. */
  readonly met: boolean | undefined;
}

interface Against {
  readonly work: string;
  readonly hermes: Outcome;
  readonly peer: string;
  /** Undefined where the peer is missing. */
  readonly other: Outcome | undefined;
  /** Hermes may take at most so many times as long; left out, it only shows how long. */
  readonly most?: number;
}

/** Time against time. */
export function timeRow({ work, hermes, peer, other, most }: Against): Row {
  const bar = most === undefined ? "" : `≤ ${most.toFixed(2)} ×`;
  const trips = tripsText(hermes.trips);
  if (other === undefined) return missing(work, duration(hermes.ms), trips, peer, bar);
  const ratio = hermes.ms / other.ms;
  return {
    work,
    hermes: duration(hermes.ms),
    trips,
    peer: `${peer}: ${duration(other.ms)}`,
    ratio: `${ratio.toFixed(2)} ×`,
    bar,
    met: most === undefined ? undefined : ratio <= most,
  };
}

interface Rates {
  readonly work: string;
  /** Operations a second. */
  readonly hermes: number;
  /** Hermes' round trips to MariaDB. */
  readonly trips: number | undefined;
  readonly peer: string;
  readonly other: number | undefined;
  /** Hermes must do at least so many times as many; left out, it only shows how many. */
  readonly least?: number;
}

/** Rate against rate. */
export function rateRow({ work, hermes, trips, peer, other, least }: Rates): Row {
  const bar = least === undefined ? "" : `≥ ${least} ×`;
  if (other === undefined) return missing(work, rate(hermes), tripsText(trips), peer, bar);
  const ratio = hermes / other;
  return {
    work,
    hermes: rate(hermes),
    trips: tripsText(trips),
    peer: `${peer}: ${rate(other)}`,
    ratio: `${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`,
    bar,
    met: least === undefined ? undefined : ratio >= least,
  };
}

/** Peak memory against a fixed bar, in MB. */
export function memoryRow(work: string, hermes: Outcome, most: number, other?: Outcome): Row {
  return {
    work,
    hermes: `${hermes.peak.toFixed(0)} MB`,
    trips: "",
    peer: other === undefined ? "" : `${other.peak.toFixed(0)} MB`,
    ratio: "",
    bar: `≤ ${most} MB`,
    met: hermes.peak <= most,
  };
}

/** Time against a fixed bar, in milliseconds. */
export function limitRow(work: string, ms: number, most: number): Row {
  const bar = `≤ ${duration(most)}`;
  return { work, hermes: duration(ms), trips: "", peer: "", ratio: "", bar, met: ms <= most };
}

/** Round trips against a fixed bar. */
export function tripsRow(work: string, { trips }: Outcome, most: number): Row {
  return {
    work,
    hermes: "",
    trips: tripsText(trips),
    peer: "",
    ratio: "",
    bar: `≤ ${most}`,
    met: trips === undefined ? undefined : trips <= most,
  };
}

/** A share of the whole against a fixed bar. */
export function shareRow(work: string, share: number, most: number): Row {
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
  return {
    work,
    hermes: percent(share),
    trips: "",
    peer: "",
    ratio: "",
    bar: `< ${percent(most)}`,
    met: share < most,
  };
}

function missing(work: string, hermes: string, trips: string, peer: string, bar: string): Row {
  return { work, hermes, trips, peer: `${peer} is missing`, ratio: "", bar, met: undefined };
}

const tripsText = (trips: number | undefined) => trips?.toLocaleString("en") ?? "";

const duration = (ms: number) =>
  ms < 1000 ? `${ms.toFixed(ms < 100 ? 1 : 0)} ms` : `${(ms / 1000).toFixed(2)} s`;

const rate = (perSecond: number) => `${perSecond.toFixed(perSecond < 100 ? 1 : 0)}/s`;
