import * as answer from "../../answers";
import { counted } from "../../model/words";
import { node } from "../node";

export const seen = node({
  name: "user/seen",
  summary: "Note who is registered now, for user list --unused; best run by cron",
  description:
    "Kamailio forgets a registration once it is over. What is noted here stays: user list --unused and user show go by it.",
  access: "read_write",
  params: {},
  answers: { registered: answer.count() },
  tells: {
    verb: ["Note", "Noted"],
    what: ({ registered }) => counted(registered, "registered account"),
  },
  examples: [{ command: "hermes user seen --quiet" }],
  async run({ registrations }, _params, { now }) {
    return { registered: await registrations.note(now) };
  },
});
