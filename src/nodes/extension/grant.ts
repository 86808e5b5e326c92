import * as answer from "../../answers";
import { extensionPermissions } from "../../model/extension-rights";
import { node } from "../node";
import { changeRights, namesARight, rightsParams } from "./rights";

export const grant = node({
  name: "extension/grant",
  summary: "Give an operator rights on an extension",
  description: "What is not named stays as it is.",
  access: "read_write",
  params: rightsParams,
  relations: [namesARight],
  answers: {
    extension: answer.text(),
    username: answer.text(),
    permissions: answer.extensionPermissions(),
  },
  examples: [
    { command: "hermes extension grant 4224@example.org --username bob --pickup --set-presence" },
    {
      command:
        "hermes extension grant 4224@example.org --username bob --view-other-party --view-other-party-override HIDE_OFF_WORK",
    },
  ],
  async run(stores, params) {
    return changeRights(stores, params, (granted, { rights, override }) =>
      extensionPermissions(
        (right) => granted[right] || rights.has(right),
        override ?? granted.viewOtherPartyOverride,
      ),
    );
  },
});
