import { type ExtensionPermissions, extensionPermissions } from "../../model/extension-rights";
import { changeRights } from "../../rules/extensions";
import { node } from "../node";
import { named, namesARight, rightsAnswer, rightsAnswers, rightsParams } from "./rights";

export const grant = node({
  name: "extension/grant",
  summary: "Give an operator rights on an extension",
  description: "What is not named stays as it is.",
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
    { command: "hermes extension grant 4224@example.org --username bob --pickup --set-presence" },
    {
      command:
        "hermes extension grant 4224@example.org --username bob --view-other-party --view-other-party-override HIDE_OFF_WORK",
    },
  ],
  rule: changeRights,
  wanted: (params) => {
    const { rights, override } = named(params);
    return {
      extension: params.extension,
      who: params.username,
      change: (granted: ExtensionPermissions) =>
        extensionPermissions(
          (right) => granted[right] || rights.has(right),
          override ?? granted.viewOtherPartyOverride,
        ),
    };
  },
  answer: rightsAnswer,
});
