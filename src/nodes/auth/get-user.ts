import * as answer from "../../answers";
import { operatorNameOrId } from "../../params/operators";
import { positional } from "../../params/param";
import { node } from "../node";
import { operatorFields } from "./fields";
import { findOperator } from "./find";

export const getUser = node({
  name: "auth/get_user",
  summary: "Show an operator",
  access: "full_read",
  params: { username: positional(operatorNameOrId()) },
  answers: { user: answer.operator() },
  examples: [{ command: "hermes auth get-user bob" }],
  async run(stores, { username }) {
    return { user: operatorFields(await findOperator(stores, username)) };
  },
});
