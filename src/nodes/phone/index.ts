export { add } from "./add";
export { get } from "./get";
export { list } from "./list";
export { remove } from "./remove";
