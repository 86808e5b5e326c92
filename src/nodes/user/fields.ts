import type * as answer from "../../answers";
import type { Of } from "../../answers/answer";
import type { KnownAccount } from "../../rules/accounts";

/** A user as `user/get` answers it: what every user has, and what only Kamailio's own have. */
export function userFields({ address, subscriber, user }: KnownAccount): Of<typeof answer.account> {
  return {
    type: subscriber === undefined ? "remote" : "local",
    username: address.username,
    password: subscriber?.password || user?.password || null,
    domain: address.domain,
    authid: user?.authid ?? null,
    registrar: user?.registrar ?? null,
    r_port: user?.r_port ?? null,
    proxy: user?.proxy ?? null,
    p_port: user?.p_port ?? null,
    dialplan: user?.dialplan ?? null,
    displayname: user?.displayname ?? null,
    linetext: user?.linetext ?? null,
    ...(subscriber === undefined
      ? {}
      : {
          email: subscriber.email,
          ha1: subscriber.ha1,
          ha1b: subscriber.ha1b,
          rpid: subscriber.rpid,
          permittedcalls: subscriber.permittedcalls ?? null,
        }),
  };
}
