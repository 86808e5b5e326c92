export { add } from "./add";
export { list } from "./list";
export { remove } from "./remove";
