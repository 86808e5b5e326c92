import { nodeSuite } from "./cases";

nodeSuite("two servers");
