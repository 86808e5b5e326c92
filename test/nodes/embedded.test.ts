import { nodeSuite } from "./cases";

nodeSuite("embedded");
