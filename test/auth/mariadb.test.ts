import { authSuite } from "./suite";

authSuite("v7");
