/** Kinds of targets, read off an ARN, and how a target takes its input. */
import type { GlyphName } from "../../ui/Glyph.tsx";
import type { Target } from "./answers.ts";

export type TargetKind = "sqs" | "sns" | "logs" | "lambda" | "bus";
export type InputKind = "whole" | "constant" | "path" | "transformer";

/** Of an ARN that is none, or of a service that takes no events here: a queue. */
export function kindOfArn(arn: string): TargetKind {
  const service = arn.split(":")[2];
  return service === "events" ? "bus" : service === "sns" || service === "logs" || service === "lambda" ? service : "sqs";
}

export const targetGlyph = (kind: TargetKind): GlyphName =>
  ({ sqs: "queue", sns: "topic", logs: "logs", lambda: "fn", bus: "bus" })[kind] as GlyphName;

export function inputKind({ Input, InputPath, InputTransformer }: Target): InputKind {
  if (InputTransformer !== undefined) return "transformer";
  if (InputPath !== undefined) return "path";
  return Input === undefined ? "whole" : "constant";
}
