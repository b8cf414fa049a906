/**
 * How each service words what the generic validator finds. Two families of wording exist:
 *
 * - *constraint*: `1 validation error detected: Value 'X' at 'stateValue' failed to satisfy constraint: Member must ...`
 *   (all JSON services, and CloudWatch's alarm operations);
 * - *parameter*: `The parameter MetricData.member.1.Unit must be a value in the set [ Seconds, ... ].`, a line for each
 *   failure (CloudWatch's metric operations, where the API model lists InvalidParameterValueException).
 *
 * A rule that an operation words itself is named in `left` and passes here; one with a sentence of its own stands in `worded`.
 */
import { ServiceError } from "./errors.ts";
import type { OperationModel, ServiceModel } from "./shapes.ts";
import { constraintPath, memberPath, parameterPath, type Violation, type ViolationKind, valueText } from "./validate-violation.ts";

/** Which violations a special rule is about. `member` is the path in names only (`Metrics.MetricStat.Stat`). */
export interface RuleKey {
  /** AWS operation name, or `*`. */
  readonly operation: string;
  readonly member: string;
  /** Default: all kinds. */
  readonly kinds?: readonly ViolationKind[];
}

export interface WordedRule extends RuleKey {
  readonly say: (violation: Violation, operation: OperationModel) => ServiceError;
}

interface Verdict {
  readonly code: string;
  readonly shape?: string;
}

export interface Dialect {
  /** Violations that the operation itself finds and words. */
  readonly left?: readonly RuleKey[];
  /** Violations with a sentence of their own; the first of them is the whole answer. */
  readonly worded?: readonly WordedRule[];
  readonly style?: (operation: OperationModel) => "constraint" | "parameter";
  /** Code of the answer, given the first violation. */
  readonly code: (operation: OperationModel, first: Violation) => Verdict;
}

const lists = (operation: OperationModel, error: string): boolean => operation.errors?.includes(error) === true;

const CLOUDWATCH: Dialect = {
  // GetMetricData answers in the parameter style too, under ValidationError (recorded by LocalStack's snapshot tests).
  style: (operation) =>
    operation.name === "GetMetricData" || lists(operation, "InvalidParameterValueException") ? "parameter" : "constraint",
  code: (operation, first) => {
    if (operation.name === "GetMetricData" || !lists(operation, "InvalidParameterValueException")) return { code: "ValidationError" };
    if (first.kind === "required" && lists(operation, "MissingRequiredParameterException")) {
      return { code: "MissingParameter", shape: "MissingRequiredParameterException" };
    }
    return { code: "InvalidParameterValue", shape: "InvalidParameterValueException" };
  },
};

const LOGS: Dialect = {
  worded: ["logGroupName", "logStreamName"].map((member) => ({
    operation: "*",
    member,
    kinds: ["max-length"],
    say: () =>
      new ServiceError("InvalidParameterException", "Invalid LogGroup or LogStream, both must have length less than or equal to 512."),
  })),
  // The newer operations (deliveries, scheduled queries) list ValidationException instead.
  code: (operation) =>
    lists(operation, "ValidationException") && !lists(operation, "InvalidParameterException")
      ? { code: "ValidationException" }
      : { code: "InvalidParameterException" },
};

/** EventBridge, Lambda, CodePipeline. */
const VALIDATION: Dialect = { code: () => ({ code: "ValidationException" }) };

const XRAY: Dialect = { code: () => ({ code: "InvalidRequestException" }) };

/** CloudTrail has an error of its own for many members; the first listed by the operation counts. */
const CLOUDTRAIL_CODES: readonly (readonly [member: string, error: string])[] = [
  ["MaxResults", "InvalidMaxResultsException"],
  ["NextToken", "InvalidNextTokenException"],
  ["EventCategory", "InvalidEventCategoryException"],
  ["LookupAttributes", "InvalidLookupAttributesException"],
  ["EventSelectors", "InvalidEventSelectorsException"],
  ["AdvancedEventSelectors", "InvalidEventSelectorsException"],
  ["InsightSelectors", "InvalidInsightSelectorsException"],
  ["TagsList", "InvalidTagParameterException"],
  ["TrailName", "InvalidTrailNameException"],
  ["Name", "InvalidTrailNameException"],
  ["S3BucketName", "InvalidS3BucketNameException"],
  ["S3KeyPrefix", "InvalidS3PrefixException"],
];

