import * as answer from "../../answers";
import { accessLevel, operatorNameOrId } from "../../params/operators";
import { positional } from "../../params/param";
import { node } from "../node";
import { requireOperator } from "./rules";

export const authorizeUser = node({
  name: "auth/authorize_user",
  summary: "Set what an operator may do",
  access: "read_write",
  params: {
    username: positional(operatorNameOrId()),
    access: accessLevel("what the operator is to be allowed"),
  },
  answers: { user: answer.text(), access: answer.accessLevel() },
  examples: [{ command: "hermes auth authorize-user bob --access full_read" }],
  async run(stores, { username, access }) {
    await stores.locks.take("operators");
    const operator = await requireOperator(stores, username);
    await stores.operators.update(operator.id, { access });
    return { user: operator.username, access };
  },
});
