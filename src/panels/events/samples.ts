/** Events of AWS services in their own shapes, to try patterns on before anything has happened. */
export interface Sample {
  readonly id: string;
  readonly label: string;
  readonly event: object;
}

interface Place {
  readonly account: string;
  readonly region: string;
  /** ISO 8601, whole seconds. */
  readonly time: string;
}

/** What a schedule's rule sends. */
export function scheduledEvent({ account, region, time }: Place, rule: string): object {
  return {
    version: "0",
    id: "00000000-0000-4000-8000-000000000000",
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account,
    time,
    region,
    resources: [`arn:aws:events:${region}:${account}:rule/${rule}`],
    detail: {},
  };
}

export function sampleEvents({ account, region, time }: Place): readonly Sample[] {
  const event = (id: string, type: string, source: string, resources: readonly string[], detail: object): object => ({
    version: "0",
    id: `00000000-0000-4000-8000-00000000000${id}`,
    "detail-type": type,
    source,
    account,
    time,
    region,
    resources,
    detail,
  });
  const alarm = `arn:aws:cloudwatch:${region}:${account}:alarm:checkout-errors`;
  const pipeline = `arn:aws:codepipeline:${region}:${account}:shop`;
  const instance = "i-0abcd1234ef567890";
  return [
    {
      id: "alarm",
      label: "CloudWatch Alarm State Change",
      event: event("1", "CloudWatch Alarm State Change", "aws.cloudwatch", [alarm], {
        alarmName: "checkout-errors",
        state: {
          value: "ALARM",
          reason: "Threshold Crossed: 1 datapoint [5.0] was greater than the threshold (0.0).",
          timestamp: time.replace("Z", ".000+0000"),
        },
        previousState: { value: "OK", timestamp: time.replace("Z", ".000+0000") },
        configuration: {
          metrics: [
            {
              id: "m1",
              metricStat: { metric: { namespace: "Shop", name: "Errors", dimensions: {} }, period: 60, stat: "Sum" },
              returnData: true,
            },
          ],
        },
      }),
    },
    {
      id: "ec2",
      label: "EC2 Instance State-change Notification",
      event: event("2", "EC2 Instance State-change Notification", "aws.ec2", [`arn:aws:ec2:${region}:${account}:instance/${instance}`], {
        "instance-id": instance,
        state: "stopped",
      }),
    },
    {
      id: "s3",
      label: "S3 Object Created",
      event: event("3", "Object Created", "aws.s3", ["arn:aws:s3:::orders-archive"], {
        version: "0",
        bucket: { name: "orders-archive" },
        object: { key: "2026/03/order-73402.json", size: 512, etag: "d41d8cd98f00b204e9800998ecf8427e", sequencer: "0055AED6DCD90281E5" },
        "request-id": "C3D13FE58DE4C810",
        requester: account,
        "source-ip-address": "203.0.113.7",
        reason: "PutObject",
      }),
    },
    {
      id: "pipeline",
      label: "CodePipeline Pipeline Execution State Change",
      event: event("5", "CodePipeline Pipeline Execution State Change", "aws.codepipeline", [pipeline], {
        pipeline: "shop",
        "execution-id": "01234567-0123-4123-8123-012345678901",
        "start-time": time.replace("Z", ".000Z"),
        state: "FAILED",
        version: 1,
        "pipeline-execution-attempt": 1,
      }),
    },
    {
      id: "trail",
      label: "AWS API Call via CloudTrail",
      event: event("4", "AWS API Call via CloudTrail", "aws.iam", [], {
        eventVersion: "1.11",
        userIdentity: { type: "IAMUser", arn: `arn:aws:iam::${account}:user/intruder`, accountId: account, userName: "intruder" },
        eventTime: time,
        eventSource: "iam.amazonaws.com",
        eventName: "CreateAccessKey",
        awsRegion: region,
        sourceIPAddress: "203.0.113.7",
        userAgent: "aws-cli/2",
        errorCode: "AccessDenied",
        requestParameters: { userName: "admin" },
        responseElements: null,
        eventType: "AwsApiCall",
        readOnly: false,
        managementEvent: true,
        eventCategory: "Management",
      }),
    },
  ];
}
