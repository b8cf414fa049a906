/**
 * Whether a trail takes an event: any of its selectors does. Without selectors a trail takes every management event. With
 * a recorder the same steps say why, selector by selector.
 */
import {
  type AdvancedSelector,
  ALL_VALUES,
  type BasicSelector,
  type FieldSelector,
  OPERATORS,
  type SelectableEvent,
  type SelectorOperator,
  type TrailSelectors,
} from "./tree.ts";

export interface FieldBecause {
  readonly field: string;
  readonly operator: SelectorOperator;
  readonly values: readonly string[];
  /** What the event has there; several resources give several. */
  readonly found: readonly string[];
  readonly verdict: boolean;
}

export interface SelectorBecause {
  /** Place of the selector, from 0. */
  readonly index: number;
  readonly name?: string;
  readonly verdict: boolean;
  readonly reason: string;
  readonly fields?: readonly FieldBecause[];
}

export interface LoggedBecause {
  readonly verdict: boolean;
  readonly reason: string;
  readonly selectors: readonly SelectorBecause[];
}

export const DEFAULT_SELECTORS: TrailSelectors = {
  basic: [{ ReadWriteType: "All", IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] }],
};

/** Whether the selectors take the event. `explain` is told of every selector; without it the first that takes the event ends the work. */
export function takesEvent(selectors: TrailSelectors, event: SelectableEvent, explain?: (because: LoggedBecause) => void): boolean {
  const list: readonly (BasicSelector | AdvancedSelector)[] = "basic" in selectors ? selectors.basic : selectors.advanced;
  const one = (selector: BasicSelector | AdvancedSelector, index: number): SelectorBecause =>
    "FieldSelectors" in selector ? advancedVerdict(selector, event, index, explain !== undefined) : basicVerdict(selector, event, index);
  if (explain === undefined) return list.some((selector, index) => one(selector, index).verdict);
  const verdicts = list.map(one);
  const taking = verdicts.find(({ verdict }) => verdict);
  const what = `${event.eventCategory ?? "event"} event ${event.eventName ?? ""}`.trim();
  explain({
    verdict: taking !== undefined,
    reason: taking === undefined ? `No selector takes the ${what}.` : `Selector ${taking.index + 1} takes the ${what}.`,
    selectors: verdicts,
  });
  return taking !== undefined;
}

/** Whether some selector could take a data event at all: without one nobody has to look at data events. */
export function selectsDataEvents(selectors: TrailSelectors): boolean {
  if ("basic" in selectors)
    return selectors.basic.some(({ DataResources = [] }) => DataResources.some(({ Values = [] }) => Values.length > 0));
  return selectors.advanced.some(({ FieldSelectors }) =>
    FieldSelectors.some(({ Field, Equals = [] }) => Field === "eventCategory" && Equals.includes("Data")),
  );
}

function basicVerdict(selector: BasicSelector, event: SelectableEvent, index: number): SelectorBecause {
  const { ReadWriteType = "All", IncludeManagementEvents = true, DataResources = [], ExcludeManagementEventSources = [] } = selector;
  const said = (verdict: boolean, reason: string): SelectorBecause => ({ index, verdict, reason });
  const isRead = event.readOnly === true;
  if (ReadWriteType === "ReadOnly" && !isRead) return said(false, "It logs read events only, and this one writes.");
  if (ReadWriteType === "WriteOnly" && isRead) return said(false, "It logs write events only, and this one reads.");
  if (event.eventCategory === "Management") {
    if (!IncludeManagementEvents) return said(false, "It logs no management events.");
    return ExcludeManagementEventSources.includes(event.eventSource ?? "")
      ? said(false, `It excludes ${event.eventSource}.`)
      : said(true, "It logs management events.");
  }
  if (event.eventCategory !== "Data") return said(false, `Basic selectors take no events of category ${event.eventCategory ?? "none"}.`);
  for (const { Type = "", Values = [] } of DataResources) {
    for (const arn of arnsOf(event, Type)) {
      const fitting = Values.find(
        (value) => value === ALL_VALUES[Type] || (Type === "AWS::S3::Object" ? arn.startsWith(value) : arn === value),
      );
      if (fitting !== undefined) return said(true, `It logs data events of ${fitting}, and this one is on ${arn}.`);
    }
  }
  return said(false, DataResources.length === 0 ? "It logs no data events." : "None of its data resources is one of the event's.");
}

function advancedVerdict(selector: AdvancedSelector, event: SelectableEvent, index: number, thorough: boolean): SelectorBecause {
  const type = selector.FieldSelectors.find(({ Field }) => Field === "resources.type")?.Equals?.[0];
  const fields: FieldBecause[] = [];
  let missed: FieldBecause | undefined;
  for (const field of selector.FieldSelectors) {
    const found = valuesOf(event, field.Field, type);
    for (const operator of OPERATORS) {
      const values = field[operator];
      if (values === undefined) continue;
      const verdict = holds(operator, values, found);
      const because = { field: field.Field, operator, values, found, verdict };
      fields.push(because);
      if (!verdict) missed ??= because;
      if (!verdict && !thorough) return { index, verdict: false, reason: missedReason(because) };
    }
  }
  return {
    index,
    ...(selector.Name === undefined ? {} : { name: selector.Name }),
    verdict: missed === undefined,
    reason: missed === undefined ? "All its fields fit." : missedReason(missed),
    fields,
  };
}

const missedReason = ({ field, operator, values, found }: FieldBecause): string =>
  `${field} is ${found.length === 0 ? "not there" : found.join(", ")}, and ${operator} wants ${values.slice(0, 3).join(", ")}${values.length > 3 ? " ..." : ""}.`;

/** A positive operator wants one value that fits, a negative one that none does. */
function holds(operator: SelectorOperator, values: readonly string[], found: readonly string[]): boolean {
  const fits = (value: string, wanted: string): boolean => {
    if (operator.endsWith("StartsWith")) return value.startsWith(wanted);
    return operator.endsWith("EndsWith") ? value.endsWith(wanted) : value === wanted;
  };
  const fitting = found.some((value) => values.some((wanted) => fits(value, wanted)));
  return operator.startsWith("Not") ? !fitting : fitting;
}

const arnsOf = (event: SelectableEvent, type: string | undefined): readonly string[] =>
  (event.resources ?? []).filter((each) => type === undefined || each.type === type).flatMap((each) => each.ARN ?? each.ARNPrefix ?? []);

/** The event's values of a field. `resources.ARN` is the ARN of the resources that have the selector's type. */
function valuesOf(event: SelectableEvent, field: FieldSelector["Field"], type: string | undefined): readonly string[] {
  switch (field) {
    case "resources.type":
      return (event.resources ?? []).flatMap((each) => each.type ?? []);
    case "resources.ARN":
      return arnsOf(event, type);
    case "userIdentity.arn":
      return event.userIdentity?.arn === undefined ? [] : [event.userIdentity.arn];
    default: {
      const value = (event as Readonly<Record<string, unknown>>)[field];
      return value === undefined || value === null ? [] : [String(value)];
    }
  }
}
