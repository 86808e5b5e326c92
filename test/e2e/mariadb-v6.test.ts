import { registration } from "./cases/registration.js";
import { mariadbEngine } from "./engine.js";
import { useSite } from "./site.js";

// Subscriber table version 6: a site that has come a long way.
registration(useSite(() => mariadbEngine("v6")));
