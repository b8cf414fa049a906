/** What the bus's look `passed` answers. */
export interface Envelope {
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Passed {
  readonly sequence: string;
  readonly bus: string;
  readonly at: number;
  readonly envelope: Envelope;
  readonly cause?: string;
}

export interface Named {
  readonly name: string;
  readonly count: number;
}

export interface PassedView {
  readonly events: readonly Passed[];
  readonly next?: string;
  readonly total: number;
  readonly kept: number;
  readonly dropped: number;
  readonly sources: readonly Named[];
  readonly types: readonly Named[];
  readonly counts?: { readonly all: readonly number[]; readonly matching: readonly number[] };
}

/** What set something off: the account's look `cause`. */
export type CauseView =
  | {
      readonly kind: "command";
      readonly record: number;
      readonly at: number;
      readonly principal: string;
      readonly via: string;
      readonly request: {
        readonly service: string;
        readonly operation: string;
        readonly input: Readonly<Record<string, unknown>>;
        readonly region: string;
      };
    }
  | { readonly kind: "stage"; readonly record: number; readonly at: number; readonly what: string }
  | { readonly kind: "agenda"; readonly service: string; readonly what: string; readonly key: string; readonly at: number };
