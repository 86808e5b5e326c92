export { add } from "./add";
export { addRange } from "./add-range";
export { assign } from "./assign";
export { inpool } from "./inpool";
export { list } from "./list";
export { release } from "./release";
export { remove } from "./remove";
export { removeRange } from "./remove-range";
