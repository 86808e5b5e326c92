export { add } from "./add";
export { addRange } from "./add-range";
export { inpool } from "./inpool";
export { list } from "./list";
export { remove } from "./remove";
