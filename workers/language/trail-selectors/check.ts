/**
 * Which selectors CloudTrail accepts (user guide, Quotas; API reference, EventSelector and AdvancedFieldSelector). Every
 * refusal is an InvalidEventSelectorsException; where AWS's words are known from reports they are AWS's, the rest says the rule.
 */
import { ServiceError } from "../../model/errors.ts";
import { type AdvancedSelector, ALL_VALUES, type BasicSelector, type FieldSelector, OPERATORS } from "./tree.ts";

const MOST_SELECTORS = 5;
const MOST_DATA_VALUES = 250;
const MOST_ADVANCED_VALUES = 500;
const LONGEST_VALUE = 2048;
const LONGEST_NAME = 1000;
/** Whose management events a basic selector may leave out. */
export const EXCLUDABLE: ReadonlySet<string> = new Set(["kms.amazonaws.com", "rdsdata.amazonaws.com"]);
export const READ_WRITE: ReadonlySet<string> = new Set(["All", "ReadOnly", "WriteOnly"]);

const refused = (message: string, hint?: string): ServiceError =>
  new ServiceError("InvalidEventSelectorsException", message, hint === undefined ? {} : { hint });

/** Throws InvalidEventSelectorsException. */
export function checkBasicSelectors(selectors: readonly BasicSelector[]): void {
  if (selectors.length === 0 || selectors.length > MOST_SELECTORS)
    throw refused(`Specify a valid number of selectors (1 to ${MOST_SELECTORS}) for your trail.`);
  let values = 0;
  for (const selector of selectors) {
    const { ReadWriteType = "All", IncludeManagementEvents = true, DataResources = [], ExcludeManagementEventSources = [] } = selector;
    if (!READ_WRITE.has(ReadWriteType))
      throw refused(`Value ${ReadWriteType} for ReadWriteType is invalid.`, "All, ReadOnly or WriteOnly.");
    if (!IncludeManagementEvents && DataResources.length === 0)
      throw refused(
        "Invalid combination of parameters in EventSelectors. When includeManagementEvents is false, DataResources must not be empty.",
      );
    for (const source of ExcludeManagementEventSources)
      if (!EXCLUDABLE.has(source))
        throw refused(`Value ${source} for ExcludeManagementEventSources is invalid.`, `Only ${[...EXCLUDABLE].join(" and ")}.`);
    for (const { Type = "", Values = [] } of DataResources) {
      if (!Object.hasOwn(ALL_VALUES, Type))
        throw refused(
          `Value ${Type} for DataResources.Type is invalid.`,
          `Basic selectors know ${Object.keys(ALL_VALUES).join(", ")}; every other type needs advanced event selectors.`,
        );
      for (const value of Values) if (!isDataValue(Type, value)) throw refused(`Value ${value} for DataResources.Values is invalid.`);
      values += Values.length;
    }
  }
  if (values > MOST_DATA_VALUES)
    throw refused(`Specify a valid number of DataResources.Values (0 to ${MOST_DATA_VALUES}) for all your selectors.`);
}

const DATA_VALUES: Readonly<Record<string, RegExp>> = {
  // A bucket's own ARN is refused: the slash behind it is what says that its objects are meant.
  "AWS::S3::Object": /^arn:aws[\w-]*:s3:::[a-z0-9][a-z0-9.-]{0,62}\/[^*]*$/,
  "AWS::Lambda::Function": /^arn:aws[\w-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/,
  "AWS::DynamoDB::Table": /^arn:aws[\w-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]+$/,
};

function isDataValue(type: string, value: string): boolean {
  const all = ALL_VALUES[type] ?? "";
  return value === all || (type === "AWS::S3::Object" && value === `${all}:::`) || (DATA_VALUES[type]?.test(value) ?? false);
}

/** Fields of each category; those marked true must be there. */
export const FIELDS: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  Management: { eventCategory: true, eventSource: false, readOnly: false },
  Data: {
    eventCategory: true,
    "resources.type": true,
    eventName: false,
    eventSource: false,
    eventType: false,
    readOnly: false,
    "resources.ARN": false,
    sessionCredentialFromConsole: false,
    "userIdentity.arn": false,
  },
  NetworkActivity: {
    eventCategory: true,
    eventSource: true,
    eventName: false,
    errorCode: false,
    vpcEndpointId: false,
    "userIdentity.arn": false,
  },
};

