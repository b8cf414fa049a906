/** A question for every view of every service, about the golden story. */
import { STORY_START } from "./story.ts";

const [start, end] = [STORY_START - 3_600_000, STORY_START + 2 * 3_600_000];
const logGroupName = "/shop/web";

export const questions: Readonly<Record<string, unknown>> = {
  "logs/page": { logGroupName, firstRow: 0, rowCount: 50, filterPattern: "ERROR" },
  "logs/density": { logGroupName, start, end, buckets: 60 },
  "logs/explain": { filterPattern: "ERROR", message: "an ERROR", logGroupName },
  "logs/preview": { logGroupName, filterPattern: "ERROR", start, end, period: 60 },
  "logs/groupSummary": { logGroupName },
  "logs/storage": {},
  "cloudwatch/alarmEvaluation": { alarmName: "errors" },
  "cloudwatch/alarmTimeline": { alarmName: "errors", start, end },
  "cloudwatch/alarmOverview": { start, end },
  "cloudwatch/alarmProblems": { alarm: { AlarmName: "", Period: 45 } },
  "cloudwatch/metricCatalog": {},
  "cloudwatch/series": { metrics: [{ namespace: "Shop", metricName: "Errors", stats: ["Sum", "p90"] }], start, end, periodSeconds: 60 },
  "cloudwatch/whatIf": {
    alarmName: "errors",
    alarm: {
      AlarmName: "errors",
      Namespace: "Shop",
      MetricName: "Errors",
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 1,
      ComparisonOperator: "GreaterThanThreshold",
    },
    start,
    end,
  },
  "sns/inbox": { limit: 10 },
  "sqs/overview": {},
  "sqs/contents": { queue: "alarms" },
  "events/passed": { limit: 10 },
  "cloudtrail/history": { text: "errors", limit: 10 },
  "cloudtrail/whyNotRecorded": { service: "logs", operation: "PutLogEvents" },
  "cloudtrail/whyLogged": { eventId: "none" },
  "cloudtrail/trails": {},
  "cloudtrail/imported": {},
  "iam/principals": {},
  "iam/whyDenied": { identity: "auditor", action: "logs:CreateLogGroup", resource: "arn:aws:logs:us-east-1:123456789012:log-group:x:*" },
  "world/replays": {},
  "world/attached": {},
  "account/identities": {},
  "account/markers": { from: start, to: end },
  "account/cause": { cause: "journal/1" },
  "account/news-possible": {},
};
