/** Why a part of a pattern held or did not. Offsets into the pattern. */
export interface Because {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly verdict: boolean;
  /** What stood in the line or the event, where there is something to show. */
  readonly found?: string;
  readonly reason: string;
  readonly parts?: readonly Because[];
}
