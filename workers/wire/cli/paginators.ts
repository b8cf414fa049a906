/** Which operations the CLI pages through by itself, and how. Facts of botocore's paginator tables, one row an operation. */

export interface Paginator {
  /** Name of the token, in the input and in the output alike. */
  readonly token: string;
  readonly limit?: string;
  /** Lists that are joined over the pages; the first is the one that `--max-items` counts. */
  readonly results: readonly string[];
  /** Members kept from the first page; all others are dropped. */
  readonly keep: readonly string[];
}

/** `Operation: limit; result, result; kept`. The token is `NextToken`, for Logs and CodePipeline `nextToken`, for IAM `Marker`. */
const ROWS: Readonly<Record<string, readonly string[]>> = {
  cloudwatch: [
    "DescribeAlarmHistory: MaxRecords; AlarmHistoryItems",
    "DescribeAlarms: MaxRecords; MetricAlarms, CompositeAlarms, LogAlarms",
    "ListDashboards: ; DashboardEntries",
    "ListMetrics: ; Metrics, OwningAccounts",
    "GetMetricData: MaxDatapoints; MetricDataResults, Messages",
    "DescribeAnomalyDetectors: MaxResults; AnomalyDetectors",
    "ListAlarmMuteRules: MaxRecords; AlarmMuteRuleSummaries",
  ],
  logs: [
    "DescribeDestinations: limit; destinations",
    "DescribeLogGroups: limit; logGroups",
    "DescribeLogStreams: limit; logStreams",
    "DescribeMetricFilters: limit; metricFilters",
    "DescribeSubscriptionFilters: limit; subscriptionFilters",
    "FilterLogEvents: limit; events, searchedLogStreams",
    "DescribeExportTasks: limit; exportTasks",
    "DescribeQueries: maxResults; queries",
    "DescribeResourcePolicies: limit; resourcePolicies",
    "DescribeDeliveries: limit; deliveries",
    "DescribeDeliveryDestinations: limit; deliveryDestinations",
    "DescribeDeliverySources: limit; deliverySources",
    "ListAnomalies: limit; anomalies",
    "ListLogAnomalyDetectors: limit; anomalyDetectors",
    "ListLogGroupsForQuery: maxResults; logGroupIdentifiers",
    "ListScheduledQueries: maxResults; scheduledQueries",
  ],
  events: ["ListRuleNamesByTarget: Limit; RuleNames", "ListRules: Limit; Rules", "ListTargetsByRule: Limit; Targets"],
  xray: [
    "BatchGetTraces: ; Traces; UnprocessedTraceIds",
    "GetServiceGraph: ; Services; StartTime, EndTime, ContainsOldGroupVersions",
    "GetTraceGraph: ; Services",
    "GetTraceSummaries: ; TraceSummaries; TracesProcessedCount, ApproximateTime",
    "GetGroups: ; Groups",
    "GetSamplingRules: ; SamplingRuleRecords",
    "GetSamplingStatisticSummaries: ; SamplingStatisticSummaries",
    "GetTimeSeriesServiceStatistics: ; TimeSeriesServiceStatistics; ContainsOldGroupVersions",
    "ListResourcePolicies: ; ResourcePolicies",
    "ListTagsForResource: ; Tags",
  ],
  cloudtrail: [
    "LookupEvents: MaxResults; Events",
    "ListPublicKeys: ; PublicKeyList",
    "ListTags: ; ResourceTagList",
    "ListTrails: ; Trails",
    "ListImportFailures: MaxResults; Failures",
    "ListImports: MaxResults; Imports",
    "ListInsightsData: MaxResults; Events",
  ],
  ec2: [
    "DescribeInstances: MaxResults; Reservations",
    "DescribeInstanceStatus: MaxResults; InstanceStatuses",
    "DescribeTags: MaxResults; Tags",
  ],
  autoscaling: [
    "DescribeAutoScalingGroups: MaxRecords; AutoScalingGroups",
    "DescribeAutoScalingInstances: MaxRecords; AutoScalingInstances",
    "DescribeLaunchConfigurations: MaxRecords; LaunchConfigurations",
    "DescribePolicies: MaxRecords; ScalingPolicies",
    "DescribeScalingActivities: MaxRecords; Activities",
  ],
  codepipeline: [
    "ListPipelineExecutions: maxResults; pipelineExecutionSummaries",
    "ListPipelines: maxResults; pipelines",
    "ListTagsForResource: maxResults; tags",
  ],
  sns: ["ListSubscriptions: ; Subscriptions", "ListSubscriptionsByTopic: ; Subscriptions", "ListTopics: ; Topics"],
  sqs: ["ListDeadLetterSourceQueues: MaxResults; queueUrls", "ListQueues: MaxResults; QueueUrls"],
  iam: [
    "ListUsers: MaxItems; Users",
    "ListRoles: MaxItems; Roles",
    "ListPolicies: MaxItems; Policies",
    "ListPolicyVersions: MaxItems; Versions",
    "ListAccessKeys: MaxItems; AccessKeyMetadata",
    "ListAttachedUserPolicies: MaxItems; AttachedPolicies",
    "ListAttachedRolePolicies: MaxItems; AttachedPolicies",
    "ListUserPolicies: MaxItems; PolicyNames",
    "ListRolePolicies: MaxItems; PolicyNames",
    "ListEntitiesForPolicy: MaxItems; PolicyGroups, PolicyUsers, PolicyRoles",
    "ListUserTags: MaxItems; Tags",
    "ListRoleTags: MaxItems; Tags",
    "SimulateCustomPolicy: MaxItems; EvaluationResults",
    "SimulatePrincipalPolicy: MaxItems; EvaluationResults",
  ],
};

