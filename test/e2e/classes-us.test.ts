import { compileClasses } from "../../src/classes/compile";
import { readClasses } from "../../src/config/classes";
import { callClasses } from "./cases/classes.js";
import { sqliteEngine } from "./engine.js";
import { exampleWithClasses } from "./example-with-classes.js";
import { useSite } from "./site.js";

// A country that shares its calling code with many, has a national prefix, and every setting.
const section = {
  country: "US",
  own: ["+1212555????"],
  emergency: ["911", "9911"],
  emergency_always: true,
  internal: ["5???"],
  national: ["+1416*"],
  services: ["?11"],
  international: ["+1907*"],
  others: ["+1888*", "+5*"],
};
const classes = await compileClasses(readClasses(section));

callClasses(useSite(sqliteEngine, { config: exampleWithClasses(classes) }), {
  section,
  classes,
  numbers: [
    ...["911", "9911", "411", "112", "5123", "6123"],
    ...["2122345678", "12122345678", "+12122345678", "2125552368", "+12125552368"],
    ...["19005552368", "+19005552368", "18005552368", "18885552368", "15005552368"],
    ...["14165552368", "19072345678", "18765552368", "+12425552368", "16045552368"],
    ...["0114722222222", "+4722222222", "+525512345678", "+8816123456", "+11234567890"],
  ],
  atLeast: 200,
});
