import type { Answer, Shape } from "./answer";

/** What stands in a field, in a few words for people who write programs: `list of {alias, destination}`. */
export function toldOf(answer: Answer): string {
  const words = shapeInWords(answer.shape);
  const or = answer.nullable ? `${words}, or null` : words;
  return answer.optional ? `${or}; may be left out` : or;
}

function shapeInWords(shape: Shape): string {
  switch (shape.kind) {
    case "text":
      return shape.choices === undefined ? "text" : `one of ${shape.choices.join(", ")}`;
    case "sentence":
      return "a sentence";
    case "telephone":
      return "a number, or whatever else calls are sent to";
    case "secret":
      return "a secret, null to who may not see it";
    case "number":
      return "a whole number";
    case "flag":
      return "true or false";
    case "time":
      return shape.unit === 1 ? "unix milliseconds" : "unix seconds";
    case "list":
    case "rows":
      return `list of ${toldOf(shape.of)}`;
    case "record":
      return `{${Object.keys(shape.fields).join(", ")}}`;
    case "either":
      return `${toldOf(shape.plain)}, or ${toldOf(shape.record)}`;
    case "map":
      return `${toldOf(shape.of)} by name`;
    case "value":
    case "anything":
      return "any value";
  }
}
