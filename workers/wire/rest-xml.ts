/**
 * REST-XML, which S3 speaks: members lie in the path, the query, the headers and the body, as the model says. Buckets are
 * addressed by the path or, as `bucket.localhost`, by the host.
 */
import { ServiceError } from "../model/errors.ts";
import { shapeOf, structureOf } from "../model/models.ts";
import type { ListShape, MemberRef, OperationModel, ServiceModel, Shape, StructureShape } from "../model/shapes.ts";
import { parseIsoTime } from "../model/validate-time.ts";
import type { WireFailure } from "./failure.ts";
import { formFields, type HttpReply, type HttpRequest, textReply, utf8 } from "./http.ts";
import { namespaceOf } from "./query-names.ts";
import { xmlElement, xmlText } from "./xml.ts";
import { parseXml, type XmlElement } from "./xml-parse.ts";

/** Path with the bucket in it, wherever the client put it. */
export function pathOf(request: HttpRequest): string {
  const [, bucket] = /^(.+?)(?:\.s3)?\.localhost(?::\d+)?$/.exec((request.headers["host"] ?? "").toLowerCase()) ?? [];
  return bucket === undefined || bucket === "s3" ? request.path : `/${bucket}${request.path}`;
}

interface Address {
  /** What the operation is about: the account, a bucket, an object. */
  readonly level: 0 | 1 | 2;
  readonly bucket: string;
  readonly key: string;
}

function addressOf(request: HttpRequest): Address {
  const path = pathOf(request).slice(1);
  const slash = path.indexOf("/");
  const bucket = slash < 0 ? path : path.slice(0, slash);
  const key = slash < 0 ? "" : path.slice(slash + 1);
  return { level: bucket === "" ? 0 : key === "" ? 1 : 2, bucket, key };
}

/** Operations that their method and path do not tell from others. */
const BY_UPLOAD: Readonly<Record<string, string>> = {
  PUT: "UploadPart",
  POST: "CompleteMultipartUpload",
  DELETE: "AbortMultipartUpload",
  GET: "ListParts",
};

/**
 * The operation of a request: same method and level, and of those the one with most of its fixed query in the request;
 * where several are left, one whose shapes are here.
 */
export function restXmlOperation(model: ServiceModel, request: HttpRequest): OperationModel | undefined {
  const { level } = addressOf(request);
  const query = formFields(request.query);
  const isCopy = request.headers["x-amz-copy-source"] !== undefined;
  if (isCopy) return model.operations[query.has("uploadId") ? "UploadPartCopy" : "CopyObject"];
  if (query.has("uploadId")) return model.operations[BY_UPLOAD[request.method] ?? ""];
  let best: { readonly operation: OperationModel; readonly fixed: number } | undefined;
  for (const operation of Object.values(model.operations)) {
    const [path = "", fixedQuery = ""] = operation.http.requestUri.split("?");
    if (operation.http.method !== request.method || path.split("/").filter((part) => part !== "").length !== level) continue;
    const fixed = [...formFields(fixedQuery)];
    if (!fixed.every(([name, value]) => query.has(name) && (value === "" || query.get(name) === value))) continue;
    const isBetter = best === undefined || fixed.length > best.fixed || (fixed.length === best.fixed && best.operation.input === undefined);
    if (isBetter) best = { operation, fixed: fixed.length };
  }
  return best?.operation;
}

/** The operation's input in internal form. */
export function decodeRestXml(
  model: ServiceModel,
  operation: OperationModel,
  request: HttpRequest,
  body: Uint8Array,
): Record<string, unknown> {
  const structure = structureOf(model, operation.input);
  if (structure === undefined) return {};
  const { bucket, key } = addressOf(request);
  const path: Readonly<Record<string, string>> = { Bucket: bucket, Key: key };
  const query = formFields(request.query);
  const input: Record<string, unknown> = {};
  for (const [name, ref] of Object.entries(structure.members)) {
    const shape = shapeOf(model, ref.shape);
    const place = ref.locationName ?? name;
    const text =
      ref.location === "uri"
        ? path[place]
        : ref.location === "querystring"
          ? query.get(place)
          : ref.location === "header"
            ? request.headers[place.toLowerCase()]
            : undefined;
    if (text !== undefined) input[name] = scalar(shape, text);
    if (ref.location === "headers") input[name] = prefixed(request, place);
  }
  const { payload } = structure;
  const ref = payload === undefined ? undefined : structure.members[payload];
  if (payload !== undefined && ref !== undefined) {
    const shape = shapeOf(model, ref.shape);
    if (shape.type === "blob") input[payload] = body;
    else if (body.length > 0) input[payload] = shape.type === "structure" ? fromXml(model, ref.shape, parseXml(utf8(body))) : utf8(body);
  }
  return input;
}

