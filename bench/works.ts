import type { Work } from "./work";
import { addLocals } from "./work/add-local";
import { addRange } from "./work/add-range";
import { addRangeSqlite } from "./work/add-range-sqlite";
import { backup } from "./work/backup";
import { batch } from "./work/batch";
import { exportUsers } from "./work/export-users";
import { importUsers } from "./work/import-users";
import { listNumbers } from "./work/list-numbers";
import { manySubscribers } from "./work/many-subscribers";
import { randomNumbers } from "./work/random-numbers";
import { record } from "./work/record";
import { startUp } from "./work/start-up";
import { userGet } from "./work/user-get";
import { writesBeside } from "./work/writes-beside";

/** Everything that is measured, in the table's order. */
export const works: readonly Work[] = [
  addRange,
  addRangeSqlite,
  listNumbers,
  importUsers,
  exportUsers,
  record,
  backup,
  batch,
  addLocals,
  userGet,
  startUp,
  randomNumbers,
  manySubscribers,
  writesBeside,
];
