import { failed } from "../../model/refusal";
import type { RecordEntry } from "../../store/provisioning/records";
import type { Stores } from "../../store/stores";

/** The record; refuses with `nonexistant`. */
export async function findRecord(
  { records }: Pick<Stores, "records">,
  id: string,
): Promise<RecordEntry> {
  const record = await records.find(id);
  if (record !== undefined) return record;
  throw failed("nonexistant", `There is no record ${id}. See: hermes audit list`);
}
