import { digestOf } from "../../model/credentials";
import { token } from "../../params/operators";
import { optional } from "../../params/param";
import { node } from "../node";

export const logout = node({
  name: "auth/logout",
  summary: "End the session",
  access: "none",
  writes: true,
  alone: true,
  session: "closes",
  params: {
    session: optional(token("the session to end; left out, the one that is kept")),
  },
  answers: {},
  tells: { verb: ["End", "Ended"], what: () => "the session" },
  examples: [{ command: "hermes auth logout" }],
  async run({ sessions }, { session }) {
    if (session !== undefined) await sessions.remove(digestOf(session));
    return {};
  },
});
