import { onAccount } from "../../access/lite";
import * as answer from "../../answers";
import { generatePassword } from "../../model/password";
import { formatSipAddress } from "../../model/sip-address";
import { invalidParameters, positional, prompted } from "../../params/param";
import { exactlyOne, saying } from "../../params/relations";
import { password, toggle, user } from "../../params/types";
import { node } from "../node";
import { requireAccount } from "../rules";

export const changePw = node({
  name: "user/change_pw",
  summary: "Change an account's password",
  description:
    "In Kamailio and in provisioning, with both digests; both change or neither. Phones need their configuration anew.",
  access: "read_write",
  params: {
    user: positional(user()),
    password: prompted(password("the new password")),
    generate: toggle("generate the new password and show it"),
  },
  relations: [saying("No password is given", exactlyOne("password", "generate"))],
  answers: {
    detail: answer.sentence(),
    password: answer.optional(answer.secret({ fresh: true })),
  },
  lite: onAccount("user", { right: "controlSipDevices" }),
  examples: [
    { command: "hermes user change-pw alice@example.org --generate" },
    { command: "hermes user change-pw alice@example.org --password-stdin < password.txt" },
  ],
  async run(stores, params, { config }) {
    await stores.locks.take("addresses");
    const { address, subscriber, user } = await requireAccount(stores, params.user);
    const width =
      subscriber === undefined ? Number.POSITIVE_INFINITY : stores.subscribers.passwordWidth;
    const password =
      params.password ?? generatePassword(Math.min(config.defaults.passwordLength, width));
    if (password.length > width) {
      throw invalidParameters(
        `password is longer than Kamailio's table holds: ${width} characters.`,
      );
    }
    if (subscriber !== undefined) await stores.subscribers.setPassword(address, password);
    if (user !== undefined) await stores.users.update(address, { password });
    return {
      detail: `Changed the password of ${formatSipAddress(address)}`,
      ...(params.password === undefined ? { password } : {}),
    };
  },
});
