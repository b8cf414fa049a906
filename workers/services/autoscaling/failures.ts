/** Errors of Auto Scaling. Codes are those of the Query protocol. */
import { ServiceError } from "../../model/errors.ts";
import { notBuilt } from "../not-built.ts";

const hinted = (hint: string | undefined): { readonly hint?: string } => (hint === undefined ? {} : { hint });

export const invalid = (message: string, hint?: string): ServiceError => new ServiceError("ValidationError", message, hinted(hint));

export const noGroup = (name: string): ServiceError => invalid(`AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`);

export const alreadyExists = (message: string): ServiceError => new ServiceError("AlreadyExists", message, { shape: "AlreadyExistsFault" });

export const inUse = (message: string): ServiceError => new ServiceError("ResourceInUse", message, { shape: "ResourceInUseFault" });

export const inProgress = (message: string, hint?: string): ServiceError =>
  new ServiceError("ScalingActivityInProgress", message, { shape: "ScalingActivityInProgressFault", ...hinted(hint) });

/** Refuses members of an input that are not built, by name. */
export function onlyBuilt(operation: string, input: object, built: readonly string[], hint?: string): void {
  const other = Object.keys(input).find((name) => !built.includes(name));
  if (other !== undefined) throw notBuilt(`The parameter ${other} of ${operation}`, hint);
}
