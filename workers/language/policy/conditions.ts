/** Conditions of policies (facts iam §4). */
import { parseIsoTime } from "../../model/validate-time.ts";
import { inBlock, parseAddress, sameAddress } from "../address.ts";
import { compileGlob, contextValue, fitsArn, fitsPattern, type RequestContext } from "./glob.ts";
import { NEGATED, type Positive } from "./operators.ts";
import type { Condition } from "./tree.ts";

/** Whether a value of the request fits a value of the policy. `context` brings the variables where the policy may have them. */
type Compare = (found: string, wanted: string, context: RequestContext | undefined) => boolean;

const plain = (wanted: string, context: RequestContext | undefined): string | undefined => {
  const glob = compileGlob(wanted, context);
  // A wildcard is itself where only equality counts.
  return glob?.map((one) => (typeof one === "string" ? one : one.description)).join("");
};

const numeric =
  (compare: (a: number, b: number) => boolean): Compare =>
  (found, wanted) => {
    const [a, b] = [Number(found), Number(wanted)];
    return found.trim() !== "" && wanted.trim() !== "" && compare(a, b);
  };

/** ISO 8601, or seconds of the epoch. */
const moment = (text: string): number => (/^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : (parseIsoTime(text) ?? Number.NaN));

const dated =
  (compare: (a: number, b: number) => boolean): Compare =>
  (found, wanted) =>
    compare(moment(found), moment(wanted));

function inRange(found: string, wanted: string): boolean {
  const address = parseAddress(found);
  const [head = "", bits] = wanted.split("/");
  const network = parseAddress(head);
  if (address === undefined || network === undefined) return false;
  return bits === undefined ? sameAddress(address, network) : inBlock(address, { address: network, bits: Number(bits) });
}

const ORDER = {
  Equals: (a: number, b: number) => a === b,
  LessThan: (a: number, b: number) => a < b,
  LessThanEquals: (a: number, b: number) => a <= b,
  GreaterThan: (a: number, b: number) => a > b,
  GreaterThanEquals: (a: number, b: number) => a >= b,
} as const;

const COMPARE: Readonly<Record<Positive, Compare>> = {
  StringEquals: (found, wanted, context) => plain(wanted, context) === found,
  StringEqualsIgnoreCase: (found, wanted, context) => plain(wanted, context)?.toLowerCase() === found.toLowerCase(),
  StringLike: (found, wanted, context) => fitsPattern(found, wanted, context),
  ArnEquals: fitsArn,
  ArnLike: fitsArn,
  Bool: (found, wanted) => found.toLowerCase() === wanted.toLowerCase(),
  BinaryEquals: (found, wanted) => found.replace(/=+$/, "") === wanted.replace(/=+$/, ""),
  IpAddress: inRange,
  NumericEquals: numeric(ORDER.Equals),
  NumericLessThan: numeric(ORDER.LessThan),
  NumericLessThanEquals: numeric(ORDER.LessThanEquals),
  NumericGreaterThan: numeric(ORDER.GreaterThan),
  NumericGreaterThanEquals: numeric(ORDER.GreaterThanEquals),
  DateEquals: dated(ORDER.Equals),
  DateLessThan: dated(ORDER.LessThan),
  DateLessThanEquals: dated(ORDER.LessThanEquals),
  DateGreaterThan: dated(ORDER.GreaterThan),
  DateGreaterThanEquals: dated(ORDER.GreaterThanEquals),
};

/** `hasVariables`: the policy is of version 2012-10-17. */
export function conditionHolds(condition: Condition, context: RequestContext, hasVariables: boolean): boolean {
  const found = contextValue(context, condition.key) ?? [];
  const isThere = found.length > 0;
  if (condition.base === "Null") return condition.values.some((value) => (value.toLowerCase() === "true") === !isThere);
  const isNegated = Object.hasOwn(NEGATED, condition.base);
  if (!isThere) {
    if (condition.ifExists || condition.set === "all") return true;
    return condition.set === undefined && isNegated;
  }
  const compare = COMPARE[NEGATED[condition.base] ?? (condition.base as Positive)];
  const variables = hasVariables ? context : undefined;
  const fits = (value: string): boolean => condition.values.some((wanted) => compare(value, wanted, variables)) !== isNegated;
  if (condition.set === "all") return found.every(fits);
  if (condition.set === "any") return found.some(fits);
  // Several values where one is meant: a negated operator is true only where none of them fits.
  return isNegated ? found.every(fits) : found.some(fits);
}
