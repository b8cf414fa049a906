/** A policy in sentences, one a statement. */
import { parsePolicy } from "../../../workers/language/policy/parse.ts";
import type { Condition, Patterns, PolicyKind, Statement } from "../../../workers/language/policy/tree.ts";
import { arnName } from "../../app/paths.ts";

export interface StatementSummary {
  readonly effect: "Allow" | "Deny";
  readonly sid?: string;
  readonly what: string;
}

const MOST = 3;

/** Empty where the text is no policy. */
export function summaryOf(document: string, kind: PolicyKind): readonly StatementSummary[] {
  let statements: readonly Statement[];
  try {
    statements = parsePolicy(document, kind).statements;
  } catch {
    // The editor says what is wrong with it; there is nothing to sum up.
    return [];
  }
  return statements.map((statement) => ({
    effect: statement.effect,
    ...(statement.sid === undefined || statement.sid === "" ? {} : { sid: statement.sid }),
    what: [
      actionsText(statement.actions),
      ...(statement.resources === undefined ? [] : [`on ${resourcesText(statement.resources)}`]),
      ...(statement.principals === undefined
        ? []
        : [
            `${statement.principals.isNot ? "by all but" : "by"} ${listText(
              statement.principals.list.map(({ kind, value }) => (kind === "anyone" ? "anyone" : arnName(value))),
            )}`,
          ]),
      ...statement.conditions.map(conditionText),
    ].join(" "),
  }));
}

function listText(items: readonly string[]): string {
  const shown = items.length > MOST + 1 ? [...items.slice(0, MOST), `${items.length - MOST} more`] : items;
  return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** A name, where an ARN has one; a pattern over all of a kind stays an ARN. */
const named = (arn: string): string => (/[\w]/.test(arnName(arn)) ? arnName(arn) : arn);

function actionsText({ isNot, patterns }: Patterns): string {
  const words = patterns.map((pattern) => {
    const [, service] = /^([\w-]+):\*$/.exec(pattern) ?? [];
    return pattern === "*" ? "everything" : service === undefined ? pattern : `all of ${service}`;
  });
  return isNot ? `everything but ${listText(words)}` : listText(words);
}

const resourcesText = ({ isNot, patterns }: Patterns): string =>
  isNot ? `all but ${listText(patterns.map(named))}` : patterns.includes("*") ? "every resource" : listText(patterns.map(named));

const WORDS: Readonly<Record<string, string>> = {
  StringEquals: "is",
  StringNotEquals: "is not",
  StringLike: "is like",
  StringNotLike: "is not like",
  ArnLike: "is like",
  ArnEquals: "is",
  Bool: "is",
  IpAddress: "lies in",
  NotIpAddress: "lies outside",
};

const conditionText = ({ operator, key, values }: Condition): string => `if ${key} ${WORDS[operator] ?? operator} ${listText(values)}`;
