import { permissions } from "./cases/permissions.js";
import { mariadbEngine } from "./engine.js";
import { useSite } from "./site.js";

// A site that has added `permittedcalls` to its subscriber table.
permissions(useSite(() => mariadbEngine("permittedcalls")));
