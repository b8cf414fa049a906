/** All targets of a form checked before anything is sent: a rule is not put when its targets would be refused. */
import { type Accessor, createSignal } from "solid-js";
import type { PlainFailure } from "../../../workers/api.ts";
import { useClient } from "../../client/context.ts";
import { asFailure } from "../../client/failure.ts";
import type { TargetTrial } from "./answers.ts";
import { useRegion } from "./event-reads.ts";
import { type RuleDraft, targetsOfDraft } from "./rule-draft.ts";

export interface TargetCheck {
  /** True once it was asked: what is missing is told from then on. */
  readonly isAsked: Accessor<boolean>;
  /** Why it could not be checked. */
  readonly failure: Accessor<PlainFailure | undefined>;
  /** True when nothing stands against sending the targets. */
  readonly run: (draft: RuleDraft) => Promise<boolean>;
}

export function createTargetCheck(): TargetCheck {
  const { api } = useClient();
  const region = useRegion();
  const [isAsked, setAsked] = createSignal(false);
  const [failure, setFailure] = createSignal<PlainFailure>();
  const ask = async (target: unknown): Promise<TargetTrial> =>
    (await api.look({ service: "events", view: "tryTarget", region: region(), question: { target } })) as TargetTrial;
  return {
    isAsked,
    failure,
    run: async (draft) => {
      setAsked(true);
      setFailure(undefined);
      try {
        const trials = await Promise.all(targetsOfDraft(draft).map(ask));
        return trials.every((trial) => trial.error === undefined);
      } catch (thrown) {
        setFailure(asFailure(thrown));
        return false;
      }
    },
  };
}
