/** An event pattern that EventBridge refuses (facts eventbridge §5.10), and where in its text the trouble is. */
import { ServiceError } from "../../model/errors.ts";

export interface Span {
  /** Offsets in UTF-16 units: [from, to). */
  readonly from: number;
  readonly to: number;
}

export class EventPatternError extends ServiceError {
  readonly from: number;
  readonly to: number;
  /** The sentence after `Reason: `, without the reader's place. */
  readonly reason: string;

  constructor(reason: string, place: string, at: Span, hint?: string) {
    super("InvalidEventPatternException", `Event pattern is not valid. Reason: ${reason}${place}`, hint === undefined ? {} : { hint });
    this.reason = reason;
    this.from = at.from;
    this.to = at.to;
  }
}

/** How much of the pattern the answer repeats. */
const QUOTED = 500;

/** ` at [Source: (String)"{..."; line: 1, column: 9]`: where the reader stood, 1-based. */
export function placeText(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  const column = offset - (before.lastIndexOf("\n") + 1) + 1;
  const more = text.length > QUOTED ? `[truncated ${text.length - QUOTED} chars]` : "";
  return `\n at [Source: (String)"${text.slice(0, QUOTED)}"${more}; line: ${line}, column: ${column}]`;
}
