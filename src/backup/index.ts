export { keepsWriter } from "../rules/operators";
export { restoreThings } from "../rules/restore";
export { backUp } from "./backup";
export { Backup, FORMAT } from "./file";
export { present, restore } from "./restore";
