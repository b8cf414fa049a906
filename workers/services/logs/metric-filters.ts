/** Metric filters: PutMetricFilter, DescribeMetricFilters, DeleteMetricFilter, TestMetricFilter. */
import { evaluate, extractedValues } from "../../language/filter-pattern/evaluate.ts";
import { hasRegex } from "../../language/filter-pattern/parse.ts";
import { numberOf } from "../../language/filter-pattern/select.ts";
import { ServiceError } from "../../model/errors.ts";
import type {
  DeleteMetricFilterRequest,
  DescribeMetricFiltersRequest,
  DescribeMetricFiltersResponse,
  MetricFilter,
  MetricTransformation,
  PutMetricFilterRequest,
  TestMetricFilterRequest,
  TestMetricFilterResponse,
} from "../../model/generated/logs.ts";
import type { Context } from "../contract.ts";
import { existingGroup, type FilterDoc, filterDocs, filtersOf, idIn, requireStandard } from "./documents.ts";
import { invalidParameter, limitExceeded } from "./failures.ts";
import { forgetMinute } from "./metric-filter-action.ts";
import { compiledPattern } from "./patterns.ts";
import { pageOf } from "./tokens.ts";

const MOST_FILTERS = 100;
const MOST_WITH_REGEX = 5;
const MOST_DIMENSIONS = 3;

export function putMetricFilter(ctx: Context, input: PutMetricFilterRequest): Record<string, never> {
  const { logGroupName, filterName, filterPattern, applyOnTransformedLogs = false } = input;
  const group = existingGroup(ctx, logGroupName);
  requireStandard(group, "PutMetricFilter");
  const pattern = compiledPattern(filterPattern);
  const transformation = input.metricTransformations[0]!; // exactly one: the model says so
  checkTransformation(transformation, pattern.kind === "json" || pattern.kind === "delimited");
  const others = filtersOf(ctx, logGroupName).filter((filter) => filter.filterName !== filterName);
  if (others.length >= MOST_FILTERS) throw limitExceeded();
  if (hasRegex(pattern) && others.filter((filter) => hasRegex(compiledPattern(filter.filterPattern))).length >= MOST_WITH_REGEX) {
    throw new ServiceError("LimitExceededException", "Resource limit exceeded.", {
      hint: `At most ${MOST_WITH_REGEX} filter patterns of a log group may hold regular expressions.`,
    });
  }
  const id = idIn(logGroupName, filterName);
  filterDocs(ctx).put(id, {
    logGroupName,
    filterName,
    filterPattern,
    creationTime: filterDocs(ctx).get(id)?.creationTime ?? ctx.now,
    applyOnTransformedLogs,
    ...(input.fieldSelectionCriteria === undefined ? {} : { fieldSelectionCriteria: input.fieldSelectionCriteria }),
    ...(input.emitSystemFieldDimensions === undefined ? {} : { emitSystemFieldDimensions: input.emitSystemFieldDimensions }),
    transformation,
  });
  return {};
}

function checkTransformation(transformation: MetricTransformation, hasFields: boolean): void {
  const { metricName, metricNamespace, metricValue, defaultValue, dimensions = {} } = transformation;
  if (metricName === "" || metricNamespace === "") throw invalidParameter("A metric transformation needs a metric name and a namespace.");
  if (numberOf(metricValue) === undefined && !metricValue.startsWith("$")) {
    throw invalidParameter(
      `The metric value '${metricValue}' is invalid.`,
      "A metric value is a number such as 1, or a field of the pattern such as $.latency or $size.",
    );
  }
  const entries = Object.entries(dimensions);
  if (entries.length === 0) return;
  if (!hasFields) throw invalidParameter("The specified filter pattern does not support dimensions");
  if (defaultValue !== undefined) {
    throw invalidParameter(
      "A default value cannot be specified together with dimensions.",
      "Leave out the default value or the dimensions.",
    );
  }
  if (entries.length > MOST_DIMENSIONS) throw invalidParameter(`A metric transformation can have at most ${MOST_DIMENSIONS} dimensions.`);
  for (const [name, value] of entries) {
    if (!value.startsWith("$"))
      throw invalidParameter(`The value '${value}' of dimension '${name}' must be a field of the pattern such as $.host or $ip.`);
  }
}

export function describeMetricFilters(ctx: Context, input: DescribeMetricFiltersRequest): DescribeMetricFiltersResponse {
  const { logGroupName, filterNamePrefix = "", metricName, metricNamespace } = input;
  if ((metricName === undefined) !== (metricNamespace === undefined)) {
    throw invalidParameter("The metricName and metricNamespace parameters must be specified together.");
  }
  if (logGroupName !== undefined) existingGroup(ctx, logGroupName);
  const filters = (logGroupName === undefined ? filterDocs(ctx).values() : filtersOf(ctx, logGroupName)).filter(
    ({ filterName, transformation }) =>
      filterName.startsWith(filterNamePrefix) &&
      (metricName === undefined || (transformation.metricName === metricName && transformation.metricNamespace === metricNamespace)),
  );
  const owner = JSON.stringify(["DescribeMetricFilters", logGroupName, filterNamePrefix, metricName, metricNamespace]);
  const { page, nextToken } = pageOf(owner, filters, (filter) => idIn(filter.logGroupName, filter.filterName), input, ctx.now);
  return { metricFilters: page.map(describedFilter), ...(nextToken === undefined ? {} : { nextToken }) };
}

function describedFilter({ transformation, ...filter }: FilterDoc): MetricFilter {
  return { ...filter, metricTransformations: [transformation] };
}

export function deleteMetricFilter(ctx: Context, input: DeleteMetricFilterRequest): Record<string, never> {
  const { logGroupName, filterName } = input;
  existingGroup(ctx, logGroupName);
  if (!filterDocs(ctx).delete(idIn(logGroupName, filterName))) {
    throw new ServiceError("ResourceNotFoundException", "The specified metric filter does not exist.");
  }
  forgetMinute(ctx, logGroupName, filterName);
  return {};
}

export function testMetricFilter(ctx: Context, input: TestMetricFilterRequest): TestMetricFilterResponse {
  const pattern = compiledPattern(input.filterPattern);
  const evaluations = input.logEventMessages.map((message) => evaluate(pattern, message, ctx.explain !== undefined));
  ctx.explain?.(evaluations.map(({ because }) => because));
  const matches = input.logEventMessages.flatMap((eventMessage, eventNumber) =>
    evaluations[eventNumber]!.matched ? [{ eventNumber, eventMessage, extractedValues: extractedValues(pattern, eventMessage) }] : [],
  );
  return { matches };
}
