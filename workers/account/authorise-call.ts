/** Authorises one call of the door: every resource it touches, every role it hands on. Loaded with `authorise.ts`. */
import type { RequestContext } from "../language/policy/glob.ts";
import { ServiceError } from "../model/errors.ts";
import type { Context, Identity, Operation, Scope, ServiceDefinition } from "../services/contract.ts";
import type { AccessTree } from "../services/iam/denial.ts";
import { treeOf } from "./access-tree.ts";
import { type AccessQuestion, isAllowed, type Judged, judge, textOf } from "./authorise.ts";
import { createContext } from "./call-context.ts";
import type { ApiRequest } from "./contract.ts";
import type { House } from "./house.ts";
import { identify } from "./identity.ts";

export interface Call {
  readonly house: House;
  readonly service: ServiceDefinition;
  readonly entry: Pick<Operation, "effect" | "action" | "keys" | "passes">;
  readonly scope: Scope;
  readonly identity: Identity;
  readonly request: Pick<ApiRequest, "sourceIp" | "userAgent" | "sourceArn">;
  /** Context of the service that reads. */
  readonly ctx: Context;
}

const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/./;

/** People and programs are seen from here (RFC 5737), as in CloudTrail's records. */
const SOURCE_IP = "203.0.113.5";

/** Codes and status of a denial, where they are not AccessDeniedException and 400 (facts iam §5). */
const DENIALS: Readonly<Record<string, { readonly code: string; readonly shape?: string; readonly status: number }>> = {
  cloudwatch: { code: "AccessDenied", status: 403 },
  iam: { code: "AccessDenied", status: 403 },
  sts: { code: "AccessDenied", status: 403 },
  s3: { code: "AccessDenied", status: 403 },
  sqs: { code: "AccessDenied", status: 403 },
  sns: { code: "AuthorizationError", shape: "AuthorizationErrorException", status: 403 },
  lambda: { code: "AccessDeniedException", status: 403 },
  xray: { code: "AccessDeniedException", status: 403 },
  ec2: { code: "UnauthorizedOperation", status: 403 },
  autoscaling: { code: "AccessDenied", status: 403 },
};

export function deniedError(service: string, judged: Judged): ServiceError {
  const { code, shape, status } = DENIALS[service] ?? { code: "AccessDeniedException", status: 400 };
  const tree = treeOf(judged);
  const text = textOf(judged);
  return new ServiceError(code, service === "ec2" ? `You are not authorized to perform this operation. ${text}` : text, {
    status,
    ...(shape === undefined ? {} : { shape }),
    hint: tree.sentence,
    because: tree,
  });
}

/** Throws AWS's denial for the first resource or role that the caller may not touch. */
export function authoriseCall(call: Call, input: unknown, resources: readonly string[]): void {
  const { house, service, entry, identity, ctx } = call;
  const isFree = identity.type === "AWSService" && service.isOpenToServices === true;
  let made: RequestContext | undefined;
  const context = (): RequestContext => {
    made ??= contextOf(call, input);
    return made;
  };
  for (const resource of resources) {
    const question: AccessQuestion = {
      identity,
      action: entry.action,
      resource,
      resourcePolicy: isFree ? undefined : service.resourcePolicy?.(ctx, resource),
      context,
    };
    if (!isAllowed(house, question)) throw deniedError(service.name, judge(house, question));
  }
  for (const { role, to } of entry.passes?.(input) ?? []) {
    if (!ROLE_ARN.test(role)) continue; // no role: the handler says so
    const passed = (): RequestContext => ({ ...context(), "iam:PassedToService": to });
    const question: AccessQuestion = { identity, action: "iam:PassRole", resource: role, context: passed };
    if (!isAllowed(house, question)) throw deniedError(service.name, judge(house, question));
  }
}

interface Tagged {
  readonly Tags?: unknown;
  readonly tags?: unknown;
  readonly TagKeys?: unknown;
  readonly tagKeys?: unknown;
}

/** `aws:RequestTag/...` and `aws:TagKeys`, in whichever of AWS's forms tags come. */
function tagKeys(input: unknown): RequestContext {
  if (typeof input !== "object" || input === null) return {};
  const { Tags, tags, TagKeys, tagKeys: keysToo } = input as Tagged;
  const given = Tags ?? tags;
  const pairs: readonly (readonly [string, string])[] = Array.isArray(given)
    ? given.flatMap((tag: { Key?: unknown; key?: unknown; Value?: unknown; value?: unknown } | null) => {
        const key = tag?.Key ?? tag?.key;
        return typeof key === "string" ? [[key, String(tag?.Value ?? tag?.value ?? "")] as const] : [];
      })
    : typeof given === "object" && given !== null
      ? Object.entries(given).map(([key, value]) => [key, String(value)] as const)
      : [];
  const removed = TagKeys ?? keysToo;
  const names = [...pairs.map(([key]) => key), ...(Array.isArray(removed) ? removed.map(String) : [])];
  if (names.length === 0) return {};
  return { ...Object.fromEntries(pairs.map(([key, value]) => [`aws:RequestTag/${key}`, value])), "aws:TagKeys": names };
}

function commonKeys(house: House, scope: Scope, identity: Identity, request: Call["request"]): RequestContext {
  const isService = identity.type === "AWSService";
  return {
    "aws:CurrentTime": new Date(house.now).toISOString(),
    "aws:EpochTime": Math.floor(house.now / 1000),
    "aws:RequestedRegion": scope.region,
    "aws:SecureTransport": true,
    "aws:ViaAWSService": false,
    "aws:PrincipalIsAWSService": isService,
    ...(isService ? { "aws:SourceAccount": scope.account } : { "aws:SourceIp": request.sourceIp ?? SOURCE_IP }),
    ...(identity.type === "AssumedRole" ? { "aws:MultiFactorAuthPresent": false } : {}),
    ...(request.userAgent === undefined ? {} : { "aws:UserAgent": request.userAgent }),
    ...(request.sourceArn === undefined ? {} : { "aws:SourceArn": request.sourceArn }),
  };
}

function contextOf({ house, entry, scope, identity, request }: Call, input: unknown): RequestContext {
  return { ...commonKeys(house, scope, identity, request), ...tagKeys(input), ...entry.keys?.(input, scope) };
}

/** How calls would be judged now: for the look `whyDenied`, which knows no input. */
export const explainAccess =
  (house: House, scope: Scope) =>
  (who: string, action: string, resource: string): AccessTree => {
    const identity = identify(house, scope.account, "screen", who, "iam");
    const service = house.services.get(action.slice(0, Math.max(0, action.indexOf(":"))));
    const ctx = service && createContext({ house, service, scope, identity, callerKind: "screen", requestId: "" });
    const resourcePolicy = ctx && service.resourcePolicy?.(ctx, resource);
    return treeOf(judge(house, { identity, action, resource, resourcePolicy, context: () => commonKeys(house, scope, identity, {}) }));
  };
