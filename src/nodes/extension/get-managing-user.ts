import * as answer from "../../answers";
import { formatSipAddress } from "../../model/sip-address";
import { extension } from "../../params/extension";
import { positional } from "../../params/param";
import { managingUser } from "../../rules/extensions";
import { operatorFields } from "../auth/fields";
import { node } from "../node";
import { onExtension } from "./lite";

export const getManagingUser = node({
  name: "extension/get_managing_user",
  summary: "Show the operator to whom an extension belongs",
  access: "limited_read",
  params: { extension: positional(extension()) },
  answers: { extension: answer.text(), user: answer.operator() },
  lite: onExtension(({ extension }) => extension),
  examples: [{ command: "hermes extension get-managing-user 4224@example.org" }],
  rule: managingUser,
  wanted: ({ extension }) => ({ extension }),
  answer: ({ extension, manager }) => ({
    extension: formatSipAddress(extension),
    user: operatorFields(manager),
  }),
});