const TOKENS: Readonly<Record<string, string>> = { logs: "nextToken", codepipeline: "nextToken", iam: "Marker" };

export function paginatorOf(service: string, operation: string): Paginator | undefined {
  const row = ROWS[service]?.find((text) => text.startsWith(`${operation}:`));
  if (row === undefined) return undefined;
  const [limit, results, keep] = row
    .slice(operation.length + 1)
    .split(";")
    .map((part) =>
      part
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== ""),
    );
  return {
    token: TOKENS[service] ?? "NextToken",
    results: results ?? [],
    keep: keep ?? [],
    ...(limit?.[0] === undefined ? {} : { limit: limit[0] }),
  };
}

export interface Paging {
  readonly startingToken?: string | undefined;
  readonly maxItems?: number | undefined;
  readonly pageSize?: number | undefined;
}

type Answer = Readonly<Record<string, unknown>>;

/**
 * Calls page after page and joins the answers as the CLI does. With `maxItems` the rest is left and the answer carries
 * `NextToken`: base64 of the JSON of the service's token and how many items of its page are already out.
 */
export async function paginate(
  paginator: Paginator,
  input: Answer,
  paging: Paging,
  call: (input: Answer) => Promise<Answer>,
): Promise<Answer> {
  const whole: Record<string, unknown> = {};
  const start = paging.startingToken === undefined ? undefined : readToken(paging.startingToken, paginator.token);
  let token = start?.token ?? undefined;
  let skip = start?.skip ?? 0;
  let total = 0;
  let kept: Record<string, unknown> | undefined;
  const primary = paginator.results[0] ?? "";
  for (;;) {
    const request: Record<string, unknown> = { ...input };
    if (paging.pageSize !== undefined && paginator.limit !== undefined) request[paginator.limit] = paging.pageSize;
    if (token !== undefined) request[paginator.token] = token;
    const page: Record<string, unknown> = { ...(await call(request)) };
    if (kept === undefined) {
      kept = Object.fromEntries(paginator.keep.filter((name) => page[name] !== undefined).map((name) => [name, page[name]]));
      if (start !== undefined && skip > 0) {
        page[primary] = listOf(page[primary]).slice(skip);
        for (const name of paginator.results.slice(1)) if (page[name] !== undefined) page[name] = [];
      }
    } else skip = 0;
    const items = listOf(page[primary]);
    const over = paging.maxItems === undefined ? 0 : total + items.length - paging.maxItems;
    if (over > 0) page[primary] = items.slice(0, items.length - over);
    for (const name of paginator.results) {
      if (page[name] === undefined || page[name] === null) continue;
      whole[name] = whole[name] === undefined ? page[name] : [...listOf(whole[name]), ...listOf(page[name])];
    }
    const next = page[paginator.token];
    const following = typeof next === "string" && next !== "" ? next : undefined;
    let resume: string | undefined;
    if (over > 0) resume = writeToken(paginator.token, token, items.length - over + skip);
    else {
      total += items.length;
      if (following !== undefined && total === paging.maxItems) resume = writeToken(paginator.token, following);
    }
    if (resume !== undefined || following === undefined || following === token) {
      return { ...whole, ...kept, ...(resume === undefined ? {} : { NextToken: resume }) };
    }
    token = following;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function writeToken(name: string, token: string | undefined, skip?: number): string {
  const text = `{"${name}": ${token === undefined ? "null" : JSON.stringify(token)}${skip === undefined ? "" : `, "boto_truncate_amount": ${skip}`}}`;
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function readToken(text: string, name: string): { token: string | undefined; skip: number } {
  try {
    const bytes = Uint8Array.from(atob(text), (ch) => ch.charCodeAt(0));
    const found = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    const skip = found["boto_truncate_amount"];
    const token = found[name];
    if (typeof found === "object" && found !== null) {
      return { token: typeof token === "string" ? token : undefined, skip: typeof skip === "number" ? skip : 0 };
    }
  } catch {
    // Not one of the CLI's own tokens: it is the service's, as it stands.
    return { token: text, skip: 0 };
  }
  return { token: text, skip: 0 };
}
