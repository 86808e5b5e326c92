import type { Figures } from "./figures";

/** A gauge: its name, what it counts, and its values by label, or the one that it has. */
interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly label?: string;
  readonly values: Readonly<Record<string, number>> | number;
}

/** Figures in Prometheus' text format, as node_exporter's textfile collector takes it. */
export const prometheusText = (figures: Figures): string => gauges(figures).map(written).join("");

function gauges({ accounts, numbers, aliases, phones, operators }: Figures): Gauge[] {
  const { local, remote, disabled, registered } = accounts;
  return [
    {
      name: "hermes_accounts",
      help: "SIP accounts: Kamailio's own, and remote ones.",
      label: "kind",
      values: { local, remote },
    },
    {
      name: "hermes_accounts_disabled",
      help: "Local accounts that are disabled.",
      values: disabled,
    },
    {
      name: "hermes_accounts_registered",
      help: "Accounts with a registration that holds, by Kamailio's location table.",
      values: registered,
    },
    {
      name: "hermes_numbers",
      help: "E.164 numbers by state.",
      label: "state",
      values: numbers,
    },
    { name: "hermes_aliases", help: "Aliases, numbers among them.", values: aliases },
    { name: "hermes_phones", help: "Phones, by MAC address.", values: phones },
    { name: "hermes_operators", help: "Operators.", values: operators },
  ];
}

function written({ name, help, label, values }: Gauge): string {
  const samples =
    typeof values === "number"
      ? [`${name} ${values}`]
      : Object.entries(values).map(([value, count]) => `${name}{${label}="${value}"} ${count}`);
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${samples.join("\n")}\n`;
}
