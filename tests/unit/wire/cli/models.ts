import { readFileSync } from "node:fs";
import { parseCommandLine } from "../../../../workers/language/command-line/words.ts";
import { modelsOf } from "../../../../workers/model/models.ts";
import type { ServiceModel } from "../../../../workers/model/shapes.ts";
import type { Invocation } from "../../../../workers/wire/cli/parse-args.ts";
import { parseArgs } from "../../../../workers/wire/cli/parse-args.ts";

const names = ["cloudwatch", "logs", "events", "xray", "cloudtrail", "sns", "sqs", "sts", "iam"];
export const models = modelsOf(
  names.map(
    (name) =>
      JSON.parse(readFileSync(new URL(`../../../../workers/model/generated/${name}.json`, import.meta.url), "utf8")) as ServiceModel,
  ),
);

export function parsed(line: string): Invocation {
  const words = parseCommandLine(line).commands[0]!.words.map((word) => word.text);
  return parseArgs(models, words.slice(1));
}

export function called(line: string): Invocation & { kind: "call" } {
  const invocation = parsed(line);
  if (invocation.kind !== "call") throw new Error(`${line} is a ${invocation.kind}`);
  return invocation;
}
