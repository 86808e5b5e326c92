import { leaving, ways } from "./cases/leaving.js";
import { sqliteEngine } from "./engine.js";
import { useSite } from "./site.js";

// Kamailio has its registrations in the table `location` alone.
leaving(useSite(sqliteEngine), ways);
