import { aliases } from "./cases/aliases.js";
import { forwarding } from "./cases/forwarding.js";
import { permissions } from "./cases/permissions.js";
import { registration } from "./cases/registration.js";
import { returning } from "./cases/returning.js";
import { mariadbEngine } from "./engine.js";
import { useSite } from "./site.js";

const site = useSite(() => mariadbEngine());

registration(site);
aliases(site);
permissions(site);
forwarding(site);
returning(site);
