/** A statement beside a request, part by part: what is written, what was asked, and which of it fits. For people. */
import { conditionHolds } from "./conditions.ts";
import { type AccessRequest, grantOf, type Principal } from "./evaluate.ts";
import { contextValue, fitsAction, fitsPattern } from "./glob.ts";
import type { Patterns, PrincipalPattern, Statement } from "./tree.ts";

export interface StatementPart {
  /** As the statement names it: `Action`, `NotResource`, `Principal`, `Condition`. */
  readonly name: string;
  /** Of a condition: `StringEquals aws:username`. */
  readonly about?: string;
  readonly fits: boolean;
  readonly written: readonly { readonly text: string; readonly fits: boolean }[];
  /** Empty where the request has no such key. */
  readonly asked: readonly string[];
}

/** The caller that an ARN or a service's name means. */
export function principalOf(arn: string, account: string): Principal {
  if (!arn.startsWith("arn:")) return { type: "Service", arn, account: "aws" };
  const own = arn.split(":")[4] ?? account;
  if (arn.endsWith(":root")) return { type: "Root", arn, account: own };
  const [, role] = /:assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (role === undefined) return { type: "User", arn, account: own };
  return { type: "RoleSession", arn, roleArn: `arn:aws:iam::${own}:role/${role}`, account: own };
}

export function statementParts(
  statement: Statement,
  request: Pick<AccessRequest, "principal" | "action" | "resource" | "context">,
  hasVariables = true,
): readonly StatementPart[] {
  const { actions, resources, principals, conditions } = statement;
  const variables = hasVariables ? request.context : undefined;
  const patterns = (name: string, { isNot, patterns }: Patterns, asked: string, fits: (pattern: string) => boolean): StatementPart => {
    const written = patterns.map((text) => ({ text, fits: fits(text) }));
    return { name: isNot ? `Not${name}` : name, fits: written.some((one) => one.fits) !== isNot, written, asked: [asked] };
  };
  return [
    patterns("Action", actions, request.action, (pattern) => fitsAction(request.action, pattern)),
    ...(resources === undefined
      ? []
      : [patterns("Resource", resources, request.resource, (pattern) => fitsPattern(request.resource, pattern, variables))]),
    ...(principals === undefined ? [] : [principalPart(principals, request.principal)]),
    ...conditions.map((condition): StatementPart => {
      const fits = conditionHolds(condition, request.context, hasVariables);
      return {
        name: "Condition",
        about: `${condition.operator} ${condition.key}`,
        fits,
        written: condition.values.map((text) => ({ text, fits })),
        asked: contextValue(request.context, condition.key) ?? [],
      };
    }),
  ];
}

function principalPart(
  { isNot, list }: { readonly isNot: boolean; readonly list: readonly PrincipalPattern[] },
  principal: Principal,
): StatementPart {
  const written = list.map((one) => ({ text: one.value, fits: grantOf(one, principal) !== undefined }));
  return { name: isNot ? "NotPrincipal" : "Principal", fits: written.some((one) => one.fits) !== isNot, written, asked: [principal.arn] };
}
