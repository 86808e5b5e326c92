import { phones } from "./cases/phones.js";
import { mariadbEngine } from "./engine.js";
import { useSite } from "./site.js";

phones(useSite(mariadbEngine));
