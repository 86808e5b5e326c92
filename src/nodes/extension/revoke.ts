import { type ExtensionPermissions, extensionPermissions } from "../../model/extension-rights";
import { changeRights } from "../../rules/extensions";
import { node } from "../node";
import { named, namesARight, rightsAnswer, rightsAnswers, rightsParams } from "./rights";

export const revoke = node({
  name: "extension/revoke",
  summary: "Take rights on an extension from an operator",
  description:
    "What is not named stays as it is. An override that is named goes back to NONE where it is that one, and with --all whichever it is. Who manages the extension holds every right all the same.",
  access: "read_write",
  params: rightsParams,
  relations: [namesARight],
  answers: rightsAnswers,
  tells: {
    verb: ["Change", "Changed"],
    what: ({ extension, username }) => `the rights of ${username} on ${extension}`,
    shows: ["permissions"],
  },
  examples: [
    { command: "hermes extension revoke 4224@example.org --username bob --set-presence" },
    { command: "hermes extension revoke 4224@example.org --username bob --all" },
  ],
  rule: changeRights,
  wanted: (params) => {
    const { rights, override, all } = named(params);
    return {
      extension: params.extension,
      who: params.username,
      change(granted: ExtensionPermissions) {
        const { viewOtherPartyOverride: before } = granted;
        return extensionPermissions(
          (right) => granted[right] && !rights.has(right),
          all || override === before ? "NONE" : before,
        );
      },
    };
  },
  answer: rightsAnswer,
});
