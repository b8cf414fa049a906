/**
 * The three kinds of failure. Nothing else is thrown on purpose anywhere in the house.
 *
 * - `ServiceError`: a failure AWS itself would answer; carries AWS's code and wording.
 * - `InputError`: something a person gave us (link, file, field) that is wrong; names the path and the rule.
 * - `Bug`: a broken invariant of ours; never caught, shown with a way to copy the details.
 *
 * They cross the worker boundary as `PlainFailure`, because structured clone drops subclasses.
 */

export interface ServiceErrorOptions {
  /** HTTP status AWS answers with. Default 400. */
  readonly status?: number;
  /** Name of the error shape in the API model where it differs from `code` (`InvalidParameterValueException` for code `InvalidParameterValue`). */
  readonly shape?: string;
  /** For learners: why, and one way on. Never sent over the wire. */
  readonly hint?: string;
  /** For the screen: the whole why, plain data. Never sent over the wire. */
  readonly because?: unknown;
  /** Who is at fault, as Query/XML and `x-amzn-query-error` say it. Default `Sender` below status 500. */
  readonly fault?: "Sender" | "Receiver";
  /** Further members of the modelled error shape. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A failure that AWS would answer, in AWS's words. `code` is the wire code of the Query protocol. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly kind = "service";
  readonly code: string;
  readonly status: number;
  readonly shape: string;
  readonly hint: string | undefined;
  readonly because: unknown;
  readonly fault: "Sender" | "Receiver";
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: ServiceErrorOptions = {}) {
    super(message);
    this.code = code;
    this.status = options.status ?? 400;
    this.shape = options.shape ?? code;
    this.hint = options.hint;
    this.because = options.because;
    this.fault = options.fault ?? (this.status >= 500 ? "Receiver" : "Sender");
    this.details = options.details ?? {};
  }
}

/** Something given to us is wrong: `path` says where, `found` what stood there, `allowed` what may stand there. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly kind = "input";
  readonly path: string;
  readonly found: string;
  readonly allowed: string;

  constructor(message: string, at: { path: string; found?: string; allowed?: string }) {
    super(message);
    this.path = at.path;
    this.found = at.found ?? "";
    this.allowed = at.allowed ?? "";
  }
}

/** A broken invariant of ours. */
export class Bug extends Error {
  override readonly name = "Bug";
  readonly kind = "bug";
}

/** A failure as it crosses the worker boundary. */
export interface PlainFailure {
  readonly kind: "service" | "input" | "bug";
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** The whole why, where the failure knows one: of a denial, `AccessTree`. */
  readonly because?: unknown;
  readonly path?: string;
  readonly status?: number;
}

/** Turns anything thrown into a `PlainFailure`; what is neither ours nor AWS's is a bug. */
export function toPlainFailure(thrown: unknown): PlainFailure {
  if (thrown instanceof ServiceError) {
    return {
      kind: "service",
      code: thrown.code,
      message: thrown.message,
      status: thrown.status,
      ...(thrown.hint === undefined ? {} : { hint: thrown.hint }),
      ...(thrown.because === undefined ? {} : { because: thrown.because }),
    };
  }
  if (thrown instanceof InputError) {
    return { kind: "input", code: "InputError", message: thrown.message, path: thrown.path, hint: thrown.allowed };
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { kind: "bug", code: error.name, message: error.message, hint: error.stack ?? "" };
}
