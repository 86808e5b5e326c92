import { readClasses } from "./classes";
import { AUTH_DEFAULTS, DATABASE_DEFAULTS, DEFAULTS } from "./config";
import type { KEYS } from "./load";
import { PHONE_DEFAULTS } from "./phones";
import { RPC_EXAMPLE } from "./rpc-address";

const CLASS_DEFAULTS = readClasses();

type Value = string | number | boolean | readonly string[];

/** What there is to say of one key of the file. */
export interface Setting {
  /** What it does, as the end of a line: no capital, no full stop. */
  readonly about: string;
  /** A value as the file could have it. */
  readonly example: Value;
  /** What applies where the key is left out, if that is one value. */
  readonly standard?: Value;
}

interface ExplainedSection {
  readonly about: string;
  readonly keys: Readonly<Record<string, Setting>>;
}

/** Every section and key that the file may have, explained; whatever tells people of them is made from it. */
export const EXPLAINED = {
  kamailio: {
    about: "Kamailio's own tables, and the running server",
    keys: {
      url: {
        about:
          "the database, as Kamailio's own db_url; left out, an SQLite file of your own, which Hermes makes",
        example: "mysql://kamailio:kamailiorw@127.0.0.1:3306/kamailio",
      },
      rpc: {
        about:
          "the running Kamailio: its jsonrpcs socket (unix:), its fifo (fifo:) or xhttp (http:); left out, it is not asked",
        example: RPC_EXAMPLE,
      },
    },
  },
  provisioning: {
    about: "The tables that Hermes has beside them",
    keys: {
      url: {
        about: "the database; left out, hermes on the same server, or the same SQLite file",
        example: "mysql://hermes:secret@127.0.0.1:3306/hermes",
      },
    },
  },
  defaults: {
    about: "What applies where a command does not say it",
    keys: {
      domain: {
        about: "the domain of an account that is given without one; left out, there is none",
        example: "example.org",
      },
      permission: {
        about: "call permissions of new accounts, as one number from 0 to 255",
        example: DEFAULTS.permission,
        standard: DEFAULTS.permission,
      },
      password_length: {
        about: "characters of a password that is made, 8 to 64",
        example: DEFAULTS.passwordLength,
        standard: DEFAULTS.passwordLength,
      },
      quarantine: {
        about: "how long a released number rests before it can be given out again",
        example: "90d",
        standard: `${DEFAULTS.quarantine}d`,
      },
    },
  },
  auth: {
    about: "Who may do what",
    keys: {
      mode: {
        about:
          "trusted: whoever can read the configuration may do everything; session: operators log in",
        example: AUTH_DEFAULTS.mode,
        standard: AUTH_DEFAULTS.mode,
      },
      key_lifetime: {
        about: "seconds until a session's auth_key has to be renewed",
        example: AUTH_DEFAULTS.keyLifetime,
        standard: AUTH_DEFAULTS.keyLifetime,
      },
      session_lifetime: {
        about: "seconds that a session lasts from its login, or its last ping",
        example: AUTH_DEFAULTS.sessionLifetime,
        standard: AUTH_DEFAULTS.sessionLifetime,
      },
      session_max: {
        about: "seconds from its login that a session lasts at most",
        example: AUTH_DEFAULTS.sessionMax,
        standard: AUTH_DEFAULTS.sessionMax,
      },
    },
  },
  database: {
    about: "How long anything may take, in seconds",
    keys: {
      connect_timeout: {
        about: "until a server that does not answer counts as absent",
        example: DATABASE_DEFAULTS.connectTimeout,
        standard: DATABASE_DEFAULTS.connectTimeout,
      },
      lock_timeout: {
        about: "that a write may wait for others",
        example: DATABASE_DEFAULTS.lockTimeout,
        standard: DATABASE_DEFAULTS.lockTimeout,
      },
      statement_timeout: {
        about: "that one statement may take; 0 is without limit",
        example: DATABASE_DEFAULTS.statementTimeout,
        standard: DATABASE_DEFAULTS.statementTimeout,
      },
    },
  },
  classes: {
    about: "What kind of call a dialled number is; numbers are digits with ? and * as in a shell",
    keys: {
      country: {
        about: "whose numbering plan applies",
        example: CLASS_DEFAULTS.country,
        standard: CLASS_DEFAULTS.country,
      },
      international_prefix: {
        about: "dialled before a number abroad; left out, the country's",
        example: "00",
      },
      national_prefix: {
        about: "dialled before a number within the country; left out, the country's",
        example: "0",
      },
      emergency_always: {
        about: "let emergency calls through whatever an account's permission is",
        example: true,
        standard: CLASS_DEFAULTS.emergencyAlways,
      },
      own: { about: "the numbers that the site owns", example: ["+4712345*"] },
      emergency: { about: "emergency numbers; left out, the country's", example: ["112", "113"] },
      internal: { about: "more numbers within the site", example: ["4???"] },
      national: { about: "more numbers within the country", example: ["02800"] },
      services: { about: "more service numbers", example: ["18??"] },
      international: { about: "more numbers abroad", example: ["+4420*"] },
      others: { about: "more numbers of every other kind", example: ["+4782*"] },
    },
  },
  phones: {
    about: "What all phones of the site are told",
    keys: {
      templates: {
        about: "the folder of templates for makes of phones of your own",
        example: "/etc/hermes/phones",
      },
      out: { about: "the folder that phones fetch their files from", example: "/srv/phones" },
      time_zone: { about: "left out, phones keep theirs", example: "Europe/Oslo" },
      codecs: {
        about: "the one that is liked best first",
        example: PHONE_DEFAULTS.codecs,
        standard: PHONE_DEFAULTS.codecs,
      },
      transport: {
        about: "udp, tcp or tls",
        example: PHONE_DEFAULTS.transport,
        standard: PHONE_DEFAULTS.transport,
      },
    },
  },
} satisfies {
  [S in keyof typeof KEYS]: ExplainedSection & {
    readonly keys: { [K in keyof (typeof KEYS)[S]]: Setting };
  };
};

/** Variables of the environment that Hermes reads, explained. */
export const ENVIRONMENT = {
  HERMES_CONFIG: "the configuration file, where --config names none",
  HERMES_ETC:
    "the folder that stands for /etc, where hermes/config.toml, kamailio/kamctlrc and kamcli/kamcli.ini are",
  HERMES_SITE: "which of the file's sites, where --site names none",
  HERMES_KAMAILIO_URL: "in the place of kamailio.url",
  HERMES_PROVISIONING_URL: "in the place of provisioning.url",
  HERMES_SESSION: "the session to use, with HERMES_AUTH_KEY; --session goes before it",
  HERMES_AUTH_KEY: "the auth_key of that session",
  HERMES_API_KEY: "an API key to log in with for each command; --api-key goes before it",
  HERMES_PAGER:
    "the program that shows long answers on a terminal, before PAGER; empty, there is none",
  NO_COLOR: "set to anything, there are no colours",
} as const;
