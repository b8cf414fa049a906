/** The stage command `identity`: whose credentials forms and terminal use from now on. */
import { resolveIdentity } from "../account/identity.ts";
import { type StageDefinition, shown } from "../account/stage.ts";
import { InputError } from "../model/errors.ts";
import type { Context, Identity, ServiceDefinition } from "../services/contract.ts";
import type { UserDoc } from "../services/iam/documents.ts";
import type { Gone } from "../services/iam/overlay.ts";
import { PEOPLE } from "../services/iam/people.ts";

type Users = ReturnType<typeof usersOf>;
const usersOf = (ctx: Context) => ctx.peek<UserDoc | Gone>("iam", "user", { region: "global" });

const isGone = (users: Users, id: string): boolean => {
  const user = users.get(id.toLowerCase());
  return user !== undefined && "gone" in user;
};

/** People of a fresh account who are still there, then the users that were made since. */
function identities(ctx: Context): readonly Identity[] {
  const users = usersOf(ctx);
  const made = users
    .entries()
    .flatMap(([, user]) => ("gone" in user || (PEOPLE as readonly string[]).includes(user.UserName) ? [] : [user]));
  return [
    ...PEOPLE.filter((id) => !isGone(users, id)).map((id) => resolveIdentity(ctx.account, "person", id)),
    ...made.map(
      ({ UserName, Arn, UserId }): Identity => ({
        id: UserName,
        type: "IAMUser",
        accountId: ctx.account,
        arn: Arn,
        principalId: UserId,
        userName: UserName,
      }),
    ),
  ];
}

/** Pseudo-service that owns the account's own settings. */
export const settings: ServiceDefinition = {
  name: "account",
  principal: "account",
  eventSource: "",
  operations: {},
  looks: {
    /** Who can be chosen. */
    identities,
  },
};

const USER_NAME = /^[\w+=,.@-]{1,64}$/;

const unknown = (wanted: unknown): InputError =>
  new InputError(`There is no identity "${shown(wanted)}" in this account.`, {
    path: "principal",
    found: shown(wanted),
    allowed: `${PEOPLE.join(", ")}, or an IAM user of the account`,
  });

export const identityStage: StageDefinition = {
  service: "account",
  check(command) {
    const wanted = command.principal;
    if (typeof wanted !== "string" || !USER_NAME.test(wanted)) throw unknown(wanted);
  },
  run({ ctx }, command) {
    const wanted = String(command.principal);
    if (!identities(ctx).some(({ id }) => id === wanted)) throw unknown(wanted);
    ctx.docs("setting", { region: "global" }).put("identity", { principal: wanted });
  },
};
