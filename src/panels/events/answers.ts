/** What the operations and looks of EventBridge answer, as these pages read it. */
import type { Because } from "../../../workers/language/because.ts";
import type { Envelope, Passed } from "./passed.ts";

export type { Because };

export type RuleState = "ENABLED" | "DISABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

export interface Rule {
  readonly Name: string;
  readonly Arn: string;
  readonly State: RuleState;
  readonly EventBusName: string;
  readonly EventPattern?: string;
  readonly ScheduleExpression?: string;
  readonly Description?: string;
  readonly RoleArn?: string;
}

export interface Target {
  readonly Id: string;
  readonly Arn: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: { readonly InputPathsMap?: Readonly<Record<string, string>>; readonly InputTemplate: string };
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number };
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

export interface Bus {
  readonly Name: string;
  readonly Arn: string;
  readonly Description?: string;
  /** JSON text. */
  readonly Policy?: string;
  readonly CreationTime?: number;
}

/** Look `busTotals`. */
export interface BusTotal {
  readonly name: string;
  readonly rules: number;
  readonly events: number;
}

export interface FlowSource {
  readonly source: string;
  readonly type: string;
  readonly count: number;
  readonly sent: number;
}

export interface FlowTarget {
  readonly id: string;
  readonly arn: string;
  readonly delivered: number;
  readonly failed: number;
  readonly underWay: number;
}

export interface FlowRule {
  readonly name: string;
  readonly state: RuleState;
  readonly pattern?: string;
  readonly schedule?: string;
  readonly description?: string;
  readonly next?: number;
  readonly sent: number;
  readonly targets: readonly FlowTarget[];
}

/** Look `busFlow`. */
export interface BusFlow {
  readonly bus: string;
  readonly events: number;
  readonly sent: number;
  readonly deliveries: number;
  readonly sources: readonly FlowSource[];
  readonly rules: readonly FlowRule[];
}

export type DeliveryStatus = "under way" | "delivered" | "retrying" | "dead letter" | "dropped" | "not sent";

export interface Delivery {
  readonly sequence: string;
  readonly bus: string;
  readonly rule: string;
  readonly targetId: string;
  readonly targetArn: string;
  readonly eventId: string;
  readonly at: number;
  /** Entry of the log of events; a schedule's event passes no bus. */
  readonly passed?: string;
  readonly envelope?: Envelope;
  readonly payload?: string;
  readonly status: DeliveryStatus;
  readonly attempts: readonly {
    readonly at: number;
    readonly error?: { readonly code: string; readonly message: string; readonly isRetried: boolean };
  }[];
  readonly next?: number;
  readonly why?: string;
  readonly deadLetter?: { readonly queueArn: string; readonly error?: string };
}

/** Look `deliveries`. */
export interface DeliveriesView {
  readonly deliveries: readonly Delivery[];
  readonly next?: string;
  readonly total: number;
}

export interface RuleVerdict {
  readonly rule: string;
  readonly state: RuleState;
  readonly isMatch: boolean;
  readonly heldBack?: string;
  readonly because?: Because;
}

/** Look `eventVerdicts`. */
export interface Verdicts {
  readonly event: Omit<Passed, "sequence">;
  readonly rules: readonly RuleVerdict[];
  readonly deliveries: readonly Delivery[];
}

/** Look `tryPattern`. */
export interface PatternTrial {
  readonly error?: { readonly message: string; readonly from: number; readonly to: number; readonly hint?: string };
  readonly because?: Because;
  readonly eventError?: string;
  readonly tried: number;
  readonly matches: readonly string[];
}

/** Look `trySchedule`. */
export type ScheduleTrial = { readonly moments: readonly number[] } | { readonly error: string; readonly hint?: string };

/** Look `tryTarget`. */
export interface TargetTrial {
  readonly error?: string;
  readonly hint?: string;
  readonly undelivered?: string;
  readonly body?: string;
}
