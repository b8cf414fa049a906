import type { Because } from "../because.ts";

export interface Evaluation {
  readonly matched: boolean;
  readonly because?: Because;
}
