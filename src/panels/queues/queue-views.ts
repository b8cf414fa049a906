/** What SQS's looks answer. */
export interface QueueRow {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly created: number;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export interface Message {
  readonly id: string;
  readonly MessageId: string;
  readonly body: string;
  readonly sent: number;
  readonly receives: number;
  readonly state: "visible" | "in flight" | "delayed";
  /** Not to be received before, epoch ms. */
  readonly visibleAt: number;
  readonly expires: number;
}

export interface Contents {
  readonly total: number;
  readonly messages: readonly Message[];
}
