import { compileClasses } from "../../src/classes/compile";
import { readClasses } from "../../src/config/classes";
import { exampleSection } from "../classes/settings";
import { callClasses } from "./cases/classes.js";
import { sqliteEngine } from "./engine.js";
import { useSite } from "./site.js";

// The example as it is shipped: Norway.
callClasses(useSite(sqliteEngine), {
  section: exampleSection,
  classes: await compileClasses(readClasses(exampleSection)),
  numbers: [
    ...["110", "112", "113", "911"],
    ...["22222222", "+4722222222", "004722222222", "91234567", "79021000", "80012345", "85012345"],
    ...["02800", "82012345", "+4781012345", "81500000", "88012345", "+4781212345"],
    ...["+46812345678", "0046812345678", "+12125552368", "+79161234567", "+442079460000"],
    ...["+8816123456", "+87077312345", "+88312345678", "+9791234567", "+80012345678"],
    ...["12345678", "+4713345678", "123456789", "+9991234567", "+4681234567812345", "*21*22"],
    ...["+4712345999", "004712345007", "004712345999", "04500", "+123", "*21"],
  ],
  atLeast: 300,
});
