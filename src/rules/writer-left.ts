import { failed } from "../model/refusal";
import type { Stores } from "../store/stores";

/** Refuses with `last` where an undo or a restore has left nobody who may write, and sessions are asked for. */
export async function requireWriterLeft(
  { operators }: Pick<Stores, "operators">,
  keepWriter: boolean,
): Promise<void> {
  if (!keepWriter || (await operators.writers(1)).length > 0) return;
  throw failed(
    "last",
    "No operator would be left who may write: nobody could let others in then. Nothing was done.",
  );
}
