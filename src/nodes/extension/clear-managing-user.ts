import * as answer from "../../answers";
import { formatSipAddress } from "../../model/sip-address";
import { extension } from "../../params/extension";
import { positional } from "../../params/param";
import { node } from "../node";
import { managerOf, previousManager, requireExtension, unset } from "./rules";

export const clearManagingUser = node({
  name: "extension/clear_managing_user",
  summary: "Leave an extension without a managing user",
  access: "read_write",
  params: { extension: positional(extension()) },
  answers: { extension: answer.text(), previous: previousManager() },
  examples: [{ command: "hermes extension clear-managing-user 4224@example.org" }],
  async run(stores, params) {
    await stores.locks.take("addresses");
    const address = await requireExtension(stores, params.extension);
    const previous = await managerOf(stores, address);
    if (previous === undefined) throw unset(address);
    await stores.managingUsers.clear(address);
    return { extension: formatSipAddress(address), previous: previous.username };
  },
});
