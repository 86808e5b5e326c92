export { check } from "./check";
export { get } from "./get";
export { set } from "./set";
