import { bulk } from "./bulk";
import { config } from "./config";
import { exitCodes } from "./exit-codes";
import { output } from "./output";
import { permissions } from "./permissions";

/** What `hermes help` can explain beside its commands. */
export const topics = [permissions, output, exitCodes, config, bulk];
