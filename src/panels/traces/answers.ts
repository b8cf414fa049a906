/** What X-Ray's looks and operations answer, as far as these pages read it. */
import type { Because } from "../../../workers/language/because.ts";

export type { Because };

export type NodeState = "fault" | "throttle" | "error" | "ok" | "none";

export interface Counts {
  readonly ok: number;
  readonly error: number;
  readonly throttle: number;
  readonly fault: number;
  readonly total: number;
}

export interface HistogramEntry {
  /** Seconds. */
  readonly Value?: number;
  readonly Count?: number;
}

export interface Seen {
  readonly state: NodeState;
  readonly counts: Counts;
  readonly averageSeconds?: number;
  readonly perMinute: number;
  readonly histogram: readonly HistogramEntry[];
}

export interface MapNode extends Seen {
  readonly id: number;
  readonly name: string;
  readonly type?: string;
  readonly kind: "client" | "service" | "inferred";
  readonly isRoot: boolean;
}
export interface MapEdge extends Seen {
  readonly from: number;
  readonly to: number;
  readonly aliases: readonly string[];
}
export interface TraceMapAnswer {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  readonly traces: number;
}

export interface ServiceId {
  readonly Name?: string;
  readonly Type?: string;
}

export interface TraceSummary {
  readonly Id?: string;
  /** Epoch milliseconds. */
  readonly StartTime?: number;
  /** Seconds. */
  readonly Duration?: number;
  readonly ResponseTime?: number;
  readonly HasFault?: boolean;
  readonly HasError?: boolean;
  readonly HasThrottle?: boolean;
  readonly IsPartial?: boolean;
  readonly Http?: { readonly HttpURL?: string; readonly HttpStatus?: number; readonly HttpMethod?: string };
  readonly EntryPoint?: ServiceId;
}

export interface FilterPreview {
  readonly error?: { readonly message: string; readonly hint: string; readonly from: number; readonly to: number };
  readonly scanned: number;
  readonly matched: number;
  readonly newest: readonly TraceSummary[];
  readonly why?: { readonly traceId: string; readonly because: Because };
}

export interface TraceSpan {
  readonly id: string;
  readonly kind: "segment" | "call" | "code";
  readonly name: string;
  readonly service?: { readonly name: string; readonly type?: string };
  /** Place in the list, -1 at the top. */
  readonly parent: number;
  readonly depth: number;
  /** Microseconds from the beginning of the trace. */
  readonly offset: number;
  /** Microseconds; absent while in progress. */
  readonly duration?: number;
  readonly status?: number;
  readonly error: boolean;
  readonly fault: boolean;
  readonly throttle: boolean;
  readonly isInProgress: boolean;
  readonly isBroken: boolean;
  readonly isOrphan: boolean;
  readonly document: Readonly<Record<string, unknown>>;
}

export interface TraceView {
  readonly id: string;
  readonly summary: TraceSummary;
  /** Epoch microseconds. */
  readonly start: number;
  /** Microseconds. */
  readonly duration: number;
  readonly spans: readonly TraceSpan[];
  readonly raw: readonly string[];
}

export interface SamplingRule {
  readonly RuleName: string;
  readonly RuleARN?: string;
  readonly ResourceARN: string;
  readonly Priority: number;
  readonly FixedRate: number;
  readonly ReservoirSize: number;
  readonly ServiceName: string;
  readonly ServiceType: string;
  readonly Host: string;
  readonly HTTPMethod: string;
  readonly URLPath: string;
  readonly Version: number;
  readonly Attributes?: Readonly<Record<string, string>>;
}
export interface RuleRecord {
  readonly SamplingRule: SamplingRule;
  readonly CreatedAt?: number;
  readonly ModifiedAt?: number;
}

export interface SampledRequest {
  readonly serviceName?: string;
  readonly serviceType?: string;
  readonly host?: string;
  readonly method?: string;
  readonly path?: string;
}
export interface WhySampled {
  readonly isSampled: boolean;
  readonly rule: string;
  readonly decision: "take" | "borrow" | "rate" | "no";
  readonly because: Because;
  readonly quotas: readonly { readonly client: string; readonly quota: number }[];
}

export interface Group {
  readonly GroupName: string;
  readonly GroupARN: string;
  readonly FilterExpression?: string;
}
