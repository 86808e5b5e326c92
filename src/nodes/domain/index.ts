export { add } from "./add";
export { getServers } from "./get-servers";
export { list } from "./list";
export { reload } from "./reload";
export { remove } from "./remove";
export { setServers } from "./set-servers";