const CLOUDTRAIL: Dialect = {
  code: (operation, first) => {
    const own = CLOUDTRAIL_CODES.find(([member, error]) => first.path[0] === member && lists(operation, error));
    if (own !== undefined) return { code: own[1] };
    return { code: lists(operation, "InvalidParameterException") ? "InvalidParameterException" : "ValidationException" };
  },
};

const SNS: Dialect = {
  worded: [
    {
      operation: "*",
      member: "*",
      kinds: ["required"],
      say: ({ path }) =>
        new ServiceError("InvalidParameter", `Invalid parameter: ${parameterPath(path)} Reason: no value for required parameter`, {
          shape: "InvalidParameterException",
        }),
    },
  ],
  code: () => ({ code: "InvalidParameter", shape: "InvalidParameterException" }),
};

const SQS: Dialect = {
  worded: [
    {
      operation: "*",
      member: "*",
      kinds: ["required"],
      say: ({ path }) => new ServiceError("MissingParameter", `The request must contain the parameter ${parameterPath(path)}.`),
    },
    {
      operation: "*",
      member: "*",
      kinds: ["members", "map-keys", "enum"],
      say: ({ value, rules, values }) =>
        new ServiceError("InvalidAttributeName", `Unknown Attribute ${unknownName(value, values ?? enumOf(rules))}.`),
    },
  ],
  code: () => ({ code: "InvalidParameterValue" }),
};

const EC2: Dialect = {
  worded: [
    {
      operation: "*",
      member: "*",
      kinds: ["required"],
      say: ({ path }) => new ServiceError("MissingParameter", `The request must contain the parameter ${parameterPath(path)}`),
    },
    {
      operation: "*",
      member: "*",
      kinds: ["enum"],
      say: ({ path, value }) => new ServiceError("InvalidParameterValue", `Invalid value '${String(value)}' for ${path.at(-1) ?? ""}.`),
    },
  ],
  code: () => ({ code: "InvalidParameterValue" }),
};

const DIALECTS: Readonly<Record<string, Dialect>> = {
  cloudwatch: CLOUDWATCH,
  logs: LOGS,
  events: VALIDATION,
  xray: XRAY,
  cloudtrail: CLOUDTRAIL,
  lambda: VALIDATION,
  codepipeline: VALIDATION,
  sns: SNS,
  sqs: SQS,
  ec2: EC2,
};
const PLAIN: Dialect = { code: () => ({ code: "ValidationError" }) };

/** The one error that AWS answers for these violations; undefined when all of them are left to the operation. */
export function failureOf(model: ServiceModel, operation: OperationModel, violations: readonly Violation[]): ServiceError | undefined {
  const dialect = DIALECTS[model.service] ?? PLAIN;
  const found = violations.filter((violation) => !dialect.left?.some((rule) => concerns(rule, operation, violation)));
  const first = found[0];
  if (first === undefined) return undefined;
  for (const violation of found) {
    const rule = dialect.worded?.find((candidate) => concerns(candidate, operation, violation));
    if (rule !== undefined) return rule.say(violation, operation);
  }
  const { code, shape } = dialect.code(operation, first);
  const options = shape === undefined ? {} : { shape };
  if (dialect.style?.(operation) === "parameter") return new ServiceError(code, parameterMessage(operation, code, found), options);
  return new ServiceError(code, constraintMessage(model, found), options);
}

function concerns(rule: RuleKey, operation: OperationModel, violation: Violation): boolean {
  if (rule.operation !== "*" && rule.operation !== operation.name) return false;
  if (rule.member !== "*" && rule.member !== memberPath(violation.path)) return false;
  return rule.kinds === undefined || rule.kinds.includes(violation.kind);
}

/** `1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: Member must ...` */
export function constraintMessage(model: ServiceModel, violations: readonly Violation[]): string {
  const said = violations.map((violation) => {
    const value =
      violation.value === undefined || violation.value === null ? "null" : `'${valueText(model, violation.value, violation.shape)}'`;
    return `Value ${value} at '${constraintPath(violation.path)}' failed to satisfy constraint: ${constraintSentence(violation)}`;
  });
  return `${said.length} validation error${said.length === 1 ? "" : "s"} detected: ${said.join("; ")}`;
}

