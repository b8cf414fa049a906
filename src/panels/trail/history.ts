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
  readonly record: Readonly<Record<string, unknown>>;
}

export interface HistoryView {
  readonly days: number;
  readonly total: number;
  readonly rows: readonly HistoryRow[];
}
