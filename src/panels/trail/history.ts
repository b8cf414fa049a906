/** What CloudTrail's look `history` answers. */
export interface HistoryRow {
  readonly eventName: string;
  readonly eventTime: number;
  readonly userName: string;
  readonly eventSource: string;
  readonly resourceType: string;
  readonly resourceName: string;
  readonly errorCode: string;
  readonly sourceIpAddress: string;
  readonly readOnly: boolean;
  readonly eventId: string;
  /** How it touched the resource that was asked for. */
  readonly relation?: "on" | "names";
  readonly record: Readonly<Record<string, unknown>>;
}

export interface HistoryView {
  readonly days: number;
  readonly total: number;
  readonly rows: readonly HistoryRow[];
}

/** `monitoring.amazonaws.com` -> `monitoring`. */
export const sourceName = (eventSource: string): string => eventSource.replace(/\.amazonaws\.com$/, "");

/** ARNs of the resources in the record. */
export const resourcesOf = (row: HistoryRow): readonly string[] =>
  ((row.record["resources"] as readonly { readonly ARN?: string }[] | undefined) ?? []).flatMap((one) => one.ARN ?? []);

/** Who called, as a person says it: the user, else the service that acted. */
export function callerOf(row: HistoryRow): { readonly name: string; readonly kind: string } {
  const identity = (row.record["userIdentity"] ?? {}) as Readonly<Record<string, unknown>>;
  const kinds: Readonly<Record<string, string>> = {
    IAMUser: "IAM user",
    AssumedRole: "role",
    Root: "root user",
    AWSService: "AWS service",
  };
  return { name: row.userName || String(identity["invokedBy"] ?? identity["arn"] ?? ""), kind: kinds[String(identity["type"])] ?? "" };
}