function constraintSentence({ kind, limit, pattern, values, rules }: Violation): string {
  switch (kind) {
    case "required":
      return "Member must not be null";
    case "min-length":
    case "min-size":
      return `Member must have length greater than or equal to ${limit}`;
    case "max-length":
    case "max-size":
      return `Member must have length less than or equal to ${limit}`;
    case "min-value":
      return `Member must have value greater than or equal to ${limit}`;
    case "max-value":
      return `Member must have value less than or equal to ${limit}`;
    case "pattern":
      return `Member must satisfy regular expression pattern: ${pattern}`;
    case "enum":
      return `Member must satisfy enum value set: [${orderedEnum(values ?? []).join(", ")}]`;
    case "members":
      return `Member must satisfy constraint: [${(rules ?? []).join(", ")}]`;
    case "map-keys":
      return `Map keys must satisfy constraint: [${(rules ?? []).join(", ")}]`;
    case "map-values":
      return `Map value must satisfy constraint: [${(rules ?? []).join(", ")}]`;
  }
}

/** A line for each failure. GetMetricData ends its lines, the others part them (both recorded). */
function parameterMessage(operation: OperationModel, code: string, violations: readonly Violation[]): string {
  const told = code === "MissingParameter" ? violations.filter(({ kind }) => kind === "required") : violations;
  const lines = told.flatMap(parameterSentences);
  return operation.name === "GetMetricData" ? lines.map((line) => `${line}\n`).join("") : lines.join("\n");
}

/**
 * "value in the set", "shorter than N characters" and "must not have a size greater than" are seen on AWS (collectd-cloudwatch
 * pull 46, amazon-cloudwatch-agent issue 240, PutMetricData with too many data); the others follow their pattern.
 */
function parameterSentences({ kind, path, limit, value, values, rules }: Violation): readonly string[] {
  const name = parameterPath(path);
  switch (kind) {
    case "required":
      return [`The parameter ${name} is required.`];
    case "enum":
      return [inTheSet(name, values ?? [])];
    case "members": {
      const allowed = enumOf(rules);
      const items = Array.isArray(value) ? (value as unknown[]) : [];
      if (allowed.length === 0) return [`The value ${items.join(", ")} for parameter ${name} is invalid.`];
      return items.flatMap((item, index) => (allowed.includes(String(item)) ? [] : [inTheSet(`${name}.member.${index + 1}`, allowed)]));
    }
    case "max-length":
      return [`The parameter ${name} must be shorter than ${(limit ?? 0) + 1} characters.`];
    case "min-length":
      return [`The parameter ${name} must be longer than ${(limit ?? 0) - 1} characters.`];
    case "max-size":
      return [`The collection ${name} must not have a size greater than ${limit}.`];
    case "min-size":
      return [`The collection ${name} must not have a size less than ${limit}.`];
    case "min-value":
      return [`The parameter ${name} must be greater than or equal to ${limit}.`];
    case "max-value":
      return [`The parameter ${name} must be less than or equal to ${limit}.`];
    case "pattern":
      return [`The value ${String(value)} for parameter ${name} is invalid.`];
    case "map-keys":
    case "map-values":
      return [`The parameter ${name} is invalid: ${(rules ?? []).join(", ")}.`];
  }
}

function inTheSet(name: string, values: readonly string[]): string {
  return `The parameter ${name} must be a value in the set [ ${values.join(", ")} ].`;
}

/**
 * AWS prints an enum in the order of its own hash sets, not of the model. Where the order is known from a recording it
 * stands here (SetAlarmState and PutDeliveryDestination in LocalStack's AWS-validated snapshots); others keep the model's.
 */
const ENUM_ORDERS: readonly (readonly string[])[] = [
  ["INSUFFICIENT_DATA", "ALARM", "OK"],
  ["w3c", "raw", "json", "plain", "parquet"],
];

/** The values of an enum in the order in which AWS prints them. */
export function orderedEnum(values: readonly string[]): readonly string[] {
  return ENUM_ORDERS.find((order) => order.length === values.length && order.every((value) => values.includes(value))) ?? values;
}

const ENUM_RULE = /^Member must satisfy enum value set: \[(.*)\]$/;

function enumOf(rules: readonly string[] | undefined): readonly string[] {
  for (const rule of rules ?? []) {
    const found = ENUM_RULE.exec(rule);
    if (found !== null) return (found[1] ?? "").split(", ");
  }
  return [];
}

function unknownName(value: unknown, allowed: readonly string[]): string {
  const names = Array.isArray(value)
    ? value.map(String)
    : typeof value === "object" && value !== null
      ? Object.keys(value)
      : [String(value)];
  return names.find((name) => !allowed.includes(name)) ?? names.join(", ");
}
