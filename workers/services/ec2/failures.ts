/** Errors of EC2, in its words. */
import { ServiceError } from "../../model/errors.ts";

export const notFound = (ids: readonly string[]): ServiceError =>
  new ServiceError(
    "InvalidInstanceID.NotFound",
    ids.length === 1 ? `The instance ID '${ids[0]}' does not exist` : `The instance IDs '${ids.join(", ")}' do not exist`,
  );

export const malformedId = (id: string): ServiceError =>
  new ServiceError("InvalidInstanceID.Malformed", `Invalid id: "${id}"`, { hint: "Ids of instances look like i-0123456789abcdef0." });

export const wrongState = (id: string, what: string): ServiceError =>
  new ServiceError("IncorrectInstanceState", `The instance '${id}' is not in a state from which it can be ${what}.`);

export const invalidValue = (message: string, hint?: string): ServiceError =>
  new ServiceError("InvalidParameterValue", message, hint === undefined ? {} : { hint });

/** Called when all else is in order. */
export function unlessDryRun({ DryRun }: { readonly DryRun?: boolean }): void {
  if (DryRun === true) {
    throw new ServiceError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", { status: 412 });
  }
}
