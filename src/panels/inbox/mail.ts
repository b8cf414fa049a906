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

/** The JSON object inside a mail's body, when it begins with one (an alarm's message does); otherwise undefined. */
export function jsonOf(body: string): unknown {
  const start = body.indexOf("{");
  const end = body.lastIndexOf("}");
  if (start < 0 || end < start) return undefined;
  try {
    return JSON.parse(body.slice(start, end + 1));
  } catch {
    return undefined; // a text with braces in it: shown as text only
  }
}
