import { invalid } from "../../model/refusal";
import { refusing } from "../../params/param";
import { address } from "../../params/types";

/** An alias's address, malformed answered with `invalid` and the cause that the node has for it. */
export const aliasAddress = (cause: string, about = "the alias") =>
  refusing(
    address(about, "4224@example.org", { username: "alias_username", domain: "alias_domain" }),
    (detail) => invalid(cause, detail),
  );
