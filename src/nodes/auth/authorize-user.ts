import * as answer from "../../answers";
import { accessLevel, operatorNameOrId } from "../../params/operators";
import { positional } from "../../params/param";
import { authorizeOperator, keepsWriter } from "../../rules/operators";
import { node } from "../node";

export const authorizeUser = node({
  name: "auth/authorize_user",
  summary: "Set what an operator may do",
  access: "read_write",
  params: {
    username: positional(operatorNameOrId()),
    access: accessLevel("what the operator is to be allowed"),
  },
  answers: { user: answer.text(), access: answer.accessLevel() },
  tells: {
    verb: ["Allow", "Allowed"],
    what: ({ user, access }) => `${user} ${access}`,
  },
  examples: [{ command: "hermes auth authorize-user bob --access full_read" }],
  rule: authorizeOperator,
  wanted: ({ username, access }, { config }) => ({
    ...{ who: username, access },
    keepWriter: keepsWriter(config),
  }),
  answer: ({ username, access }) => ({ user: username, access }),
});
