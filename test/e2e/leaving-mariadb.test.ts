import { leaving, ways } from "./cases/leaving.js";
import { mariadbEngine } from "./engine.js";
import { useSite } from "./site.js";

// Kamailio has its registrations in the table `location` alone.
const site = useSite(() => mariadbEngine());

leaving(site, ways);
