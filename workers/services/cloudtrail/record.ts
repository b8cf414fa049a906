/**
 * From an API call to its CloudTrail record: pure. Fields, their order and casing follow real records: members of
 * requests and responses begin with a small letter (also `oKActions`), map keys stay as they are, times read
 * `Jul 3, 2023, 12:02:42 PM`. The account's audit step calls it for every call whose trail kind is not `never`.
 */
import type { MemberRef, ServiceModel, Shape } from "../../model/shapes.ts";
import type { Identity, TrailKind } from "../contract.ts";
import { ec2Elements, ec2Parameters, errorCodeOf, isEc2 } from "./ec2-record.ts";
import { resourceType } from "./resource-types.ts";
import { eventNameOf, isS3, s3Additional, s3Elements, s3Parameters, withBuckets } from "./s3-record.ts";
import type { TrailRecord } from "./view.ts";

export interface AuditedCall {
  readonly identity: Identity;
  /** `monitoring.amazonaws.com`. */
  readonly eventSource: string;
  readonly operation: string;
  /** Of the API model; CloudTrail writes it as the service does. */
  readonly apiVersion?: string;
  readonly region: string;
  /** When the call ended, epoch ms. */
  readonly time: number;
  readonly requestId: string;
  readonly eventId: string;
  /** Internal form: times are epoch ms, blobs Uint8Array. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly output?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: string; readonly message: string };
  readonly trail: TrailKind;
  /** How the request came in: `form`, `panel`, `terminal`, `sdk`, `service` ... */
  readonly via: string;
  readonly userAgent?: string;
  readonly sourceIp?: string;
  /** ARNs the call touches. */
  readonly resources?: readonly string[];
  /** Tells maps from structures and times from numbers; without it every object is taken for a structure. */
  readonly model?: ServiceModel;
}

export const HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";

/** Members whose value never stands in a record, by event source and operation (`*` = every operation of the service). */
const SECRET: Readonly<Record<string, readonly string[]>> = {
  "sns.amazonaws.com:Publish": ["Message", "Subject", "MessageStructure", "MessageAttributes"],
  "sns.amazonaws.com:ConfirmSubscription": ["Token"],
  "sqs.amazonaws.com:SendMessage": ["MessageBody", "MessageAttributes"],
  "sqs.amazonaws.com:ReceiveMessage": ["Messages"],
  "ssm.amazonaws.com:PutParameter": ["Value"],
};

/** Members that no record has at all. */
const LEFT_OUT: ReadonlySet<string> = new Set(["SecretAccessKey"]);

/** Requests and responses are recorded up to 100 KB; of larger ones only that they were. */
const PARAMETERS_LIMIT = 102_400;

/** Without a service's own: documentation addresses (RFC 5737), so that nobody's real address is shown. */
const SOURCE_IP = "203.0.113.5";
const CLI_AGENT =
  "aws-cli/2.17.0 md/awscrt#0.20.11 ua/2.0 os/linux#6.1 md/arch#x86_64 lang/python#3.11.8 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off";
const SDK_AGENT = "aws-sdk-js/3.600.0 ua/2.0 os/linux lang/js md/nodejs#20.15.0 api/nephoscope";
const SIMULATED_AGENT = "aws-sdk-java/2.26.12 Linux/6.1 OpenJDK_64-Bit_Server_VM Java/17";

