/** The options an operation takes on the command line, out of its input shape, with the CLI's own changes applied. */
import { shapeOf, structureOf } from "../../model/models.ts";
import type { ServiceModel, Shape } from "../../model/shapes.ts";
import { cliName } from "./names.ts";
import { paginatorOf } from "./paginators.ts";

export interface CliArgument {
  /** Without dashes: `log-group-name`. */
  readonly name: string;
  /** Member of the input; for the flattened options of put-metric-data the member of `MetricData[0]`. */
  readonly member: string;
  readonly shape: Shape;
  readonly required: boolean;
  /** How many words follow: none (a flag), one, or any number. */
  readonly takes: "none" | "one" | "many";
  /** Value of a flag. */
  readonly flag?: boolean;
  /** `metric-datum`: an option of put-metric-data that the CLI folds into the first element of MetricData. */
  /** `count`: the CLI's one option for MinCount and MaxCount of run-instances. */
  readonly form: "member" | "metric-datum" | "paging" | "count";
}

/** The CLI renames these because another option has the name. */
const RENAMED: Readonly<Record<string, string>> = { "sns.subscribe.endpoint": "notification-endpoint" };

const STRING: Shape = { type: "string" };
const INTEGER: Shape = { type: "integer" };
const METRIC_DATUM: readonly (readonly [string, string, Shape])[] = [
  ["metric-name", "MetricName", STRING],
  ["timestamp", "Timestamp", { type: "timestamp" }],
  ["unit", "Unit", STRING],
  ["value", "Value", { type: "double" }],
  ["dimensions", "Dimensions", STRING],
  ["statistic-values", "StatisticValues", STRING],
  ["storage-resolution", "StorageResolution", INTEGER],
];

export const COUNTS: readonly string[] = ["MinCount", "MaxCount"];

/** Whether an operation has `--count` instead of a least and a greatest number. */
export const hasCount = (model: ServiceModel, operation: string): boolean => model.service === "ec2" && operation === "RunInstances";

/** Options of an operation in the order of the model, flags in both forms (`--x`, `--no-x`). */
export function argumentsOf(model: ServiceModel, operation: string): ReadonlyMap<string, CliArgument> {
  let byOperation = cache.get(model);
  if (byOperation === undefined) {
    byOperation = new Map();
    cache.set(model, byOperation);
  }
  const known = byOperation.get(operation);
  if (known !== undefined) return known;
  const made = build(model, operation);
  byOperation.set(operation, made);
  return made;
}

const cache = new WeakMap<ServiceModel, Map<string, ReadonlyMap<string, CliArgument>>>();

function build(model: ServiceModel, operation: string): Map<string, CliArgument> {
  const out = new Map<string, CliArgument>();
  const structure = structureOf(model, model.operations[operation]?.input);
  const verb = cliName(operation);
  const isPutMetricData = model.service === "cloudwatch" && operation === "PutMetricData";
  for (const [member, ref] of Object.entries(structure?.members ?? {})) {
    if (hasCount(model, operation) && COUNTS.includes(member)) continue;
    const plain = cliName(member);
    const name = RENAMED[`${model.service}.${verb}.${plain}`] ?? plain;
    const shape = shapeOf(model, ref.shape);
    const required = structure?.required?.includes(member) === true && !(isPutMetricData && member === "MetricData");
    if (shape.type === "boolean") {
      // argparse does not ask for flags; the service does.
      out.set(name, { name, member, shape, required: false, takes: "none", flag: true, form: "member" });
      out.set(`no-${name}`, { name: `no-${name}`, member, shape, required: false, takes: "none", flag: false, form: "member" });
    } else {
      out.set(name, { name, member, shape, required, takes: shape.type === "list" ? "many" : "one", form: "member" });
    }
  }
  if (isPutMetricData) {
    for (const [name, member, shape] of METRIC_DATUM)
      out.set(name, { name, member, shape, required: false, takes: "one", form: "metric-datum" });
  }
  if (hasCount(model, operation))
    out.set("count", { name: "count", member: "MinCount", shape: STRING, required: false, takes: "one", form: "count" });
  const paginator = paginatorOf(model.service, operation);
  if (paginator !== undefined) {
    out.set("starting-token", {
      name: "starting-token",
      member: "StartingToken",
      shape: STRING,
      required: false,
      takes: "one",
      form: "paging",
    });
    if (paginator.limit !== undefined)
      out.set("page-size", { name: "page-size", member: "PageSize", shape: INTEGER, required: false, takes: "one", form: "paging" });
    out.set("max-items", { name: "max-items", member: "MaxItems", shape: INTEGER, required: false, takes: "one", form: "paging" });
  }
  return out;
}
