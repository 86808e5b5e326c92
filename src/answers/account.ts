import { nullable, optional } from "./answer";
import { permission } from "./permission";
import { number, oneOf, record, secret, text } from "./types";

export const displayname = () => nullable(text({ label: "display name" }));

/**
 * An account as `user/get` answers it: what every account has, and what only Kamailio's own have.
 * `fresh` where this very call has made its password.
 */
export const account = ({ fresh = false } = {}) =>
  record({
    type: oneOf(["local", "remote"]),
    username: text(),
    password: secret({ fresh }),
    domain: text(),
    authid: nullable(text({ label: "authentication name" })),
    registrar: nullable(text()),
    r_port: nullable(number({ label: "registrar port" })),
    proxy: nullable(text()),
    p_port: nullable(number({ label: "proxy port" })),
    dialplan: nullable(text()),
    displayname: displayname(),
    linetext: nullable(text({ label: "line text" })),
    email: optional(nullable(text())),
    ha1: optional(secret({ label: "HA1" })),
    ha1b: optional(secret({ label: "HA1b" })),
    rpid: optional(nullable(text({ label: "remote party id" }))),
    permittedcalls: optional(nullable(permission({ label: "permitted calls" }))),
  });
