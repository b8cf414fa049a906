/** Answers and failures in each protocol. */
import { structureOf } from "../model/models.ts";
import type { OperationModel, ServiceModel } from "../model/shapes.ts";
import { CborDouble, CborTime, encodeCbor } from "./cbor.ts";
import { jsonType, messageMember, type WireFailure } from "./failure.ts";
import { type HttpReply, textReply } from "./http.ts";
import { encodeJsonOutput, encodeValue, type ScalarForm } from "./json.ts";
import { isEc2, namespaceOf } from "./query-names.ts";
import { restJsonReply } from "./rest-json.ts";
import { restXmlFailure, restXmlReply } from "./rest-xml.ts";
import type { Protocol } from "./router.ts";
import { xmlElement, xmlMembers, xmlText } from "./xml.ts";

const REQUEST_ID = "x-amzn-RequestId";

export interface Answered {
  readonly protocol: Protocol;
  readonly model: ServiceModel;
  readonly operation: OperationModel;
  readonly requestId: string;
  readonly output: Readonly<Record<string, unknown>>;
}

const CBOR_FORM: ScalarForm = {
  time: (milliseconds) => new CborTime(milliseconds / 1000),
  blob: (bytes) => bytes,
  double: (value) => new CborDouble(value),
};
const CBOR_HEADERS = { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" };

export function successReply({ protocol, model, operation, requestId, output }: Answered): HttpReply {
  if (protocol === "cbor") {
    const value = operation.output === undefined ? {} : encodeValue(model, operation.output, output, CBOR_FORM);
    return { status: 200, headers: { ...CBOR_HEADERS, [REQUEST_ID]: requestId }, body: encodeCbor(value) };
  }
  if (protocol === "rest-xml") return restXmlReply(model, operation, requestId, output);
  if (protocol === "rest-json") return restJsonReply(model, operation, requestId, output);
  if (protocol === "json") {
    const headers = { "content-type": jsonContentType(model), [REQUEST_ID]: requestId };
    return textReply(200, headers, encodeJsonOutput(model, operation.output, output));
  }
  const structure = structureOf(model, operation.output);
  if (isEc2(model)) return ec2Reply(model, operation, requestId, structure === undefined ? "" : xmlMembers(model, structure, output));
  const result =
    structure === undefined ? "" : xmlElement(operation.resultWrapper ?? `${operation.name}Result`, xmlMembers(model, structure, output));
  const metadata = xmlElement("ResponseMetadata", xmlElement("RequestId", xmlText(requestId)));
  const name = `${operation.name}Response`;
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespaceOf(model)}">${result}${metadata}</${name}>`;
  return textReply(200, { "content-type": "text/xml", [REQUEST_ID]: requestId }, text);
}

/** Operations without members of their own answer `return`. */
function ec2Reply(model: ServiceModel, { name }: OperationModel, requestId: string, members: string): HttpReply {
  const inner = xmlElement("requestId", xmlText(requestId)) + (members === "" ? xmlElement("return", "true") : members);
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<${name}Response xmlns="${namespaceOf(model)}">${inner}</${name}Response>`;
  return textReply(200, { "content-type": "text/xml;charset=UTF-8", [REQUEST_ID]: requestId }, text);
}

export function failureReply(protocol: Protocol, model: ServiceModel | undefined, requestId: string, failure: WireFailure): HttpReply {
  if (protocol === "query") return xmlFailure(model, requestId, failure);
  if (protocol === "rest-xml") return restXmlFailure(requestId, failure);
  const headers: Record<string, string> = {
    "content-type": protocol === "json" ? jsonContentType(model) : "application/json",
    [REQUEST_ID]: requestId,
  };
  const type = jsonType(failure, model);
  const member = messageMember(failure.structure);
  const body: Record<string, unknown> = { ...details(model, failure), [member]: failure.message };
  if (protocol === "cbor") Object.assign(headers, CBOR_HEADERS);
  if (protocol === "rest-json") {
    headers["x-amzn-ErrorType"] = type;
    return textReply(failure.status, headers, JSON.stringify(body));
  }
  // Clients of a query-compatible service read the Query code from this header; sent even when they do not ask for it.
  if (model?.metadata.awsQueryCompatible !== undefined) headers["x-amzn-query-error"] = `${failure.code};${failure.fault}`;
  if (protocol === "cbor") return { status: failure.status, headers, body: encodeCbor({ __type: type, ...body }) };
  return textReply(failure.status, headers, JSON.stringify({ __type: type, ...body }));
}

function jsonContentType(model: ServiceModel | undefined): string {
  return `application/x-amz-json-${model?.metadata.jsonVersion ?? "1.1"}`;
}

/** Members of the error beside its message, in JSON form. */
function details(model: ServiceModel | undefined, failure: WireFailure): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(failure.details)) {
    const ref = failure.structure?.members[name];
    if (model !== undefined && ref !== undefined) out[name] = encodeValue(model, ref.shape, value);
  }
  return out;
}

function xmlFailure(model: ServiceModel | undefined, requestId: string, failure: WireFailure): HttpReply {
  if (isEc2(model)) return ec2Failure(requestId, failure);
  const { structure } = failure;
  const { message: _, Message: __, ...others } = failure.details;
  const extra = model === undefined || structure === undefined ? "" : xmlMembers(model, structure, others);
  const error =
    xmlElement("Type", failure.fault) + xmlElement("Code", xmlText(failure.code)) + xmlElement("Message", xmlText(failure.message)) + extra;
  const text = `<ErrorResponse xmlns="${namespaceOf(model)}">${xmlElement("Error", error)}${xmlElement("RequestId", xmlText(requestId))}</ErrorResponse>`;
  return textReply(failure.status, { "content-type": "text/xml", [REQUEST_ID]: requestId }, text);
}

function ec2Failure(requestId: string, { status, code, message }: WireFailure): HttpReply {
  const error = xmlElement("Error", xmlElement("Code", xmlText(code)) + xmlElement("Message", xmlText(message)));
  const inner = xmlElement("Errors", error) + xmlElement("RequestID", xmlText(requestId));
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Response>${inner}</Response>`;
  return textReply(status, { "content-type": "text/xml;charset=UTF-8", [REQUEST_ID]: requestId }, text);
}
