/** CloudWatch Logs' errors in its own words. */
import { ServiceError } from "../../model/errors.ts";

export const invalidParameter = (message: string, hint?: string): ServiceError =>
  new ServiceError("InvalidParameterException", message, hint === undefined ? {} : { hint });

/** `1 validation error detected: ...`, for rules that the generic validator does not know or columns it does not see. */
export const violated = (value: string | number, member: string, rule: string): ServiceError =>
  invalidParameter(`1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${rule}`);

export const noGroup = (): ServiceError => new ServiceError("ResourceNotFoundException", "The specified log group does not exist.");
export const noStream = (): ServiceError => new ServiceError("ResourceNotFoundException", "The specified log stream does not exist.");
export const limitExceeded = (): ServiceError => new ServiceError("LimitExceededException", "Resource limit exceeded.");
export const badToken = (): ServiceError => invalidParameter("The specified nextToken is invalid.");
