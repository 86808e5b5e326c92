import type { ClassSettings } from "../config/classes";
import { numberGlobPattern } from "../model/number-glob";
import type { CallClass, CallClasses, ClassRule, DialRule } from "./call-classes";
import { emergencyNumbers } from "./emergency-numbers";
import { type NumberingPlan, numberingPlans, type Plans } from "./numbering-plan";

/** Numbers that are listed twice are of the dearer class. */
const LISTED = ["OTHERS", "INTERNATIONAL", "SERVICES", "NATIONAL", "INTERNAL"] as const;

/** Fewer digits are an extension or a short number, never a number of the country. */
const SHORT_MAX = 5;

/** North America dials its numbers with or without the national prefix. */
const NORTH_AMERICA = "1";

/** Made once for each configuration: a batch asks for them on every line. */
const compiled = new WeakMap<ClassSettings, Promise<CallClasses>>();

/**
 * The section `[classes]` and what libphonenumber knows of the country, as a list of patterns.
 * Throws error/config where the country is none.
 */
export function compileClasses(settings: ClassSettings): Promise<CallClasses> {
  const known = compiled.get(settings) ?? compile(settings);
  compiled.set(settings, known);
  return known;
}

async function compile(settings: ClassSettings): Promise<CallClasses> {
  const { country, emergencyAlways, emergency } = settings;
  const plans = await numberingPlans(country);
  return {
    country,
    emergencyAlways,
    emergency: {
      pattern: whole(anyOf((emergency ?? emergencyNumbers(country)).map(numberGlobPattern))),
      class: "EMERGENCY",
      what: "an emergency number",
    },
    dialling: dialling(plans.home, settings),
    numbers: withoutRepeats([...listed(settings), ...ofTheWorld(plans, settings)]),
  };
}

/** How a country's numbers are dialled, made into E.164. */
function dialling(home: NumberingPlan, settings: ClassSettings): DialRule[] {
  const international = settings.internationalPrefix ?? home.internationalPrefix;
  const trunk = nationalPrefix(home, settings);
  const prefix = `+${home.callingCode}`;
  const rules: DialRule[] = [
    {
      pattern: whole(`[0-9]{1,${SHORT_MAX}}`),
      strip: 0,
      prefix: "",
      what: "an extension or short number",
    },
  ];
  if (international) {
    const pattern = whole(`${international}[1-9][0-9]{5,}`);
    rules.push({ pattern, strip: international.length, prefix: "+", what: "a number abroad" });
  }
  const national = `(${home.national})`;
  const what = `a number in ${nameOf(home.country)}`;
  if (trunk !== undefined) {
    rules.push({ pattern: whole(`${trunk}${national}`), strip: trunk.length, prefix, what });
  }
  if (trunk === undefined || home.callingCode === NORTH_AMERICA) {
    rules.push({ pattern: whole(national), strip: 0, prefix, what });
  }
  return rules;
}

function nationalPrefix(home: NumberingPlan, settings: ClassSettings): string | undefined {
  return (settings.nationalPrefix ?? home.nationalPrefix) || undefined;
}

/** What the configuration lists. The site's own numbers must not go out: they would come back in. */
function listed({ own, numbers }: ClassSettings): ClassRule[] {
  const rule = (globs: readonly string[], to: CallClass | undefined, what: string): ClassRule[] =>
    globs.length === 0
      ? []
      : [{ pattern: whole(anyOf(globs.map(numberGlobPattern))), class: to, what }];
  return [
    ...rule(own, undefined, "a number of this site that nobody has"),
    ...LISTED.flatMap((to) =>
      rule(numbers[to], to, `a number listed in classes.${to.toLowerCase()}`),
    ),
  ];
}

function ofTheWorld(plans: Plans, settings: ClassSettings): ClassRule[] {
  const { home, territories, neighbours, abroad } = plans;
  return [
    { pattern: "^[+][0-9]{16,}$", class: "OTHERS", what: "longer than any number may be" },
    ...[home, ...territories].flatMap(kindsOf),
    ...neighbours.map(neighbour),
    {
      pattern: whole(`[+]${home.callingCode}[0-9]+`),
      class: "OTHERS",
      what: `a number of no known kind in ${nameOf(home.country)}`,
    },
    {
      pattern: whole(`[+](${abroad.join("|")})[0-9]+`),
      class: "INTERNATIONAL",
      what: "a number in another country",
    },
    {
      pattern: whole("[+][0-9]{6,}"),
      class: "OTHERS",
      what: "a number of no country: satellite, or an international service",
    },
    ...(nationalPrefix(home, settings) === undefined ? shortServices(home) : []),
    { pattern: whole("[0-9*#]{6,}"), class: "OTHERS", what: "a number of no known kind" },
  ];
}

/** `a premium rate number in Norway`, and so on. */
function kindsOf({ callingCode, country, kinds }: NumberingPlan): ClassRule[] {
  return kinds.map(({ name, class: to, pattern }) => ({
    pattern: whole(`[+]${callingCode}(${pattern})`),
    class: to,
    what: `${name} in ${nameOf(country)}`,
  }));
}

/** Another country behind the same calling code. */
function neighbour({ callingCode, country, leadingDigits, kinds }: NumberingPlan): ClassRule {
  const pattern =
    leadingDigits === undefined
      ? whole(`[+]${callingCode}${anyOf(kinds.map((kind) => kind.pattern))}`)
      : `^[+]${callingCode}(${leadingDigits})`;
  return { pattern, class: "INTERNATIONAL", what: `a number in ${nameOf(country)}` };
}

/**
 * Service numbers too short to be dialled from abroad, such as Norway's 02800. Longer ones of the
 * same kind never come this far without their calling code.
 */
function shortServices({ country, kinds }: NumberingPlan): ClassRule[] {
  return kinds
    .filter((kind) => kind.class === "SERVICES" && kind.shortest <= SHORT_MAX)
    .map(({ name, pattern }) => ({
      pattern: whole(`(${pattern})`),
      class: "SERVICES",
      what: `${name} in ${nameOf(country)}`,
    }));
}

/** Of two rules for the same numbers the first counts. */
function withoutRepeats(rules: readonly ClassRule[]): ClassRule[] {
  const seen = new Set<string>();
  return rules.filter(({ pattern }) => !seen.has(pattern) && seen.add(pattern));
}

const whole = (pattern: string) => `^${pattern}$`;

const anyOf = (patterns: readonly string[]) => `(${patterns.join("|")})`;

/** `NO` → `Norway`. */
function nameOf(country: string): string {
  return new Intl.DisplayNames(["en"], { type: "region" }).of(country) ?? country;
}
