import type { Fields } from "../../model/envelope";
import { isRecord } from "./shape";

/** What may be done with an extension, fit to read: the names of what is granted, and the rest by name. */
export function granted(permissions: Fields): Fields {
  const names: string[] = [];
  const others: Fields = {};
  for (const [name, value] of Object.entries(permissions)) {
    if (value === true) names.push(name);
    else if (value !== false) others[name] = value;
  }
  return { permissions: names, ...others };
}

/** Extension → permissions as a list of records: a column for each of the twelve fits no terminal. */
export function grantedByExtension(permissions: Fields): Fields[] {
  return Object.entries(permissions).map(([extension, each]) => ({
    extension,
    ...(isRecord(each) ? granted(each) : { permissions: each }),
  }));
}
