import { nodeSuite } from "./cases";

nodeSuite("permittedcalls");
