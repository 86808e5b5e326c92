import { onFound } from "../../access/lite";
import * as answer from "../../answers";
import { formatSipAddress } from "../../model/sip-address";
import { extension } from "../../params/extension";
import { positional } from "../../params/param";
import { operatorFields } from "../auth/rules";
import { node } from "../node";
import { findExtensions, managerOf, requireExtension, unset } from "./rules";

export const getManagingUser = node({
  name: "extension/get_managing_user",
  summary: "Show the operator to whom an extension belongs",
  access: "limited_read",
  params: { extension: positional(extension()) },
  answers: { extension: answer.text(), user: answer.operator() },
  lite: onFound(async (stores, params) => {
    const [found, ...others] = await findExtensions(stores, params.extension);
    return others.length > 0 ? undefined : found;
  }),
  examples: [{ command: "hermes extension get-managing-user 4224@example.org" }],
  async run(stores, params) {
    const address = await requireExtension(stores, params.extension);
    const manager = await managerOf(stores, address);
    if (manager === undefined) throw unset(address);
    return { extension: formatSipAddress(address), user: operatorFields(manager) };
  },
});
