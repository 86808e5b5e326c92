import type { CallClasses, ClassRule, DialRule } from "./call-classes";

/**
 * The rules as routes that examples/kamailio/kamailio.cfg includes: EMERGENCY_NUMBERS and CLASSIFY
 * set $var(class), NORMALISE makes what was dialled into E.164.
 */
export function kamailioClasses(classes: CallClasses): string {
  return `# Call classes, from the section [classes] of Hermes' configuration. Change them there, then:
#   hermes kamailio classes > classes.cfg
# \`hermes permission check\` goes by the same rules. Country: ${classes.country}
${classes.emergencyAlways ? EMERGENCY_ALWAYS : ""}
route[EMERGENCY_NUMBERS] {
${classRule(classes.emergency)}}

# How people dial, made into E.164.
route[NORMALISE] {
${classes.dialling.map(dialRule).join("")}}

# A class for what is no account of this site, or none: 404.
route[CLASSIFY] {
${classes.numbers.map(classRule).join("")}}
`;
}

const EMERGENCY_ALWAYS = `
#!ifndef EMERGENCY_ALWAYS
#!define EMERGENCY_ALWAYS
#!endif
`;

function classRule({ pattern, class: to, what }: ClassRule): string {
  return rule(what, pattern, to === undefined ? [] : [`$var(class) = ${to};`]);
}

function dialRule({ pattern, strip, prefix, what }: DialRule): string {
  const steps = [
    ...(strip > 0 ? [`strip(${strip});`] : []),
    ...(prefix ? [`prefix("${prefix}");`] : []),
  ];
  return rule(what, pattern, steps);
}

function rule(what: string, pattern: string, steps: readonly string[]): string {
  return `\t# ${what}\n\tif ($rU =~ "${pattern}") {\n${[...steps, "return;"].map((step) => `\t\t${step}\n`).join("")}\t}\n`;
}
