import { LOG_IN } from "../../access/identify";
import { unauthorized } from "../../model/refusal";
import { token } from "../../params/operators";
import { optional } from "../../params/param";
import { node } from "../node";
import { newAuthKey } from "./sessions";

export const ping = node({
  name: "auth/ping",
  summary: "Put a new auth_key in the place of the session's old one",
  description:
    "The old one ends at once, the session no later than before. The command line does this by itself for the session that it keeps.",
  access: "session",
  writes: true,
  alone: true,
  session: "renews",
  params: {
    session: optional(token("the session; left out, the one that is kept")),
    auth_key: optional(token("the auth_key that holds at present")),
  },
  answers: ["auth_key", "key_expires"],
  fresh: ["auth_key"],
  examples: [{ command: "hermes auth ping" }],
  async run({ sessions }, _params, { authority: { session }, config, now }) {
    if (session === undefined) throw unauthorized(`There is no valid session. ${LOG_IN}`);
    const { authKey, keyDigest, keyExpires } = newAuthKey(config, now, session.expires);
    if (!(await sessions.renew(session, keyDigest, keyExpires))) {
      throw unauthorized("The auth_key was replaced a moment ago.");
    }
    return { response: "pong", auth_key: authKey, key_expires: keyExpires };
  },
});
