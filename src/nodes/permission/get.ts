import { onAccount } from "../../access/lite";
import * as answer from "../../answers";
import { permissionFlags } from "../../model/permission";
import { formatSipAddress } from "../../model/sip-address";
import { positional } from "../../params/param";
import { user } from "../../params/types";
import { subscriberOf } from "../../rules/accounts";
import { node } from "../node";

export const get = node({
  name: "permission/get",
  summary: "Show where an account may call",
  access: "limited_read",
  params: { user: positional(user()) },
  answers: { user: answer.text(), permission: answer.permission(), flags: answer.flags() },
  lite: onAccount("user"),
  examples: [{ command: "hermes permission get alice@example.org" }],
  rule: subscriberOf,
  wanted: ({ user }) => user,
  answer({ address, subscriber }) {
    const permission = subscriber.permittedcalls ?? 0;
    return { user: formatSipAddress(address), permission, flags: permissionFlags(permission) };
  },
});
