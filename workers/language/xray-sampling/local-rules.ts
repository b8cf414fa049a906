/** The file of local sampling rules that SDKs fall back to (facts xray §9.5). */
import { InputError } from "../../model/errors.ts";
import { fitsSampling, type SampledRequest } from "./rules.ts";

export interface LocalRate {
  /** Requests that are sampled in each second before the rate counts. */
  readonly fixedTarget: number;
  readonly rate: number;
}
export interface LocalRule extends LocalRate {
  readonly host: string;
  readonly method: string;
  readonly path: string;
}
export interface LocalRules {
  readonly rules: readonly LocalRule[];
  readonly fallback: LocalRate;
}

/** What SDKs bring with them: the first request of each second and 5 %. */
export const SDK_LOCAL_RULES: LocalRules = { rules: [], fallback: { fixedTarget: 1, rate: 0.05 } };

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

function wrong(path: string, found: unknown, allowed: string): InputError {
  return new InputError(`Local sampling rules: ${path} is wrong.`, { path, found: JSON.stringify(found) ?? "nothing", allowed });
}

/** Throws `InputError` that names the member and the rule. */
export function parseLocalRules(document: unknown): LocalRules {
  if (!isObject(document)) throw wrong("document", document, "an object");
  const { version, default: fallback, rules = [] } = document;
  if (version !== 1 && version !== 2) throw wrong("version", version, "1 or 2");
  if (!isObject(fallback)) throw wrong("default", fallback, "fixed_target and rate");
  if (!Array.isArray(rules)) throw wrong("rules", rules, "a list");
  checkMembers(fallback, "default", ["fixed_target", "rate"], []);
  const host = version === 1 ? "service_name" : "host";
  return {
    fallback: rateOf(fallback, "default"),
    rules: rules.map((rule: unknown, index): LocalRule => {
      const path = `rules[${index}]`;
      if (!isObject(rule)) throw wrong(path, rule, "an object");
      checkMembers(rule, path, [host, "http_method", "url_path", "fixed_target", "rate"], ["description"]);
      return {
        ...rateOf(rule, path),
        host: textOf(rule, host, path),
        method: textOf(rule, "http_method", path),
        path: textOf(rule, "url_path", path),
      };
    }),
  };
}

function checkMembers(json: Json, path: string, needed: readonly string[], free: readonly string[]): void {
  const missing = needed.find((member) => !Object.hasOwn(json, member));
  if (missing !== undefined) throw wrong(`${path}.${missing}`, undefined, "a value");
  const unknown = Object.keys(json).find((member) => !needed.includes(member) && !free.includes(member));
  if (unknown !== undefined) throw wrong(`${path}.${unknown}`, json[unknown], `only ${[...needed, ...free].join(", ")}`);
}

function rateOf({ fixed_target, rate }: Json, path: string): LocalRate {
  if (typeof fixed_target !== "number" || !Number.isInteger(fixed_target) || fixed_target < 0)
    throw wrong(`${path}.fixed_target`, fixed_target, "a whole number from 0");
  if (typeof rate !== "number" || !(rate >= 0 && rate <= 1)) throw wrong(`${path}.rate`, rate, "a number from 0 to 1");
  return { fixedTarget: fixed_target, rate };
}

function textOf(json: Json, member: string, path: string): string {
  const value = json[member];
  if (typeof value !== "string") throw wrong(`${path}.${member}`, value, "a text");
  return value;
}

/** Index of the first rule in the order of the file that fits, else `default`. */
export function matchingLocalRule({ rules }: LocalRules, request: SampledRequest): number | "default" {
  const found = rules.findIndex(
    ({ host, method, path }) =>
      fitsSampling(request.host, host) && fitsSampling(request.method, method) && fitsSampling(request.path, path),
  );
  return found < 0 ? "default" : found;
}
