/** Look `alarmProblems`: everything PutMetricAlarm would refuse of an input, each at its member. The call itself names the first. */
import { coreModels } from "../../model/core-models.ts";
import { ServiceError } from "../../model/errors.ts";
import type { PutMetricAlarmInput } from "../../model/generated/cloudwatch.ts";
import type { ServiceModel } from "../../model/shapes.ts";
import { failuresOf } from "../../model/validate.ts";
import type { Context } from "../contract.ts";
import { refusalsOf } from "./alarm-rules.ts";

export interface AlarmProblem {
  /** Member of the request; absent where the whole request is to blame. */
  readonly member?: string;
  readonly code: string;
  /** AWS's words. */
  readonly message: string;
  /** What to do about it, where AWS's words do not say. */
  readonly hint?: string;
}

const HINTS: Readonly<Record<string, string>> = {
  AlarmName: "Give the alarm a name, 1 to 255 characters.",
  AlarmDescription: "At most 1024 characters.",
};

export function alarmProblems(ctx: Context, question: { readonly alarm: Readonly<Record<string, unknown>> }): readonly AlarmProblem[] {
  const model = coreModels().get("cloudwatch") as ServiceModel; // this service's own
  const problems: AlarmProblem[] = [];
  const add = (member: string | undefined, error: ServiceError): void => {
    const hint = error.hint ?? (member === undefined ? undefined : HINTS[member]);
    // One problem a member, and one where two members are mended in one way (a metric is a namespace and a name).
    if (problems.some((one) => (member !== undefined && one.member === member) || (hint !== undefined && one.hint === hint))) return;
    problems.push({
      ...(member === undefined ? {} : { member }),
      code: error.code,
      message: error.message,
      ...(hint === undefined ? {} : { hint }),
    });
  };
  try {
    for (const { member, error } of failuresOf(model, "PutMetricAlarm", question.alarm)) add(member, error);
    // Of the right types at least: the rules between members can be asked.
    for (const { member, error } of refusalsOf(question.alarm as unknown as PutMetricAlarmInput, ctx)) add(member, error);
  } catch (thrown) {
    if (!(thrown instanceof ServiceError)) throw thrown;
    add(undefined, thrown);
  }
  return problems;
}
