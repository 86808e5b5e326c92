import { noOperator } from "../../rules/operators";
import type { OperatorRecord } from "../../store/provisioning/operators";
import type { Stores } from "../../store/stores";

/** The operator of that username or id; refuses with `nonexistant`. */
export async function findOperator(
  { operators }: Pick<Stores, "operators">,
  nameOrId: string,
): Promise<OperatorRecord> {
  const operator = (await operators.find(nameOrId)) ?? (await operators.findById(nameOrId));
  if (operator === undefined) throw noOperator(nameOrId);
  return operator;
}
