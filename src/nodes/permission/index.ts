export { get } from "./get";
export { set } from "./set";
