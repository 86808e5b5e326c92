export { list } from "./list";
export { prune } from "./prune";
export { show } from "./show";
export { undo } from "./undo";
