/** Everything the engine would refuse of a form, asked before the request is sent, and again with every change after that. */
import { type Accessor, createSignal } from "solid-js";
import type { PlainFailure } from "../../../workers/api.ts";
import { useClient } from "../../client/context.ts";
import { asFailure } from "../../client/failure.ts";
import { createLook } from "../../client/resource.ts";
import type { AlarmInput, AlarmProblem } from "./answers.ts";

export interface Problems {
  /** Empty until `check` was called; then of the form as it is. */
  readonly list: Accessor<readonly AlarmProblem[]>;
  /** Why the form could not be checked. */
  readonly failure: Accessor<PlainFailure | undefined>;
  /** True when nothing stands against sending the request. */
  readonly check: () => Promise<boolean>;
  /** Back to not asking. */
  readonly clear: () => void;
}

/** @param request the members that would be sent. */
export function createProblems(request: Accessor<AlarmInput>): Problems {
  const { api, pulse } = useClient();
  const [isAsked, setAsked] = createSignal(false);
  const [found, setFound] = createSignal<readonly AlarmProblem[]>([]);
  const [failure, setFailure] = createSignal<PlainFailure>();
  const question = () => ({
    service: "cloudwatch",
    view: "alarmProblems",
    region: pulse()?.region ?? "us-east-1",
    question: { alarm: request() },
  });
  const live = createLook<readonly AlarmProblem[]>(() => (isAsked() ? question() : undefined), { follow: "question" });
  const check = async (): Promise<boolean> => {
    setFailure(undefined);
    try {
      setFound((await api.look(question())) as readonly AlarmProblem[]);
    } catch (thrown) {
      setFailure(asFailure(thrown));
      return false;
    }
    setAsked(found().length > 0);
    return found().length === 0;
  };
  return {
    list: () => (isAsked() ? (live.data() ?? found()) : []),
    failure: () => failure() ?? live.error(),
    check,
    clear: () => setAsked(false),
  };
}
