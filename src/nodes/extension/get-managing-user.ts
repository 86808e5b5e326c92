import { formatSipAddress } from "../../model/sip-address";
import { extension } from "../../params/extension";
import { positional } from "../../params/param";
import { operatorFields } from "../auth/rules";
import { node } from "../node";
import { managerOf, requireExtension, unset } from "./rules";

export const getManagingUser = node({
  name: "extension/get_managing_user",
  summary: "Show the operator to whom an extension belongs",
  access: "limited_read",
  params: { extension: positional(extension()) },
  answers: ["extension", "user"],
  examples: [{ command: "hermes extension get-managing-user 4224@example.org" }],
  async run(stores, params) {
    const address = await requireExtension(stores, params.extension);
    const manager = await managerOf(stores, address);
    if (manager === undefined) throw unset(address);
    return { extension: formatSipAddress(address), user: operatorFields(manager) };
  },
});
