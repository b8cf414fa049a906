/**
 * Steps 3 and 4 of the door: may this caller do this (IAM), and not too fast (throttling, which admits everybody until quotas
 * take their room).
 *
 * Most first reads need no policies: the root user and services on their own may, and what a fresh account's people may read is
 * known as long as nobody has changed IAM. For all else the judgement is loaded; it says the same of those.
 */
import type { ServiceError } from "../model/errors.ts";
import type { AccessTree } from "../services/iam/denial.ts";
import type { MaybePromise } from "../store/contract.ts";
import type { Call } from "./authorise-call.ts";
import type { ApiRequest } from "./contract.ts";
import type { House } from "./house.ts";
import { identify } from "./identity.ts";

type Judge = typeof import("./authorise-call.ts");

let judge: Judge | undefined;
let loading: Promise<void> | undefined;

/** Loads the judgement once; a failed load is tried again by the next call. */
export function judgeReady(): MaybePromise<Judge> {
  if (judge !== undefined) return judge;
  loading ??= import("./authorise-call.ts").then(
    (module) => {
      judge = module;
    },
    (thrown: unknown) => {
      loading = undefined;
      throw thrown;
    },
  );
  return loading.then(() => judge as Judge);
}

const KINDS = ["user", "policy", "role"] as const;

const isUntouched = (house: House, account: string): boolean =>
  KINDS.every((kind) => house.documents.open(`${account}/global/iam/${kind}`, false, () => undefined).size === 0);

/** Reads that a fresh account's people are known to be allowed (`services/iam/seeds.ts`). */
function mayRead(id: string, action: string): boolean {
  if (id === "admin") return true;
  return id === "developer" && !/^(?:iam|organizations|account):/.test(action);
}

/** Whether no policy can say anything else than yes. */
export function isPlain(call: Pick<Call, "house" | "service" | "entry" | "identity">): boolean {
  const { house, service, entry, identity } = call;
  if (entry.action === "sts:GetCallerIdentity") return true;
  if (identity.type === "AWSService" && service.isOpenToServices === true) return true;
  if (service.resourcePolicy !== undefined || entry.action === "sts:AssumeRole") return false;
  if (identity.type === "AWSService" || identity.type === "Root") return true;
  return (
    entry.effect === "none" &&
    identity.type === "IAMUser" &&
    entry.passes === undefined &&
    mayRead(identity.id, entry.action) &&
    isUntouched(house, identity.accountId)
  );
}

/** Has at hand what is needed to judge a request whose service is loaded. */
export function admissionReady(house: House, request: ApiRequest): MaybePromise<unknown> {
  const service = house.services.get(request.service);
  const entry = service?.operations[request.operation];
  if (judge !== undefined || service === undefined || entry === undefined) return undefined;
  const { kind, principal } = request.caller;
  const identity = identify(house, request.account ?? house.account, kind, principal, request.service);
  return callReady({ house, service, entry, identity });
}

/** Has at hand what is needed to judge this call. */
export const callReady = (call: Pick<Call, "house" | "service" | "entry" | "identity">): MaybePromise<unknown> =>
  judge !== undefined || isPlain(call) ? undefined : judgeReady();

/** Throws AWS's denial, with the whole why, where the caller may not. */
export function authorise(call: Call, input: unknown, resources: readonly string[]): void {
  if (judge === undefined && isPlain(call)) return;
  if (call.entry.action === "sts:GetCallerIdentity") return; // needs no permission
  (judge as Judge).authoriseCall(call, input, resources.length === 0 ? ["*"] : resources);
}

/** Whether a failure is one of policies. */
export const isDenial = (thrown: ServiceError): thrown is ServiceError & { readonly because: AccessTree } => thrown.because !== undefined;
