/** From AWS's names to the command line's: `GetMetricData` -> `get-metric-data`. The rules are botocore's `xform_name`. */
import type { Models } from "../../model/models.ts";
import type { ServiceModel } from "../../model/shapes.ts";

/** Services whose operations the command line has under another word. */
const COMMANDS: Readonly<Record<string, string>> = { s3: "s3api" };

/** A service's word on the command line. */
export const commandOf = (service: string): string => COMMANDS[service] ?? service;

/** The service of a word on the command line; undefined where there is none. */
export const serviceOf = (models: Models, command: string): string | undefined =>
  models.services.find((service) => commandOf(service) === command);

/** Words of all services, ascending. */
export const commandsOf = (models: Models): readonly string[] => models.services.map(commandOf).sort();

/** Names whose words the rules below would cut in the wrong place. */
const SPECIAL: Readonly<Record<string, string>> = {
  GetOTelEnrichment: "get-otel-enrichment",
  StartOTelEnrichment: "start-otel-enrichment",
  StopOTelEnrichment: "stop-otel-enrichment",
};

/** `LogGroupARNs` -> `log-group-arns`, `S3Bucket` -> `s3-bucket`. */
export function cliName(name: string): string {
  const special = SPECIAL[name];
  if (special !== undefined) return special;
  if (name.includes("-")) return name;
  let word = name;
  // A plural acronym at the end (`ARNs`) is one word.
  const plural = /[A-Z]{2,}s$/.exec(word);
  if (plural !== null) word = `${word.slice(0, plural.index)}-${plural[0].toLowerCase()}`;
  return word
    .replace(/(.)([A-Z][a-z]+)/g, "$1-$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase();
}

/** Operation names of a service by their command line name, in ascending order. */
export function cliOperations(model: ServiceModel): ReadonlyMap<string, string> {
  const known = operationCache.get(model);
  if (known !== undefined) return known;
  const names = Object.keys(model.operations).map((name) => [cliName(name), name] as const);
  names.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const made = new Map(names);
  operationCache.set(model, made);
  return made;
}

const operationCache = new WeakMap<ServiceModel, ReadonlyMap<string, string>>();