function prefixed(request: HttpRequest, prefix: string): Readonly<Record<string, string>> {
  const found = Object.entries(request.headers).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** What cannot be read as its type stays a text, which the door then refuses. */
export function scalar(shape: Shape, text: string): unknown {
  switch (shape.type) {
    case "integer":
    case "long":
    case "float":
    case "double":
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : text;
    case "timestamp":
      return httpTime(text) ?? parseIsoTime(text) ?? text;
    case "list":
      return text.split(",").map((each) => each.trim());
    default:
      return text;
  }
}

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** `Wed, 21 Oct 2015 07:28:00 GMT` to epoch ms. */
function httpTime(text: string): number | undefined {
  const [, day, month = "", year, hour, minute, second] = /^\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/.exec(text) ?? [];
  const place = month === "" ? -1 : MONTHS.indexOf(month);
  return place < 0 ? undefined : Date.UTC(Number(year), place / 3, Number(day), Number(hour), Number(minute), Number(second));
}

function fromXml(model: ServiceModel, shapeName: string, element: XmlElement): unknown {
  const shape = shapeOf(model, shapeName);
  if (shape.type === "list") return element.children.map((child) => fromXml(model, shape.member.shape, child));
  if (shape.type !== "structure") return scalar(shape, element.text);
  const out: Record<string, unknown> = {};
  for (const [name, ref] of Object.entries(shape.members)) {
    const found = element.children.filter((child) => child.name === (ref.locationName ?? name));
    const [first] = found;
    if (first === undefined) continue;
    const target = shapeOf(model, ref.shape);
    out[name] =
      target.type === "list" && target.flattened === true
        ? found.map((child) => fromXml(model, target.member.shape, child))
        : fromXml(model, ref.shape, first);
  }
  return out;
}

/** Names of the documents that S3 answers with. */
const ROOTS: Readonly<Record<string, string>> = {
  ListBuckets: "ListAllMyBucketsResult",
  ListObjectsV2: "ListBucketResult",
  GetBucketLocation: "LocationConstraint",
  GetBucketNotificationConfiguration: "NotificationConfiguration",
};

const idHeaders = (requestId: string): Record<string, string> => ({ "x-amz-request-id": requestId, "x-amz-id-2": requestId });

export function restXmlReply(
  model: ServiceModel,
  operation: OperationModel,
  requestId: string,
  output: Readonly<Record<string, unknown>>,
): HttpReply {
  const structure = structureOf(model, operation.output);
  const headers = { ...idHeaders(requestId), ...(structure === undefined ? {} : headersOf(model, structure, output)) };
  const status = output["ContentRange"] === undefined ? (operation.http.responseCode ?? 200) : 206;
  const payload = structure?.payload;
  if (payload !== undefined) {
    const value = output[payload];
    if (value instanceof Uint8Array) return { status, headers, body: value };
    if (typeof value === "string") return textReply(status, { ...headers, "content-type": "application/json" }, value);
  }
  const root = ROOTS[operation.name];
  if (structure === undefined || root === undefined) return { status, headers, body: new Uint8Array(0) };
  const inner =
    operation.name === "GetBucketLocation" ? xmlText(String(output["LocationConstraint"] ?? "")) : toXml(model, structure, output);
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespaceOf(model)}">${inner}</${root}>`;
  return textReply(status, { ...headers, "content-type": "application/xml" }, text);
}

function headersOf(model: ServiceModel, structure: StructureShape, output: Readonly<Record<string, unknown>>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, ref] of Object.entries(structure.members)) {
    const value = output[name];
    if (value === undefined || value === null) continue;
    if (ref.location === "header") headers[(ref.locationName ?? name).toLowerCase()] = headerText(shapeOf(model, ref.shape), value);
    if (ref.location === "headers")
      for (const [key, text] of Object.entries(value as Readonly<Record<string, string>>))
        headers[`${ref.locationName}${key}`] = ascii(text);
  }
  return headers;
}

