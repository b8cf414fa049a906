/** CloudWatch's failures, each with its wire code and the name of its shape. */
import { ServiceError } from "../../model/errors.ts";

export const invalidValue = (message: string, hint?: string): ServiceError =>
  new ServiceError("InvalidParameterValue", message, { shape: "InvalidParameterValueException", ...(hint === undefined ? {} : { hint }) });

export const invalidCombination = (message: string): ServiceError =>
  new ServiceError("InvalidParameterCombination", message, { shape: "InvalidParameterCombinationException" });

export const missingParameter = (message: string): ServiceError =>
  new ServiceError("MissingParameter", message, { shape: "MissingRequiredParameterException" });

export const invalid = (message: string, hint?: string): ServiceError =>
  new ServiceError("ValidationError", message, hint === undefined ? {} : { hint });

/** An alarm that does not exist: code ResourceNotFound with an empty message, as recorded. */
export const noSuchAlarm = (): ServiceError => new ServiceError("ResourceNotFound", "", { status: 404 });

export const noSuchResource = (message: string): ServiceError => new ServiceError("ResourceNotFoundException", message, { status: 404 });

export const badToken = (): ServiceError => new ServiceError("InvalidNextToken", "The next token specified is invalid.");

export const notBuilt = (what: string): ServiceError =>
  new ServiceError("NotImplemented", `${what} is not available in this playground yet.`, { status: 501 });
