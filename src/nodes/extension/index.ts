export { clearManagingUser } from "./clear-managing-user";
export { getManagingUser } from "./get-managing-user";
export { grant } from "./grant";
export { permissions } from "./permissions";
export { revoke } from "./revoke";
export { setManagingUser } from "./set-managing-user";
