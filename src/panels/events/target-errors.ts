/** Which field of a target its refusal is about: the engine says it in words. */
export type TargetField = "arn" | "id" | "constant" | "path" | "paths" | "template" | "retry" | "deadLetter" | "other";

const WORDS: readonly (readonly [RegExp, TargetField])[] = [
  [/DeadLetterConfig/, "deadLetter"],
  [/InputPathsMap/, "paths"],
  [/InputTemplate/, "template"],
  [/InputPath /, "path"],
  [/JSON syntax error in input/, "constant"],
  [/RetryPolicy|maximumRetryAttempts|maximumEventAgeInSeconds/i, "retry"],
  [/Arn is not in correct format|Log group name|not built/, "arn"],
];

export const fieldOfError = (message: string): TargetField => WORDS.find(([pattern]) => pattern.test(message))?.[1] ?? "other";
