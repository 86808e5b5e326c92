import { phones } from "./cases/phones.js";
import { sqliteEngine } from "./engine.js";
import { useSite } from "./site.js";

phones(useSite(sqliteEngine));
