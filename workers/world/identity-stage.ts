/** The stage command `identity`: whose credentials forms and terminal use from now on. */
import { PEOPLE, resolveIdentity } from "../account/identity.ts";
import { type StageDefinition, shown } from "../account/stage.ts";
import { InputError } from "../model/errors.ts";
import type { ServiceDefinition } from "../services/contract.ts";

/** Pseudo-service that owns the account's own settings. */
export const settings: ServiceDefinition = {
  name: "account",
  principal: "account",
  eventSource: "",
  operations: {},
  looks: {
    /** Who can be chosen. */
    identities: (ctx) => PEOPLE.map((id) => resolveIdentity(ctx.account, "person", id)),
  },
};

export const identityStage: StageDefinition = {
  service: "account",
  check(command) {
    const wanted = command.principal;
    if (typeof wanted !== "string" || !(PEOPLE as readonly string[]).includes(wanted)) {
      throw new InputError(`There is no identity "${shown(wanted)}" in this account.`, {
        path: "principal",
        found: shown(wanted),
        allowed: PEOPLE.join(", "),
      });
    }
  },
  run({ ctx }, command) {
    ctx.docs("setting", { region: "global" }).put("identity", { principal: String(command.principal) });
  },
};
