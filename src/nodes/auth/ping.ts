import { LOG_IN } from "../../access/identify";
import { open } from "../../access/lite";
import * as answer from "../../answers";
import { unauthorized } from "../../model/refusal";
import { node } from "../node";
import { freshAuthKey, newAuthKey } from "./sessions";

export const ping = node({
  name: "auth/ping",
  summary: "Put a new auth_key in the place of the session's old one",
  description:
    "The old one ends at once, the session no later than before. The command line does this by itself for the session that it keeps.",
  access: "session",
  writes: true,
  alone: true,
  session: "renews",
  params: {},
  answers: { auth_key: freshAuthKey(), key_expires: answer.time() },
  lite: open,
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
