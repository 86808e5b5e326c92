import * as answer from "../../answers";
import { formatSipAddress } from "../../model/sip-address";
import { extension } from "../../params/extension";
import { positional } from "../../params/param";
import { clearManager } from "../../rules/extensions";
import { node } from "../node";
import { previousManager } from "./answers";

export const clearManagingUser = node({
  name: "extension/clear_managing_user",
  summary: "Leave an extension without a managing user",
  access: "read_write",
  params: { extension: positional(extension()) },
  answers: { extension: answer.text(), previous: previousManager() },
  tells: {
    verb: ["Clear", "Cleared"],
    what: ({ extension, previous }) => `the managing user of ${extension}, ${previous}`,
  },
  examples: [{ command: "hermes extension clear-managing-user 4224@example.org" }],
  rule: clearManager,
  wanted: ({ extension }) => ({ extension }),
  answer: ({ extension, previous }) => ({
    extension: formatSipAddress(extension),
    previous: previous.username,
  }),
});
