import { nodeSuite } from "./cases";

nodeSuite("v7");
