/** Reads a policy document (facts iam §3). What it does not know it refuses: a policy half understood is worse than none. */
import { ServiceError } from "../../model/errors.ts";
import { isKnownOperator } from "./operators.ts";
import type { Condition, Patterns, Policy, PolicyKind, PrincipalPattern, Statement } from "./tree.ts";

type Json = Readonly<Record<string, unknown>>;

const MEMBERS = new Set(["Version", "Id", "Statement"]);
const STATEMENT_MEMBERS = new Set("Sid Effect Action NotAction Resource NotResource Principal NotPrincipal Condition".split(" "));
const PRINCIPALS: Readonly<Record<string, PrincipalPattern["kind"]>> = {
  AWS: "aws",
  Service: "service",
  Federated: "federated",
  CanonicalUser: "canonical",
};

const malformed = (path: string, hint: string): ServiceError =>
  new ServiceError("MalformedPolicyDocument", "Syntax errors in policy.", { hint: path === "" ? hint : `${path}: ${hint}` });

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** Takes the text or what JSON.parse made of it. Throws `ServiceError` MalformedPolicyDocument; the hint says where and why. */
export function parsePolicy(document: unknown, kind: PolicyKind): Policy {
  const json = typeof document === "string" ? parsedText(document) : document;
  if (!isObject(json)) throw malformed("", "A policy is a JSON object.");
  for (const member of Object.keys(json)) if (!MEMBERS.has(member)) throw malformed(member, `${member} is not a member of a policy.`);
  const { Version: version = "2008-10-17", Statement: statement } = json;
  if (version !== "2008-10-17" && version !== "2012-10-17") throw malformed("Version", "Version is 2012-10-17 or 2008-10-17.");
  if (statement === undefined) throw malformed("Statement", "A policy has a Statement.");
  const list = Array.isArray(statement) ? statement : [statement];
  return { version, statements: list.map((one, index) => parseStatement(one, index, kind)) };
}

function parsedText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw malformed("", `The policy is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

function parseStatement(json: unknown, index: number, kind: PolicyKind): Statement {
  const at = `Statement[${index}]`;
  if (!isObject(json)) throw malformed(at, "A statement is a JSON object.");
  for (const member of Object.keys(json))
    if (!STATEMENT_MEMBERS.has(member)) throw malformed(`${at}.${member}`, `${member} is not a member of a statement.`);
  const { Effect: effect, Sid: sid } = json;
  if (effect !== "Allow" && effect !== "Deny") throw malformed(`${at}.Effect`, "Effect is Allow or Deny.");
  const actions = eitherOf(json, "Action", at);
  if (actions === undefined) throw malformed(at, "A statement has Action or NotAction.");
  const resources = eitherOf(json, "Resource", at);
  if (resources === undefined && kind !== "trust" && kind !== "resource") throw malformed(at, "A statement has Resource or NotResource.");
  const principals = parsePrincipals(json, at);
  const isOfResource = kind === "resource" || kind === "trust";
  if (principals === undefined && isOfResource) throw malformed(at, "A statement of a resource's policy has Principal or NotPrincipal.");
  if (principals !== undefined && !isOfResource) throw malformed(at, "Only policies of resources have Principal.");
  return {
    ...(typeof sid === "string" ? { sid } : {}),
    index,
    effect,
    actions,
    ...(resources === undefined ? {} : { resources }),
    ...(principals === undefined ? {} : { principals }),
    conditions: parseConditions(json["Condition"], `${at}.Condition`),
  };
}

function strings(value: unknown, path: string): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0 || !list.every((one) => typeof one === "string")) throw malformed(path, "A string or a list of strings.");
  return list as readonly string[];
}

/** `Action` or `NotAction`, not both. */
function eitherOf(json: Json, name: "Action" | "Resource", at: string): Patterns | undefined {
  const [plain, not] = [json[name], json[`Not${name}`]];
  if (plain !== undefined && not !== undefined) throw malformed(at, `A statement has ${name} or Not${name}, not both.`);
  if (plain === undefined && not === undefined) return undefined;
  return { isNot: plain === undefined, patterns: strings(plain ?? not, `${at}.${plain === undefined ? "Not" : ""}${name}`) };
}

function parsePrincipals(json: Json, at: string): Statement["principals"] | undefined {
  const [plain, not] = [json["Principal"], json["NotPrincipal"]];
  if (plain !== undefined && not !== undefined) throw malformed(at, "A statement has Principal or NotPrincipal, not both.");
  const given = plain ?? not;
  if (given === undefined) return undefined;
  const isNot = plain === undefined;
  const path = `${at}.${isNot ? "Not" : ""}Principal`;
  if (given === "*") return { isNot, list: [{ kind: "anyone", value: "*" }] };
  if (!isObject(given)) throw malformed(path, 'A principal is "*" or an object.');
  const list = Object.entries(given).flatMap(([name, value]) => {
    const kind = PRINCIPALS[name];
    if (kind === undefined) throw malformed(`${path}.${name}`, `${name} is not a kind of principal.`);
    return strings(value, `${path}.${name}`).map(
      (one): PrincipalPattern => (kind === "aws" && one === "*" ? { kind: "anyone", value: one } : { kind, value: one }),
    );
  });
  return { isNot, list };
}

function parseConditions(json: unknown, path: string): readonly Condition[] {
  if (json === undefined) return [];
  if (!isObject(json)) throw malformed(path, "A condition is a JSON object.");
  return Object.entries(json).flatMap(([operator, keys]) => {
    const [, set, base = "", exists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
    if (!isKnownOperator(base) || (base === "Null" && exists !== undefined))
      throw malformed(`${path}.${operator}`, `${operator} is not a condition operator.`);
    if (!isObject(keys)) throw malformed(`${path}.${operator}`, "An operator holds keys and their values.");
    return Object.entries(keys).map(([key, value]): Condition => {
      const list = (Array.isArray(value) ? value : [value]).map((one) => {
        if (typeof one === "string" || typeof one === "number" || typeof one === "boolean") return String(one);
        throw malformed(`${path}.${operator}.${key}`, "A value is a string, a number or a boolean, or a list of them.");
      });
      const of = set === "ForAllValues" ? "all" : set === "ForAnyValue" ? "any" : undefined;
      return { operator, ...(of === undefined ? {} : { set: of }), base, ifExists: exists !== undefined, key, values: list };
    });
  });
}
