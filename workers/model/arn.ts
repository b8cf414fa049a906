/** Amazon Resource Names: `arn:partition:service:region:account:resource`. */

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** All after the fifth colon: `log-group:name:*`, `rule/bus/name`, `topic`. */
  readonly resource: string;
}

/** Takes an ARN apart; undefined when the text is none (six parts, `arn` first, partition, service and resource not empty). */
export function parseArn(text: string): Arn | undefined {
  const parts = text.split(":");
  if (parts.length < 6 || parts[0] !== "arn") return undefined;
  const [, partition = "", service = "", region = "", account = ""] = parts;
  const resource = parts.slice(5).join(":");
  if (partition === "" || service === "" || resource === "") return undefined;
  return { partition, service, region, account, resource };
}

/** Puts an ARN together. */
export function formatArn(arn: Arn): string {
  return `arn:${arn.partition}:${arn.service}:${arn.region}:${arn.account}:${arn.resource}`;
}

/** ARN in the partition of a Region: `aws`, `aws-cn` for China, `aws-us-gov` for GovCloud. */
export function arnOf(service: string, region: string, account: string, resource: string): string {
  return formatArn({ partition: partitionOf(region), service, region, account, resource });
}

/** Partition a Region belongs to. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
