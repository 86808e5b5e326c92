import { onAccount } from "../../access/lite";
import * as answer from "../../answers";
import { positional } from "../../params/param";
import { user } from "../../params/types";
import { accountOf } from "../../rules/accounts";
import { node } from "../node";
import { userFields } from "./fields";

export const get = node({
  name: "user/get",
  summary: "Show an account",
  description:
    "Everything about an account but its phones (see phone get) and aliases (see alias list).",
  access: "limited_read",
  params: { user: positional(user()) },
  answers: { user: answer.account() },
  lite: onAccount("user"),
  examples: [
    { command: "hermes user get alice@example.org" },
    { command: "hermes user get alice@example.org --show-secrets", about: "with password and HA1" },
  ],
  rule: accountOf,
  wanted: ({ user }) => user,
  answer: (account) => ({ user: userFields(account) }),
});
