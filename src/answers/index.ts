export { account, displayname } from "./account";
export { nullable, optional } from "./answer";
export { extensionPermissions, permissionsByExtension } from "./extension-permissions";
export { findings } from "./findings";
export { accessLevel, operator } from "./operator";
export { flags, permission } from "./permission";
export { servers } from "./servers";
export { tally } from "./tally";
export {
  anything,
  count,
  either,
  flag,
  list,
  map,
  millis,
  number,
  oneOf,
  record,
  rows,
  secret,
  sentence,
  shownAs,
  telephone,
  text,
  time,
  toldSentence,
  value,
} from "./types";