/** Fields that take Equals alone, and one value of it. */
const EQUALS_ONLY: ReadonlySet<string> = new Set(["eventCategory", "readOnly", "resources.type"]);

/** Throws InvalidEventSelectorsException. */
export function checkAdvancedSelectors(selectors: readonly AdvancedSelector[]): void {
  if (selectors.length === 0) throw refused("AdvancedEventSelectors must not be empty.");
  let values = 0;
  for (const selector of selectors) {
    if ((selector.Name ?? "").length > LONGEST_NAME) throw refused(`A selector's Name has at most ${LONGEST_NAME} characters.`);
    values += selector.FieldSelectors.reduce((sum, field) => sum + countedValues(field), 0);
    checkFields(selector.FieldSelectors);
  }
  if (values > MOST_ADVANCED_VALUES)
    throw refused(`The advanced event selectors of a trail hold at most ${MOST_ADVANCED_VALUES} values; these hold ${values}.`);
}

const countedValues = (field: FieldSelector): number => OPERATORS.reduce((sum, operator) => sum + (field[operator]?.length ?? 0), 0);

function checkFields(fields: readonly FieldSelector[]): void {
  const [category = "", ...others] = fields.filter(({ Field }) => Field === "eventCategory").flatMap(({ Equals }) => Equals ?? []);
  for (const field of fields) checkOperators(field);
  const allowed = Object.hasOwn(FIELDS, category) && others.length === 0 ? FIELDS[category] : undefined;
  if (allowed === undefined)
    throw refused(
      "Every selector needs the field eventCategory with one value.",
      `Equals one of ${Object.keys(FIELDS).join(", ")}; Insights are chosen by PutInsightSelectors.`,
    );
  for (const [name, isRequired] of Object.entries(allowed))
    if (isRequired && !fields.some(({ Field }) => Field === name))
      throw refused(`A selector of ${category} events needs the field ${name}.`);
  for (const field of fields) {
    const { Field: name, Equals: equals = [] } = field;
    if (!Object.hasOwn(allowed, name))
      throw refused(`The field ${name} is not valid for ${category} events.`, `There are ${Object.keys(allowed).join(", ")}.`);
    const isEqualsOnly = EQUALS_ONLY.has(name) || (category === "NetworkActivity" && name === "eventSource");
    if (isEqualsOnly && OPERATORS.some((operator) => operator !== "Equals" && field[operator] !== undefined))
      throw refused(`The field ${name} takes the operator Equals only.`);
    if (EQUALS_ONLY.has(name) && (equals.length !== 1 || fields.filter(({ Field }) => Field === name).length > 1))
      throw refused(`The field ${name} takes one value.`);
    if (name === "readOnly" && equals[0] !== "true" && equals[0] !== "false") throw refused("The field readOnly is true or false.");
    if (name === "resources.type" && !/^AWS::\w+::\w+$/.test(equals[0] ?? ""))
      throw refused(`The value ${equals[0]} for resources.type is invalid.`, "A resource type such as AWS::S3::Object.");
    const codes = OPERATORS.flatMap((operator) => field[operator] ?? []);
    if (name === "errorCode" && codes.some((code) => code !== "VpceAccessDenied"))
      throw refused("The only value for errorCode is VpceAccessDenied.");
  }
}

function checkOperators(field: FieldSelector): void {
  const given = OPERATORS.filter((operator) => field[operator] !== undefined);
  if (given.length === 0) throw refused(`The field ${field.Field} has no operator.`, `One of ${OPERATORS.join(", ")}.`);
  for (const operator of given) {
    const values = field[operator] ?? [];
    if (values.length === 0) throw refused(`${operator} of the field ${field.Field} has no value.`);
    for (const value of values)
      if (value.length === 0 || value.length > LONGEST_VALUE)
        throw refused(`A value of the field ${field.Field} has 1 to ${LONGEST_VALUE} characters; one has ${value.length}.`);
  }
}
