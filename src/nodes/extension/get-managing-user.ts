import { onFound } from "../../access/lite";
import * as answer from "../../answers";
import { formatSipAddress } from "../../model/sip-address";
import { extension } from "../../params/extension";
import { positional } from "../../params/param";
import { factsFor } from "../../rules/carry-out";
import { asksForExtensions, extensionsNamed, managingUser } from "../../rules/extensions";
import { operatorFields } from "../auth/fields";
import { node } from "../node";

export const getManagingUser = node({
  name: "extension/get_managing_user",
  summary: "Show the operator to whom an extension belongs",
  access: "limited_read",
  params: { extension: positional(extension()) },
  answers: { extension: answer.text(), user: answer.operator() },
  lite: onFound(async (stores, params) => {
    const facts = await factsFor(stores, { asks: asksForExtensions }, [params]);
    const [found, ...others] = extensionsNamed(facts, params.extension);
    return others.length > 0 ? undefined : found;
  }),
  examples: [{ command: "hermes extension get-managing-user 4224@example.org" }],
  rule: managingUser,
  wanted: ({ extension }) => ({ extension }),
  answer: ({ extension, manager }) => ({
    extension: formatSipAddress(extension),
    user: operatorFields(manager),
  }),
});
