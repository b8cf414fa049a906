/**
 * Policies that AWS manages, as they stand in every account: those of the services that are here and of the identities a
 * fresh account has. Action lists are those of the AWS managed policy reference; dates are of the policy and of the version.
 */
import { parseIsoTime } from "../../model/validate-time.ts";
import { uniqueId } from "../principal-ids.ts";
import type { PolicyDoc } from "./documents.ts";

interface Given {
  readonly name: string;
  readonly path?: string;
  readonly created: string;
  readonly updated?: string;
  readonly version: string;
  readonly statements: readonly Readonly<Record<string, unknown>>[];
}

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== "");
const allow = (actions: string | readonly string[], Resource: string | readonly string[] = "*", more: object = {}) => ({
  Effect: "Allow",
  Action: actions,
  Resource,
  ...more,
});
const linkedRole = (role: string, service: string, operator: string, Sid: string) =>
  allow("iam:CreateServiceLinkedRole", `arn:aws:iam::*:role/aws-service-role/${role}`, {
    Condition: { [operator]: { "iam:AWSServiceName": service } },
    Sid,
  });
const QUOTAS = words("s3 dynamodb kinesis sns bedrock lambda fargate elasticloadbalancing ec2").map(
  (service) => `arn:aws:servicequotas:*:*:${service}/*`,
);
const XRAY_DAEMON =
  "xray:PutTraceSegments xray:PutTelemetryRecords xray:GetSamplingRules xray:GetSamplingTargets xray:GetSamplingStatisticSummaries";

