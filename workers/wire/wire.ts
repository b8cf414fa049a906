/** AWS wire protocols over a door: an HTTP request in, an HTTP reply out. Nothing here knows what an operation does. */
import type { ApiReply, ApiRequest, Via } from "../account/contract.ts";
import { digestTexts } from "../model/digest.ts";
import { Bug } from "../model/errors.ts";
import { type Models, operationOf } from "../model/models.ts";
import { failureReply, successReply } from "./answer.ts";
import { BODY_LIMITS, type BodyLimits, plainBody, sized } from "./body.ts";
import { decodeCborInput } from "./cbor.ts";
import { inProtocol, isBug, wireFailure } from "./failure.ts";
import { type HttpReply, type HttpRequest, utf8 } from "./http.ts";
import { decodeJsonInput } from "./json.ts";
import { decodeQueryInput } from "./query.ts";
import { decodeRestJson } from "./rest-json.ts";
import { decodeRestXml, plainRequest } from "./rest-xml.ts";
import { protocolOf, type Route, routeOf } from "./router.ts";

export interface Door {
  call(request: ApiRequest): Promise<ApiReply>;
}

export interface WireOptions {
  /** Principal for an access key id; default: always `developer`. */
  readonly identityOf?: (accessKeyId: string | undefined) => string;
  readonly via?: Via;
  readonly limits?: BodyLimits;
  /** Address the caller is seen under; shows in CloudTrail. */
  readonly sourceIp?: string;
  /** Told of every failure that is neither AWS's nor the caller's. */
  readonly onBug?: (error: unknown) => void;
}

/** Identity ids by access key id; everybody else is `other`. */
export function identitiesByKey(keys: Readonly<Record<string, string>>, other = "developer"): (accessKeyId: string | undefined) => string {
  return (accessKeyId) => (accessKeyId !== undefined && Object.hasOwn(keys, accessKeyId) ? (keys[accessKeyId] ?? other) : other);
}

/** Makes the function that answers HTTP requests by calls to `door`. It never rejects: what goes wrong becomes a reply. */
export function createWire(door: Door, models: Models, options: WireOptions = {}): (request: HttpRequest) => Promise<HttpReply> {
  const identityOf = options.identityOf ?? identitiesByKey({});
  let failures = 0;
  return async (incoming) => {
    let route: Route | undefined;
    let request = incoming;
    try {
      const limits = options.limits ?? BODY_LIMITS;
      // What encodes an object's body belongs to the object.
      const isObject = protocolOf(request) === "rest-xml";
      if (isObject) request = plainRequest(sized(request, limits));
      const body = isObject ? request.body : await plainBody(request, limits);
      route = routeOf(request, body, models);
      const input = decodedInput(route, request, body);
      const userAgent = request.headers["user-agent"];
      const reply = await door.call({
        service: route.service,
        operation: route.operation,
        input,
        region: route.region,
        caller: { kind: "program", principal: identityOf(route.accessKeyId) },
        via: options.via ?? "endpoint",
        ...(userAgent === undefined ? {} : { userAgent }),
        ...(options.sourceIp === undefined ? {} : { sourceIp: options.sourceIp }),
      });
      const operation = route.model === undefined ? undefined : operationOf(route.model, route.operation);
      if (route.model === undefined || operation === undefined)
        throw new Bug(`the door answered ${route.service} ${route.operation}, which no model knows`);
      return successReply({ protocol: route.protocol, model: route.model, operation, requestId: reply.requestId, output: reply.output });
    } catch (thrown) {
      if (isBug(thrown)) options.onBug?.(thrown);
      const requestId = requestIdOf(thrown) ?? failureId(++failures, request);
      const protocol = route?.protocol ?? protocolOf(request);
      const failure = inProtocol(wireFailure(thrown, route?.model), protocol, route?.operation ?? "");
      return failureReply(protocol, route?.model, requestId, failure);
    }
  };
}

function decodedInput(route: Route, request: HttpRequest, body: Uint8Array): Record<string, unknown> {
  const { model, protocol, fields } = route;
  const operation = model === undefined ? undefined : operationOf(model, route.operation);
  const input = operation?.input;
  // An unknown service or operation is the door's to refuse; its input cannot be read.
  if (model === undefined || operation === undefined || input === undefined) return {};
  if (protocol === "cbor") return decodeCborInput(body);
  if (protocol === "rest-xml") return decodeRestXml(model, operation, request, body);
  if (protocol === "rest-json") return decodeRestJson(model, operation, request, body);
  if (protocol !== "query") return decodeJsonInput(model, input, utf8(body));
  const decoded = decodeQueryInput(model, input, fields ?? new Map());
  // Query clients of SQS may address the queue by the path alone.
  if (model.service === "sqs" && decoded["QueueUrl"] === undefined && request.path.length > 1)
    decoded["QueueUrl"] = `http://${request.headers["host"] ?? "localhost"}${request.path}`;
  return decoded;
}

/** A door that gives failures their request id says it in this property. */
function requestIdOf(thrown: unknown): string | undefined {
  const id = typeof thrown === "object" && thrown !== null ? (thrown as { requestId?: unknown }).requestId : undefined;
  return typeof id === "string" ? id : undefined;
}

/** A UUID for a failure that has none: from the number of failures so far and the request, so that runs repeat. */
function failureId(count: number, request: HttpRequest): string {
  const hex = digestTexts("wire failure", String(count), request.method, request.path, request.headers["x-amz-target"] ?? "").hex();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
