/** X-Ray's errors in its own words where they are known. */
import { ServiceError } from "../../model/errors.ts";

export const invalidRequest = (message: string, hint?: string): ServiceError =>
  new ServiceError("InvalidRequestException", message, hint === undefined ? {} : { hint });

export const notFound = (arn: string): ServiceError =>
  new ServiceError("ResourceNotFoundException", "Resource not found.", { status: 404, details: { ResourceName: arn } });

export const badToken = (): ServiceError =>
  invalidRequest("Invalid next token.", "A token goes with the same other parameters as the call that gave it.");
