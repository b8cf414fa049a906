/** CloudFormation's name of what an ARN names, as CloudTrail gives it in `resources[].type`. First match wins. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^arn:aws:cloudwatch:[^:]*:\d+:alarm:/, "AWS::CloudWatch::Alarm"],
  [/^arn:aws:cloudwatch::\d+:dashboard\//, "AWS::CloudWatch::Dashboard"],
  [/^arn:aws:cloudwatch:[^:]*:\d+:insight-rule\//, "AWS::CloudWatch::InsightRule"],
  [/^arn:aws:cloudwatch:[^:]*:\d+:metric-stream\//, "AWS::CloudWatch::MetricStream"],
  [/^arn:aws:logs:[^:]*:\d+:log-group:[^:]+:log-stream:/, "AWS::Logs::LogStream"],
  [/^arn:aws:logs:[^:]*:\d+:log-group:/, "AWS::Logs::LogGroup"],
  [/^arn:aws:logs:[^:]*:\d+:destination:/, "AWS::Logs::Destination"],
  [/^arn:aws:events:[^:]*:\d+:event-bus\//, "AWS::Events::EventBus"],
  [/^arn:aws:events:[^:]*:\d+:rule\//, "AWS::Events::Rule"],
  [/^arn:aws:events:[^:]*:\d+:archive\//, "AWS::Events::Archive"],
  [/^arn:aws:xray:[^:]*:\d+:group\//, "AWS::XRay::Group"],
  [/^arn:aws:xray:[^:]*:\d+:sampling-rule\//, "AWS::XRay::SamplingRule"],
  [/^arn:aws:cloudtrail:[^:]*:\d+:trail\//, "AWS::CloudTrail::Trail"],
  [/^arn:aws:cloudtrail:[^:]*:\d+:eventdatastore\//, "AWS::CloudTrail::EventDataStore"],
  [/^arn:aws:iam::\d+:role\//, "AWS::IAM::Role"],
  [/^arn:aws:iam::\d+:user\//, "AWS::IAM::User"],
  [/^arn:aws:iam::(\d+|aws):policy\//, "AWS::IAM::Policy"],
  [/^arn:aws:kms:[^:]*:\d+:key\//, "AWS::KMS::Key"],
  [/^arn:aws:lambda:[^:]*:\d+:function:/, "AWS::Lambda::Function"],
  [/^arn:aws:sns:[^:]*:\d+:[^:]+:/, "AWS::SNS::Subscription"],
  [/^arn:aws:sns:/, "AWS::SNS::Topic"],
  [/^arn:aws:sqs:/, "AWS::SQS::Queue"],
  [/^arn:aws:s3:::[^/]+\//, "AWS::S3::Object"],
  [/^arn:aws:s3:::/, "AWS::S3::Bucket"],
];

export const resourceType = (arn: string): string | undefined => TYPES.find(([pattern]) => pattern.test(arn))?.[1];