/** Builds the record of one call. */
export function trailRecord(call: AuditedCall): TrailRecord {
  const isWrite = call.trail === "management-write" || (call.trail === "data" && !isReading(call.operation));
  const byService = call.identity.type === "AWSService";
  const console = call.via === "form" || call.via === "panel";
  const resources = withBuckets(call.resources ?? []).filter((arn) => arn.startsWith("arn:") && !arn.includes("*"));
  const model = call.model?.operations[call.operation];
  const secret = SECRET[`${call.eventSource}:${call.operation}`] ?? [];
  const shown = (value: unknown, shape: string | undefined): Readonly<Record<string, unknown>> | null => {
    if (typeof value !== "object" || value === null) return null;
    const members = rewritten(value, call.model, shape, secret) as Readonly<Record<string, unknown>>;
    if (Object.keys(members).length === 0) return null;
    const originalSize = JSON.stringify(members).length;
    return originalSize <= PARAMETERS_LIMIT ? members : { omitted: true, originalSize, reason: "larger than 100 KB" };
  };
  const failed = call.error !== undefined;
  const elementsOf = (output: Readonly<Record<string, unknown>>): TrailRecord | null =>
    isS3(call) ? s3Elements(call) : isEc2(call) ? ec2Elements(call) : shown(output, model?.output);
  return {
    eventVersion: "1.11",
    userIdentity: userIdentity(call),
    eventTime: `${new Date(call.time).toISOString().slice(0, 19)}Z`,
    eventSource: call.eventSource,
    eventName: eventNameOf(call),
    awsRegion: call.region,
    sourceIPAddress: call.sourceIp ?? (byService ? call.identity.id : SOURCE_IP),
    userAgent: (call.userAgent ?? agentOf(call)).slice(0, 1024),
    ...(call.error === undefined
      ? {}
      : { errorCode: errorCodeOf(call, call.error.code).slice(0, 1024), errorMessage: call.error.message.slice(0, 1024) }),
    requestParameters: isS3(call) ? s3Parameters(call) : isEc2(call) ? ec2Parameters(call) : shown(call.input, model?.input),
    responseElements: isWrite && !failed && call.output !== undefined ? elementsOf(call.output) : null,
    ...(isS3(call) ? { additionalEventData: s3Additional(call) } : {}),
    requestID: call.requestId,
    eventID: call.eventId,
    readOnly: !isWrite,
    ...(resources.length === 0
      ? {}
      : {
          resources: resources.map((ARN) => {
            const type = resourceType(ARN);
            return { accountId: ARN.split(":")[4] || call.identity.accountId, ...(type === undefined ? {} : { type }), ARN };
          }),
        }),
    eventType: "AwsApiCall",
    ...(call.apiVersion === undefined ? {} : { apiVersion: writtenVersion(call) }),
    managementEvent: call.trail !== "data",
    recipientAccountId: call.identity.accountId,
    eventCategory: call.trail === "data" ? "Data" : "Management",
    ...(console && !byService ? { sessionCredentialFromConsole: "true" } : {}),
  };
}

const isReading = (operation: string): boolean => /^(Get|Head|List|Describe|Lookup|Receive|Filter|Test|BatchGet|Select)/.test(operation);

/** CloudWatch Logs writes its version without hyphens, Lambda with underscores (real records). */
function writtenVersion(call: AuditedCall): string | undefined {
  if (call.eventSource === "logs.amazonaws.com") return call.apiVersion?.replaceAll("-", "");
  if (call.eventSource === "lambda.amazonaws.com") return call.apiVersion?.replaceAll("-", "_");
  return call.apiVersion;
}

function agentOf(call: AuditedCall): string {
  if (call.identity.type === "AWSService") return call.identity.id;
  if (call.via === "form" || call.via === "panel" || call.via === "lesson") return "console.amazonaws.com";
  if (call.via === "terminal") return `${CLI_AGENT} md/command#${cliCommand(call)}`;
  return call.via === "agent" ? SIMULATED_AGENT : SDK_AGENT;
}

/** Words of the CLI for services whose event source begins with another. */
const COMMANDS: Readonly<Record<string, string>> = { monitoring: "cloudwatch", s3: "s3api" };

/** `cloudwatch.put-metric-alarm`, as the CLI puts it into its agent text. */
function cliCommand(call: AuditedCall): string {
  const service = call.eventSource.slice(0, call.eventSource.indexOf("."));
  const command = call.operation.replace(/([a-z0-9])([A-Z])/g, "$1-$2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2");
  return `${COMMANDS[service] ?? service}.${command.toLowerCase()}`;
}

