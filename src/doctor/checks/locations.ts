import { kamailioTime } from "../../model/kamailio-time";
import { type DataCheck, each } from "../finding";

/** Kamailio's timer comes once a minute; a clock may be off. */
const GRACE = 600;

/** Registrations that ended and still stand there. */
export const locations: DataCheck = {
  name: "locations",
  async *find({ consistency }, { now }) {
    for await (const { user, expires } of each(consistency.expiredLocations(now - GRACE))) {
      const ended = new Date((kamailioTime(expires) ?? 0) * 1000).toISOString();
      yield {
        severity: "note",
        subject: user,
        detail: `A registration ended at ${ended} and still stands in Kamailio's table.`,
        fix: "Kamailio clears them while it runs, in its own time zone: is it running, is TZ the same?",
      };
    }
  },
};
