import type { Given, SiteDefaults } from "../params/param";
import { readParams } from "../params/read";
import { requireRelations } from "../params/relations";
import type { NodeDeclaration } from "./node";

/** The checked parameters of a call, by all that can be said of them before any database is touched. */
export async function readRequest(
  { params, relations = [], refuse, check }: NodeDeclaration,
  given: Given,
  defaults?: SiteDefaults,
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = await readParams(params, given, { refuse, defaults });
  requireRelations(relations, params, values);
  check?.(values);
  return values;
}
