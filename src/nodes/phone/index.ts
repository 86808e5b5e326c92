export { add } from "./add";
export { get } from "./get";
export { list } from "./list";
export { remove } from "./remove";
export { render } from "./render";
export { resync } from "./resync";
export { set } from "./set";
export { vendors } from "./vendors";
