import { nodeSuite } from "./cases";

nodeSuite("v6");
