/** What a refused delivery comes to: whether it is tried again, and the code its dead letter carries (facts eventbridge §9). */
import { ServiceError } from "../../model/errors.ts";

export interface DeliveryFailure {
  readonly code: string;
  readonly message: string;
  readonly isRetried: boolean;
}

const CODES: readonly (readonly [RegExp, code: string, isRetried: boolean])[] = [
  [/^(AccessDenied|AuthorizationError|KMSAccessDenied|NotAuthorized)/, "NO_PERMISSIONS", false],
  [/(NotFound|NonExistent|NoSuch|DoesNotExist)/, "NO_RESOURCE", false],
  [/(Throttl|TooManyRequests|LimitExceeded|RequestLimit)/, "THROTTLING", true],
  [/Timeout/, "TIMEOUT", true],
  [/^(Invalid|Validation|MalformedPolicy|SerializationException)/, "INVALID_PARAMETER", false],
];

export function failureOf(error: Error): DeliveryFailure {
  const { message } = error;
  if (!(error instanceof ServiceError)) throw error;
  // Ours, not AWS's: trying again would not build it.
  if (error.code === "NotImplemented") return { code: "SDK_CLIENT_ERROR", message, isRetried: false };
  const known = CODES.find(([pattern]) => pattern.test(error.code));
  if (known !== undefined) return { code: known[1], message, isRetried: known[2] };
  return error.status >= 500
    ? { code: "SDK_SERVER_ERROR", message, isRetried: true }
    : { code: "SDK_CLIENT_ERROR", message, isRetried: false };
}
