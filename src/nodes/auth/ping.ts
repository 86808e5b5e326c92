import { LOG_IN } from "../../access/identify";
import { open } from "../../access/lite";
import * as answer from "../../answers";
import { unauthorized } from "../../model/refusal";
import { node } from "../node";
import { freshAuthKey, renewal } from "./sessions";

export const ping = node({
  name: "auth/ping",
  summary: "Prolong the session, and put a new auth_key in the place of its old one",
  description:
    "The old key ends at once; the session lives on for auth.session_lifetime, for auth.session_max from its login at most. The command line does this by itself for the session that it keeps.",
  access: "session",
  writes: true,
  alone: true,
  session: "renews",
  params: {},
  answers: {
    auth_key: freshAuthKey(),
    key_expires: answer.time(),
    session_expires: answer.time(),
  },
  tells: {
    verb: ["Prolong", "Prolonged"],
    what: ({ session_expires: until }, as) => `the session until ${as.time(until)}`,
    shows: ["key_expires"],
  },
  lite: open,
  examples: [{ command: "hermes auth ping" }],
  async run({ sessions }, _params, { authority: { session }, config }) {
    if (session === undefined) throw unauthorized(`There is no valid session. ${LOG_IN}`);
    const { authKey, ...renewed } = renewal(config, session.now, session.created);
    if (!(await sessions.renew(session, renewed))) {
      throw unauthorized("The auth_key was replaced a moment ago.");
    }
    return {
      response: "pong",
      auth_key: authKey,
      key_expires: renewed.keyExpires,
      session_expires: renewed.expires,
    };
  },
});
