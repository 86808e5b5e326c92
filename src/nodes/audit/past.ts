import type { Moment } from "../../model/moment";

/** The time that is meant in unix milliseconds; a length of time is so long ago. `now` is in unix seconds. */
export const pastOf = (moment: Moment, now: number): number =>
  1000 * ("at" in moment ? moment.at : now - moment.after);
