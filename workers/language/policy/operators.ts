/** Condition operators of policies, by name (facts iam §4). */

export const POSITIVE = [
  "StringEquals",
  "StringEqualsIgnoreCase",
  "StringLike",
  "ArnEquals",
  "ArnLike",
  "Bool",
  "BinaryEquals",
  "IpAddress",
  "NumericEquals",
  "NumericLessThan",
  "NumericLessThanEquals",
  "NumericGreaterThan",
  "NumericGreaterThanEquals",
  "DateEquals",
  "DateLessThan",
  "DateLessThanEquals",
  "DateGreaterThan",
  "DateGreaterThanEquals",
] as const;
export type Positive = (typeof POSITIVE)[number];

/** A negated operator is true where none of its values fits. */
export const NEGATED: Readonly<Record<string, Positive>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
  NumericNotEquals: "NumericEquals",
  DateNotEquals: "DateEquals",
  NotIpAddress: "IpAddress",
};

export const isKnownOperator = (base: string): boolean =>
  base === "Null" || (POSITIVE as readonly string[]).includes(base) || Object.hasOwn(NEGATED, base);
