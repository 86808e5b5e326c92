import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { answerSchema } from "../../src/answers/schema";
import type { Envelope } from "../../src/model/envelope";
import { findNode } from "../../src/nodes/registry";

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
const validators = new Map<string, ValidateFunction>();

/** The envelope; throws where it is not what the node's declaration says, by its JSON Schema. */
export function asDeclared(name: string, envelope: Envelope): Envelope {
  const node = findNode(name);
  if (node === undefined) return envelope;
  const validate = validators.get(name) ?? ajv.compile(answerSchema(node));
  validators.set(name, validate);
  if (validate(envelope)) return envelope;
  throw new Error(`${name} declares another answer: ${ajv.errorsText(validate.errors)}`);
}
