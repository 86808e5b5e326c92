import type { Answer, Answers } from "./answer";

/** A JSON Schema, or a part of one (draft 2020-12). */
export type Schema = Readonly<Record<string, unknown>>;

interface Described {
  readonly name: string;
  readonly summary: string;
  readonly answers: Answers;
}

/** The JSON Schema of a node's envelope: of an answer, or of a refusal. */
export function answerSchema({ name, summary, answers }: Described): Schema {
  const { properties, required } = fields(answers);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: name,
    description: summary,
    oneOf: [
      {
        type: "object",
        properties: { response: { enum: ["ok", "pong"] }, ...properties, dry_run: { const: true } },
        required: ["response", ...required],
        additionalProperties: false,
      },
      {
        type: "object",
        properties: {
          response: { enum: ["failed", "invalid", "error"] },
          cause: { type: "string" },
          detail: { type: "string" },
        },
        required: ["response", "cause", "detail"],
      },
    ],
  };
}

/** The JSON Schema of a value. */
function valueSchema(answer: Answer): Schema {
  const schema = shapeSchema(answer);
  if (!answer.nullable || schema.type === undefined) return schema;
  return {
    ...schema,
    type: [schema.type, "null"],
    ...(Array.isArray(schema.enum) ? { enum: [...schema.enum, null] } : {}),
  };
}

function shapeSchema({ shape }: Answer): Schema {
  switch (shape.kind) {
    case "text":
      return { type: "string", ...(shape.choices === undefined ? {} : { enum: shape.choices }) };
    case "sentence":
    case "telephone":
      return { type: "string" };
    case "secret":
      return { type: ["string", "null"], description: "null to who may not see it" };
    case "number":
      return { type: "integer" };
    case "flag":
      return { type: "boolean" };
    case "time":
      return {
        type: "integer",
        description: shape.unit === 1 ? "unix milliseconds" : "unix seconds",
      };
    case "list":
    case "rows":
      return { type: "array", items: valueSchema(shape.of) };
    case "record":
      return { type: "object", ...fields(shape.fields), additionalProperties: false };
    case "either":
      return { anyOf: [valueSchema(shape.plain), valueSchema(shape.record)] };
    case "map":
      return {
        type: "object",
        ...(shape.named === undefined ? {} : { properties: fields(shape.named).properties }),
        additionalProperties: valueSchema(shape.of),
      };
    case "value":
    case "anything":
      return {};
  }
}

function fields(answers: Answers) {
  const entries = Object.entries(answers);
  return {
    properties: Object.fromEntries(entries.map(([name, answer]) => [name, valueSchema(answer)])),
    required: entries.filter(([, { optional }]) => !optional).map(([name]) => name),
  };
}
