import { authSuite } from "./suite";

authSuite("embedded");
