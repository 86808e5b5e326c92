export { getServers } from "./get-servers";
export { list } from "./list";
export { setServers } from "./set-servers";
