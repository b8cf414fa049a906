/** What the page can say of a failure beyond its words. The shell knows; without one there is nothing more. */
import type { PlainFailure } from "../../workers/api.ts";

export interface FailureMore {
  /** In place of the code: what failed, and for whom. */
  readonly title: string;
  readonly action: { readonly label: string; readonly run: () => void };
}

let teller: (failure: PlainFailure) => FailureMore | undefined = () => undefined;

export function setFailureTeller(tell: (failure: PlainFailure) => FailureMore | undefined): void {
  teller = tell;
}

/** Whether there is more to say of a failure, as of a denial its why: it is then a note of its own, about no field. */
export const hasMore = (failure: PlainFailure | undefined): boolean => failure !== undefined && moreOf(failure) !== undefined;

export const moreOf = (failure: PlainFailure): FailureMore | undefined => teller(failure);