function userIdentity(call: AuditedCall): TrailRecord {
  const { identity } = call;
  const { accountId } = identity;
  const accessKeyId = identity.accessKeyId === undefined ? {} : { accessKeyId: identity.accessKeyId };
  switch (identity.type) {
    case "AWSService":
      return { type: "AWSService", invokedBy: identity.id };
    case "Root":
      return { type: "Root", principalId: accountId, arn: identity.arn ?? `arn:aws:iam::${accountId}:root`, accountId, ...accessKeyId };
    case "IAMUser": {
      const userName = identity.userName ?? identity.id;
      const arn = identity.arn ?? `arn:aws:iam::${accountId}:user/${userName}`;
      const session = identity.accessKeyId?.startsWith("ASIA")
        ? { sessionContext: { sessionIssuer: {}, webIdFederationData: {}, attributes: sessionAttributes(call) } }
        : {};
      return { type: "IAMUser", principalId: identity.principalId ?? identity.id, arn, accountId, ...accessKeyId, userName, ...session };
    }
    case "AssumedRole": {
      const [issuer = identity.id] = (identity.principalId ?? identity.id).split(":");
      const role = /assumed-role\/([^/]+)\//.exec(identity.arn ?? "")?.[1] ?? identity.userName ?? identity.id;
      return {
        type: "AssumedRole",
        principalId: identity.principalId ?? identity.id,
        arn: identity.arn ?? `arn:aws:sts::${accountId}:assumed-role/${role}/${identity.id}`,
        accountId,
        ...accessKeyId,
        sessionContext: {
          sessionIssuer: { type: "Role", principalId: issuer, arn: `arn:aws:iam::${accountId}:role/${role}`, accountId, userName: role },
          webIdFederationData: {},
          attributes: sessionAttributes(call),
        },
      };
    }
  }
}

/** A session is taken to have begun with its hour. */
function sessionAttributes(call: AuditedCall): TrailRecord {
  const begun = call.time - (call.time % 3_600_000);
  return { creationDate: `${new Date(begun).toISOString().slice(0, 19)}Z`, mfaAuthenticated: "false" };
}

const isWritable = (value: unknown): boolean => value !== undefined && typeof value !== "function" && !ArrayBuffer.isView(value);
const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

/** Members in small letters, secrets hidden, times as text; blobs, functions and undefined are left out. */
function rewritten(value: unknown, model: ServiceModel | undefined, shapeName: string | undefined, secret: readonly string[]): unknown {
  const shape: Shape | undefined = shapeName === undefined ? undefined : model?.shapes[shapeName];
  if (shape?.type === "timestamp") return writtenTime(value);
  if (Array.isArray(value)) {
    const item = shape?.type === "list" ? shape.member.shape : undefined;
    return value.map((each) => (isWritable(each) ? rewritten(each, model, item, secret) : null));
  }
  // What JSON cannot hold comes only from refused calls; it is written as the text it was.
  if ((typeof value === "number" && !Number.isFinite(value)) || typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  const members: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (!isWritable(member) || LEFT_OUT.has(name)) continue;
    const isMap: boolean = shape?.type === "map";
    const ref: MemberRef | undefined = shape?.type === "structure" ? shape.members[name] : shape?.type === "map" ? shape.value : undefined;
    const key = isMap ? name : lowerFirst(name);
    members[key] = !isMap && secret.includes(name) ? HIDDEN : rewritten(member, model, ref?.shape, secret);
  }
  return members;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Jul 3, 2023, 12:02:42 PM`, UTC. */
function writtenTime(value: unknown): unknown {
  if (typeof value !== "number" || !Number.isFinite(value)) return value;
  const time = new Date(value);
  const two = (n: number): string => String(n).padStart(2, "0");
  const hour = time.getUTCHours();
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} ${hour < 12 ? "AM" : "PM"}`;
  return `${MONTHS[time.getUTCMonth()]} ${time.getUTCDate()}, ${time.getUTCFullYear()}, ${clock}`;
}