const headerText = (shape: Shape, value: unknown): string =>
  shape.type === "timestamp" && typeof value === "number" ? new Date(value).toUTCString() : ascii(String(value));

/** Headers are ASCII; other text goes as RFC 2047 says, as S3 does it. */
function ascii(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return `=?UTF-8?B?${btoa(String.fromCharCode(...new TextEncoder().encode(text)))}?=`;
}

function toXml(model: ServiceModel, structure: StructureShape, value: Readonly<Record<string, unknown>>): string {
  let out = "";
  for (const [name, ref] of Object.entries(structure.members)) {
    const member = value[name];
    if (member === undefined || member === null || ref.location !== undefined) continue;
    const shape = shapeOf(model, ref.shape);
    const element = ref.locationName ?? name;
    out +=
      shape.type === "list"
        ? listXml(model, shape, element, member as readonly unknown[])
        : xmlElement(element, valueXml(model, ref, member));
  }
  return out;
}

function listXml(model: ServiceModel, shape: ListShape, element: string, items: readonly unknown[]): string {
  const each = shape.flattened === true ? element : (shape.member.locationName ?? "member");
  const inner = items.map((item) => xmlElement(each, valueXml(model, shape.member, item))).join("");
  return shape.flattened === true ? inner : xmlElement(element, inner);
}

function valueXml(model: ServiceModel, ref: MemberRef, value: unknown): string {
  const shape = shapeOf(model, ref.shape);
  if (shape.type === "structure") return toXml(model, shape, value as Readonly<Record<string, unknown>>);
  return shape.type === "timestamp" && typeof value === "number" ? new Date(value).toISOString() : xmlText(String(value));
}

/** S3's own form of an error, without the wrapper of the Query protocol. */
export function restXmlFailure(requestId: string, failure: WireFailure): HttpReply {
  const headers = idHeaders(requestId);
  if (failure.status === 304) return { status: 304, headers, body: new Uint8Array(0) };
  const details = Object.entries(failure.details)
    .map(([name, value]) => xmlElement(name, xmlText(String(value))))
    .join("");
  const parts = xmlElement("Code", xmlText(failure.code)) + xmlElement("Message", xmlText(failure.message)) + details;
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${parts}${xmlElement("RequestId", requestId)}${xmlElement("HostId", requestId)}</Error>`;
  return textReply(failure.status, { ...headers, "content-type": "application/xml" }, text);
}

const incomplete = (): ServiceError => new ServiceError("IncompleteBody", "The request body terminated unexpectedly");

/**
 * Undoes `aws-chunked` (sizes in hex between the data, checksums behind it): the plain request. Any other content encoding is
 * the object's own and stays. Signatures of chunks are not checked, as no signature is.
 */
export function plainRequest(request: HttpRequest): HttpRequest {
  const encodings = (request.headers["content-encoding"] ?? "").split(",").map((each) => each.trim());
  const isChunked = encodings.includes("aws-chunked") || (request.headers["x-amz-content-sha256"] ?? "").startsWith("STREAMING-");
  if (!isChunked) return request;
  const { body } = request;
  const parts: Uint8Array[] = [];
  let at = 0;
  const line = (): string => {
    const end = body.indexOf(10, at);
    if (end < 0) throw incomplete();
    const text = utf8(body.subarray(at, end)).trim();
    at = end + 1;
    return text;
  };
  for (;;) {
    const [size = ""] = line().split(";");
    if (!/^[0-9a-fA-F]{1,8}$/.test(size)) throw incomplete();
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    if (at + length > body.length) throw incomplete();
    parts.push(body.subarray(at, at + length));
    at += length;
    if (line() !== "") throw incomplete();
  }
  const headers: Record<string, string> = { ...request.headers };
  while (at < body.length) {
    const [name = "", value = ""] = line().split(/:(.*)/s);
    if (name !== "") headers[name.toLowerCase()] = value.trim();
  }
  const own = encodings.filter((each) => each !== "aws-chunked" && each !== "");
  if (own.length > 0) headers["content-encoding"] = own.join(",");
  else delete headers["content-encoding"];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of parts) {
    whole.set(part, to);
    to += part.length;
  }
  headers["content-length"] = String(whole.length);
  return { ...request, headers, body: whole };
}
