/** What the inbox view answers (SNS's look `inbox`). */
export interface InboxMail {
  readonly id: string;
  readonly kind: "confirmation" | "notification";
  readonly time: number;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly body: string;
  readonly TopicArn: string;
  readonly token?: string;
  readonly confirmed?: boolean;
}

export interface InboxView {
  readonly mails: readonly InboxMail[];
  readonly total: number;
  readonly dropped: number;
  readonly pending: readonly { readonly TopicArn: string; readonly Endpoint: string; readonly token: string; readonly sentence: string }[];
}

/** ARNs that a text names, each once, in their order. */
export function arnsIn(text: string): readonly string[] {
  const found = text.match(/arn:aws:[a-z0-9-]+:[a-z0-9-]*:\d{12}:[^\s"'\\,\]}&]+/g) ?? [];
  return [...new Set(found)];
}
