/** Input transformers of rules' targets (facts eventbridge §7): `<name>` in a template stands for a value of the event. */
import { parseEventPath, valueAt } from "./event-path.ts";

/** Names that need no entry in the paths map. */
const RESERVED = new Set([
  "aws.events.rule-arn",
  "aws.events.rule-name",
  "aws.events.event.ingestion-time",
  "aws.events.event",
  "aws.events.event.json",
]);

const PLACEHOLDER = /<([A-Za-z0-9._-]+)>/g;
/** What matters in a JSON template: escaped characters, quotes and placeholders. */
const TOKENS = new RegExp(`\\\\[^]|"|${PLACEHOLDER.source}`, "g");

export interface InputTemplate {
  readonly template: string;
  readonly paths: Readonly<Record<string, string>>;
}

/** What an event brings besides itself. */
export interface Surroundings {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** ISO 8601. */
  readonly ingestionTime: string;
}

export type Rendered = { readonly body: string } | { readonly undelivered: string };

/** The first placeholder that nothing stands for. */
export function unknownPlaceholder({ template, paths }: InputTemplate): string | undefined {
  for (const [, name = ""] of template.matchAll(PLACEHOLDER)) {
    if (!Object.hasOwn(paths, name) && !RESERVED.has(name)) return name;
  }
  return undefined;
}

/** The body that is sent, or why none is: a JSON template whose result is no JSON is silently not delivered. */
export function renderInput(input: InputTemplate, event: Readonly<Record<string, unknown>>, around: Surroundings): Rendered {
  const value = (name: string): unknown => {
    if (RESERVED.has(name)) return reserved(name, event, around);
    const steps = parseEventPath(input.paths[name] ?? "");
    return steps === undefined ? undefined : valueAt(event, steps);
  };
  const isJson = input.template.trimStart().startsWith("{");
  if (!isJson) return { body: input.template.replace(PLACEHOLDER, (_, name: string) => asText(value(name))) };
  const body = fillJson(input.template, value);
  try {
    JSON.parse(body);
  } catch (thrown) {
    return { undelivered: `The template's result is no JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}` };
  }
  return { body };
}

function reserved(name: string, event: Readonly<Record<string, unknown>>, { ruleArn, ruleName, ingestionTime }: Surroundings): unknown {
  switch (name) {
    case "aws.events.rule-arn":
      return ruleArn;
    case "aws.events.rule-name":
      return ruleName;
    case "aws.events.event.ingestion-time":
      return ingestionTime;
    case "aws.events.event.json":
      return event;
    default: {
      const { id, account, time, source, region, resources, version } = event;
      return { id, account, detailType: event["detail-type"], time, source, region, resources, version };
    }
  }
}

/** In quotes a string goes in as it is; outside them every value as JSON. */
function fillJson(template: string, value: (name: string) => unknown): string {
  let isQuoted = false;
  return template.replace(TOKENS, (token, name: string | undefined) => {
    if (token === '"') isQuoted = !isQuoted;
    if (name === undefined) return token;
    const inner = value(name) ?? "";
    return isQuoted && typeof inner === "string" ? inner : JSON.stringify(inner);
  });
}

/** In text: strings, numbers and booleans as they are, everything else as JSON without its quotes. */
function asText(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value).replaceAll('"', "");
}