const GIVEN: readonly Given[] = [
  { name: "AdministratorAccess", created: "2015-02-06T18:39:46Z", version: "v1", statements: [allow("*")] },
  {
    name: "PowerUserAccess",
    created: "2015-02-06T18:39:47Z",
    updated: "2026-02-12T17:59:14Z",
    version: "v12",
    statements: [
      { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
      allow(
        words(`account:GetAccountInformation account:GetGovCloudAccountInformation account:GetPrimaryEmail account:ListRegions
          iam:CreateServiceLinkedRole iam:DeleteServiceLinkedRole iam:ListRoles
          organizations:DescribeEffectivePolicy organizations:DescribeOrganization`),
      ),
    ],
  },
  {
    name: "IAMFullAccess",
    created: "2015-02-06T18:40:38Z",
    updated: "2019-06-21T19:40:00Z",
    version: "v2",
    statements: [
      allow(
        words(`iam:* organizations:DescribeAccount organizations:DescribeOrganization organizations:DescribeOrganizationalUnit
          organizations:DescribePolicy organizations:ListChildren organizations:ListParents organizations:ListPoliciesForTarget
          organizations:ListRoots organizations:ListPolicies organizations:ListTargetsForPolicy`),
      ),
    ],
  },
  {
    name: "IAMReadOnlyAccess",
    created: "2015-02-06T18:40:39Z",
    updated: "2018-01-25T19:11:27Z",
    version: "v4",
    statements: [
      allow(
        words(`iam:GenerateCredentialReport iam:GenerateServiceLastAccessedDetails iam:Get* iam:List* iam:SimulateCustomPolicy
          iam:SimulatePrincipalPolicy`),
      ),
    ],
  },
  {
    name: "CloudWatchFullAccessV2",
    created: "2023-08-01T11:32:30Z",
    updated: "2025-10-08T17:34:07Z",
    version: "v4",
    statements: [
      allow(
        words(`application-autoscaling:DescribeScalingPolicies application-signals:* autoscaling:DescribeAutoScalingGroups
          autoscaling:DescribePolicies cloudwatch:* logs:* sns:CreateTopic sns:ListSubscriptions sns:ListSubscriptionsByTopic
          sns:ListTopics sns:Subscribe iam:GetPolicy iam:GetPolicyVersion iam:GetRole oam:ListSinks rum:* synthetics:* xray:*`),
        "*",
        { Sid: "CloudWatchFullAccessPermissions" },
      ),
      linkedRole(
        "application-signals.cloudwatch.amazonaws.com/AWSServiceRoleForCloudWatchApplicationSignals",
        "application-signals.cloudwatch.amazonaws.com",
        "StringLike",
        "CloudWatchApplicationSignalsServiceLinkedRolePermissions",
      ),
      linkedRole(
        "events.amazonaws.com/AWSServiceRoleForCloudWatchEvents*",
        "events.amazonaws.com",
        "StringLike",
        "EventsServicePermissions",
      ),
      allow(["oam:ListAttachedLinks"], "arn:aws:oam:*:*:sink/*", { Sid: "OAMReadPermissions" }),
      allow(
        words("cloudtrail:CreateServiceLinkedChannel cloudtrail:GetChannel"),
        "arn:aws:cloudtrail:*:*:channel/aws-service-channel/application-signals/*",
        { Sid: "CloudWatchCloudTrailPermissions" },
      ),
      allow(["cloudtrail:ListChannels"], "*", { Sid: "CloudWatchApplicationSignalsCloudTrailListPermissions" }),
      allow(["servicequotas:GetServiceQuota"], QUOTAS, { Sid: "CloudWatchServiceQuotaPermissions" }),
    ],
  },
  {
    name: "CloudWatchReadOnlyAccess",
    created: "2015-02-06T18:40:01Z",
    updated: "2025-12-02T16:49:09Z",
    version: "v14",
    statements: [
      allow(
        words(`application-autoscaling:DescribeScalingPolicies application-signals:BatchGet* application-signals:Get*
          application-signals:List* autoscaling:Describe* cloudtrail:ListChannels cloudwatch:BatchGet* cloudwatch:Describe*
          cloudwatch:GenerateQuery cloudwatch:Get* cloudwatch:List* logs:Get* logs:List* logs:StartQuery logs:StopQuery
          logs:Describe* logs:TestMetricFilter logs:FilterLogEvents logs:StartLiveTail logs:StopLiveTail oam:ListSinks
          observabilityadmin:GetCentralizationRuleForOrganization observabilityadmin:ListCentralizationRulesForOrganization
          observabilityadmin:GetTelemetryEvaluationStatus observabilityadmin:GetTelemetryEvaluationStatusForOrganization
          observabilityadmin:GetTelemetryRule observabilityadmin:GetTelemetryRuleForOrganization
          observabilityadmin:ListResourceTelemetry observabilityadmin:ListResourceTelemetryForOrganization
          observabilityadmin:ListTelemetryRules observabilityadmin:ListTelemetryRulesForOrganization
          observabilityadmin:GetTelemetryEnrichmentStatus observabilityadmin:ListTagsForResource
          observabilityadmin:GetTelemetryPipeline observabilityadmin:ListTelemetryPipelines
          observabilityadmin:TestTelemetryPipeline observabilityadmin:ValidateTelemetryPipelineConfiguration
          observabilityadmin:GetS3TableIntegration observabilityadmin:ListS3TableIntegrations sns:Get* sns:List*
          rum:BatchGet* rum:Get* rum:List* synthetics:Describe* synthetics:Get* synthetics:List* xray:BatchGet* xray:Get*
          xray:List* xray:StartTraceRetrieval xray:CancelTraceRetrieval`),
        "*",
        { Sid: "CloudWatchReadOnlyAccessPermissions" },
      ),
      allow(["oam:ListAttachedLinks"], "arn:aws:oam:*:*:sink/*", { Sid: "OAMReadPermissions" }),
      allow(
        "iam:GetRole",
        "arn:aws:iam::*:role/aws-service-role/application-signals.cloudwatch.amazonaws.com/AWSServiceRoleForCloudWatchApplicationSignals",
        { Sid: "CloudWatchReadOnlyGetRolePermissions" },
      ),
      allow(["cloudtrail:GetChannel"], "arn:aws:cloudtrail:*:*:channel/aws-service-channel/application-signals/*", {
        Sid: "CloudWatchCloudTrailPermissions",
      }),
      allow(["servicequotas:GetServiceQuota"], QUOTAS, { Sid: "CloudWatchServiceQuotaPermissions" }),
      allow(
        words("resource-explorer-2:ListIndexes resource-explorer-2:Search"),
        words("AWSServiceViewForApplicationSignals AWSServiceViewForApplicationSignalsOrgScopeProd").map(
          (view) => `arn:aws:resource-explorer-2:*::view/${view}/service-view`,
        ),
        { Sid: "CloudWatchResourceExplorerPermissions" },
      ),
    ],
  },
  {
    name: "CloudWatchLogsFullAccess",
    created: "2015-02-06T18:40:02Z",
    updated: "2025-05-20T17:07:06Z",
    version: "v3",
    statements: [
      allow(words("logs:* cloudwatch:GenerateQuery cloudwatch:GenerateQueryResultsSummary"), "*", { Sid: "CloudWatchLogsFullAccess" }),
    ],
  },
  {
    name: "CloudWatchLogsReadOnlyAccess",
    created: "2015-02-06T18:40:03Z",
    updated: "2023-11-26T18:11:33Z",
    version: "v6",
    statements: [
      allow(
        words(`logs:Describe* logs:Get* logs:List* logs:StartQuery logs:StopQuery logs:TestMetricFilter logs:FilterLogEvents
          logs:StartLiveTail logs:StopLiveTail cloudwatch:GenerateQuery`),
        "*",
        { Sid: "CloudWatchLogsReadOnlyAccess" },
      ),
    ],
  },
  {
    name: "CloudWatchAgentServerPolicy",
    created: "2018-03-07T01:06:44Z",
    updated: "2024-02-06T16:37:37Z",
    version: "v3",
    statements: [
      allow(
        words(`cloudwatch:PutMetricData ec2:DescribeVolumes ec2:DescribeTags logs:PutLogEvents logs:PutRetentionPolicy
          logs:DescribeLogStreams logs:DescribeLogGroups logs:CreateLogStream logs:CreateLogGroup ${XRAY_DAEMON}`),
        "*",
        { Sid: "CWACloudWatchServerPermissions" },
      ),
      allow(["ssm:GetParameter"], "arn:aws:ssm:*:*:parameter/AmazonCloudWatch-*", { Sid: "CWASSMServerPermissions" }),
    ],
  },
  {
    name: "AmazonEventBridgeFullAccess",
    created: "2019-07-11T14:08:13Z",
    updated: "2022-12-01T17:00:46Z",
    version: "v4",
    statements: [
      allow(words("events:* schemas:* scheduler:* pipes:*"), "*", { Sid: "EventBridgeActions" }),
      linkedRole(
        "AmazonEventBridgeApiDestinationsServiceRolePolicy",
        "apidestinations.events.amazonaws.com",
        "StringEquals",
        "IAMCreateServiceLinkedRoleForApiDestinations",
      ),
      linkedRole(
        "schemas.amazonaws.com/AWSServiceRoleForSchemas",
        "schemas.amazonaws.com",
        "StringEquals",
        "IAMCreateServiceLinkedRoleForAmazonEventBridgeSchemas",
      ),
      allow(
        words(`secretsmanager:CreateSecret secretsmanager:UpdateSecret secretsmanager:DeleteSecret secretsmanager:GetSecretValue
          secretsmanager:PutSecretValue`),
        "arn:aws:secretsmanager:*:*:secret:events!*",
        { Sid: "SecretsManagerAccessForApiDestinations" },
      ),
      ...(
        [
          ["events", "EventBridge"],
          ["scheduler", "Scheduler"],
          ["pipes", "Pipes"],
        ] as const
      ).map(([service, Name]) =>
        allow("iam:PassRole", "arn:aws:iam::*:role/*", {
          Condition: { StringLike: { "iam:PassedToService": `${service}.amazonaws.com` } },
          Sid: `IAMPassRoleAccessFor${Name}`,
        }),
      ),
    ],
  },
  {
    name: "AmazonEventBridgeReadOnlyAccess",
    created: "2019-07-11T13:59:07Z",
    updated: "2022-12-01T17:02:48Z",
    version: "v6",
    statements: [
      allow(
        words(`events:DescribeRule events:DescribeEventBus events:DescribeEventSource events:ListEventBuses
          events:ListEventSources events:ListRuleNamesByTarget events:ListRules events:ListTargetsByRule
          events:TestEventPattern events:DescribeArchive events:ListArchives events:DescribeReplay events:ListReplays
          events:DescribeConnection events:ListConnections events:DescribeApiDestination events:ListApiDestinations
          events:DescribeEndpoint events:ListEndpoints schemas:DescribeCodeBinding schemas:DescribeDiscoverer
          schemas:DescribeRegistry schemas:DescribeSchema schemas:ExportSchema schemas:GetCodeBindingSource
          schemas:GetDiscoveredSchema schemas:GetResourcePolicy schemas:ListDiscoverers schemas:ListRegistries
          schemas:ListSchemas schemas:ListSchemaVersions schemas:ListTagsForResource schemas:SearchSchemas
          scheduler:GetSchedule scheduler:GetScheduleGroup scheduler:ListSchedules scheduler:ListScheduleGroups
          scheduler:ListTagsForResource pipes:DescribePipe pipes:ListPipes pipes:ListTagsForResource`),
      ),
    ],
  },
  {
    name: "AWSXrayFullAccess",
    created: "2016-12-01T18:30:55Z",
    updated: "2024-04-11T17:07:36Z",
    version: "v2",
    statements: [allow(["xray:*"], ["*"], { Sid: "AWSXrayFullAccess" })],
  },
  {
    name: "AWSXrayReadOnlyAccess",
    created: "2016-12-01T18:27:02Z",
    updated: "2022-11-15T23:13:57Z",
    version: "v7",
    statements: [
      allow(
        words(`xray:GetSamplingRules xray:GetSamplingTargets xray:GetSamplingStatisticSummaries xray:BatchGetTraces
          xray:BatchGetTraceSummaryById xray:GetDistinctTraceGraphs xray:GetServiceGraph xray:GetTraceGraph
          xray:GetTraceSummaries xray:GetGroups xray:GetGroup xray:ListTagsForResource xray:ListResourcePolicies
          xray:GetTimeSeriesServiceStatistics xray:GetInsightSummaries xray:GetInsight xray:GetInsightEvents
          xray:GetInsightImpactGraph`),
        ["*"],
      ),
    ],
  },
  {
    name: "AWSXRayDaemonWriteAccess",
    created: "2018-08-28T23:00:33Z",
    updated: "2024-02-13T21:58:30Z",
    version: "v2",
    statements: [allow(words(XRAY_DAEMON), ["*"], { Sid: "AWSXRayDaemonWriteAccess" })],
  },
  {
    name: "AWSCloudTrail_FullAccess",
    created: "2020-11-24T23:14:23Z",
    updated: "2021-02-22T19:01:00Z",
    version: "v3",
    statements: [
      allow(words("sns:AddPermission sns:CreateTopic sns:SetTopicAttributes sns:GetTopicAttributes"), [
        "arn:aws:sns:*:*:aws-cloudtrail-logs*",
      ]),
      allow(["sns:ListTopics"]),
      allow(words("s3:CreateBucket s3:PutBucketPolicy s3:PutBucketPublicAccessBlock"), ["arn:aws:s3:::aws-cloudtrail-logs*"]),
      allow(words("s3:ListAllMyBuckets s3:GetBucketLocation s3:GetBucketPolicy")),
      allow("cloudtrail:*"),
      allow(["logs:CreateLogGroup"], ["arn:aws:logs:*:*:log-group:aws-cloudtrail-logs*"]),
      allow(words("iam:ListRoles iam:GetRolePolicy iam:GetUser")),
      allow(["iam:PassRole"], "*", { Condition: { StringEquals: { "iam:PassedToService": "cloudtrail.amazonaws.com" } } }),
      allow(words("kms:CreateKey kms:CreateAlias kms:ListKeys kms:ListAliases")),
      allow(["lambda:ListFunctions"]),
      allow(words("dynamodb:ListGlobalTables dynamodb:ListTables")),
    ],
  },
  {
    name: "AWSCloudTrail_ReadOnlyAccess",
    created: "2022-06-14T17:19:05Z",
    version: "v1",
    statements: [allow(words("cloudtrail:Get* cloudtrail:Describe* cloudtrail:List* cloudtrail:LookupEvents"))],
  },
  { name: "AmazonSNSFullAccess", created: "2015-02-06T18:41:05Z", version: "v1", statements: [allow(["sns:*"])] },
  {
    name: "AmazonSNSReadOnlyAccess",
    created: "2015-02-06T18:41:06Z",
    version: "v1",
    statements: [allow(words("sns:GetTopicAttributes sns:List*"))],
  },
  { name: "AmazonSQSFullAccess", created: "2015-02-06T18:41:07Z", version: "v1", statements: [allow(["sqs:*"])] },
  {
    name: "AmazonSQSReadOnlyAccess",
    created: "2015-02-06T18:41:08Z",
    updated: "2023-06-15T15:37:35Z",
    version: "v3",
    statements: [
      allow(words("sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ListDeadLetterSourceQueues sqs:ListQueues sqs:ListMessageMoveTasks")),
    ],
  },
  {
    name: "AWSLambda_ReadOnlyAccess",
    created: "2020-11-23T21:10:07Z",
    updated: "2023-07-27T17:32:05Z",
    version: "v2",
    statements: [
      allow(
        words(`cloudformation:DescribeStacks cloudformation:ListStacks cloudformation:ListStackResources cloudwatch:GetMetricData
          cloudwatch:ListMetrics ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs kms:ListAliases iam:GetPolicy
          iam:GetPolicyVersion iam:GetRole iam:GetRolePolicy iam:ListAttachedRolePolicies iam:ListRolePolicies iam:ListRoles
          logs:DescribeLogGroups lambda:Get* lambda:List* states:DescribeStateMachine states:ListStateMachines tag:GetResources
          xray:GetTraceSummaries xray:BatchGetTraces`),
      ),
      allow(
        words(`logs:DescribeLogStreams logs:GetLogEvents logs:FilterLogEvents logs:StartQuery logs:StopQuery logs:DescribeQueries
          logs:GetLogGroupFields logs:GetLogRecord logs:GetQueryResults`),
        "arn:aws:logs:*:*:log-group:/aws/lambda/*",
      ),
    ],
  },
  {
    name: "AWSLambdaBasicExecutionRole",
    path: "/service-role/",
    created: "2015-04-09T15:03:43Z",
    version: "v1",
    statements: [allow(words("logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"))],
  },
  {
    name: "AmazonS3FullAccess",
    created: "2015-02-06T18:40:58Z",
    updated: "2021-09-27T20:16:37Z",
    version: "v2",
    statements: [allow(words("s3:* s3-object-lambda:*"))],
  },
  {
    name: "AmazonS3ReadOnlyAccess",
    created: "2015-02-06T18:40:59Z",
    updated: "2023-08-10T21:31:39Z",
    version: "v3",
    statements: [allow(words("s3:Get* s3:List* s3:Describe* s3-object-lambda:Get* s3-object-lambda:List*"))],
  },
  {
    name: "AmazonEC2ReadOnlyAccess",
    created: "2015-02-06T18:40:17Z",
    updated: "2024-02-14T15:17:04Z",
    version: "v2",
    statements: [
      allow(words("ec2:Describe* ec2:Get*"), "*", { Sid: "EC2" }),
      allow("elasticloadbalancing:Describe*", "*", { Sid: "ELB" }),
      allow(words("cloudwatch:ListMetrics cloudwatch:GetMetricStatistics cloudwatch:Describe*"), "*", { Sid: "Cloudwatch" }),
      allow("autoscaling:Describe*", "*", { Sid: "Autoscaling" }),
    ],
  },
];

let table: ReadonlyMap<string, PolicyDoc> | undefined;

function madeTable(): ReadonlyMap<string, PolicyDoc> {
  return new Map(
    GIVEN.map(({ name, path = "/", created, updated = created, version, statements }) => {
      const [CreateDate, UpdateDate] = [parseIsoTime(created) ?? 0, parseIsoTime(updated) ?? 0];
      const Arn = `arn:aws:iam::aws:policy${path}${name}`;
      const Document = JSON.stringify({ Version: "2012-10-17", Statement: statements }, undefined, 4);
      const policy: PolicyDoc = {
        PolicyName: name,
        PolicyId: uniqueId("ANPA", "aws", name),
        Arn,
        Path: path,
        CreateDate,
        UpdateDate,
        DefaultVersionId: version,
        versions: [{ VersionId: version, Document, CreateDate: UpdateDate }],
        nextVersion: Number(version.slice(1)) + 1,
        Tags: [],
      };
      return [Arn, policy];
    }),
  );
}

const managed = (): ReadonlyMap<string, PolicyDoc> => {
  table ??= madeTable();
  return table;
};

/** Whether an ARN names a policy of AWS, one that is here or not. */
export const isManagedArn = (arn: string): boolean => arn.startsWith("arn:aws:iam::aws:policy/");
export const managedPolicy = (arn: string): PolicyDoc | undefined => (isManagedArn(arn) ? managed().get(arn) : undefined);
export const managedPolicies = (): readonly PolicyDoc[] => [...managed().values()];
export const managedArn = (name: string, path = "/"): string => `arn:aws:iam::aws:policy${path}${name}`;
