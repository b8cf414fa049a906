/** The words in which the world outside speaks to an account: requests, stage commands, questions. */
import type { CallerKind } from "../services/contract.ts";

/** How a request came in; shows in CloudTrail's userAgent and on the screen. */
export type Via = "form" | "terminal" | "sdk" | "endpoint" | "lesson" | "agent" | "service" | "panel";

export interface Caller {
  readonly kind: CallerKind;
  /** Identity id for people and programs (`developer`), principal for services (`logs.amazonaws.com`). */
  readonly principal: string;
}

/**
 * One AWS API request. `input` is in internal form: timestamps are epoch milliseconds or ISO 8601 texts, blobs
 * Uint8Array; each wire protocol and the command line translate into it.
 */
export interface ApiRequest {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly columns?: object;
  readonly account?: string;
  readonly region: string;
  readonly caller: Caller;
  readonly via: Via;
  readonly userAgent?: string;
  readonly sourceIp?: string;
  /** Of a service's own request: what in it asks (`aws:SourceArn`). */
  readonly sourceArn?: string;
  /** Ask for `because`. */
  readonly explain?: boolean;
}

export interface ApiReply {
  readonly requestId: string;
  readonly output: Readonly<Record<string, unknown>>;
  readonly because?: unknown;
}

/** What people do that is not AWS. Journaled. `kind` names a handler of the composition (`attach`, `identity` ...). */
export interface StageCommand {
  readonly kind: string;
  readonly [member: string]: unknown;
}

/** A pure view. `service` + `view` name an entry of that service's `looks`, or `account` for the account's own. */
export interface LookQuestion {
  readonly service: string;
  readonly view: string;
  readonly region: string;
  readonly question?: unknown;
}

/** The last millisecond of the year 9999: no clock goes further. */
export const MOMENT_MAX = 253_402_300_799_999;

/** What an account starts from. */
export interface Scenario {
  readonly format: 1;
  readonly title: string;
  readonly note?: string;
  readonly seed: string;
  /** Clock at the start, epoch milliseconds. */
  readonly start: number;
  /** Account id; default 123456789012. */
  readonly account?: string;
  readonly region?: string;
}

export interface StateHash {
  /** 32 hex digits. */
  readonly hash: string;
  /** One per service and for the clock, when asked for. */
  readonly parts?: Readonly<Record<string, string>>;
}
