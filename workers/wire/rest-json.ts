/**
 * REST-JSON, which X-Ray and Lambda speak: members lie in the path, the query and the headers where the model says so, all
 * others in the body, or one of them is the body.
 */
import { shapeOf, structureOf } from "../model/models.ts";
import type { OperationModel, ServiceModel, StructureShape } from "../model/shapes.ts";
import { formFields, type HttpReply, type HttpRequest, textReply, utf8 } from "./http.ts";
import { decodeJsonInput, encodeJsonOutput } from "./json.ts";
import { scalar } from "./rest-xml.ts";

interface Matched {
  readonly operation: OperationModel;
  /** Parts of the path by their names in the template. */
  readonly labels: Readonly<Record<string, string>>;
}

const segments = (path: string): readonly string[] =>
  path
    .split("?")[0]
    ?.split("/")
    .filter((part) => part !== "") ?? [];

/** The operation whose method and path fit; of several the one with the fewest labels. */
export function restJsonOperation(model: ServiceModel, request: HttpRequest): Matched | undefined {
  if (model.metadata.protocol !== "rest-json") return undefined;
  const parts = segments(request.path);
  let best: Matched | undefined;
  for (const operation of Object.values(model.operations)) {
    if (operation.http.method !== request.method) continue;
    const labels = labelsOf(segments(operation.http.requestUri), parts);
    if (labels === undefined) continue;
    if (best === undefined || Object.keys(labels).length < Object.keys(best.labels).length) best = { operation, labels };
  }
  return best;
}

function labelsOf(template: readonly string[], parts: readonly string[]): Readonly<Record<string, string>> | undefined {
  const labels: Record<string, string> = {};
  for (const [at, piece] of template.entries()) {
    const [, name, greedy] = /^\{(\w+)(\+)?\}$/.exec(piece) ?? [];
    const part = greedy === undefined ? parts[at] : parts.slice(at).join("/");
    if (part === undefined) return undefined;
    if (greedy !== undefined && name !== undefined) return { ...labels, [name]: decoded(part) };
    if (name !== undefined) labels[name] = decoded(part);
    else if (part !== piece) return undefined;
  }
  return template.length === parts.length ? labels : undefined;
}

/** A path that is badly escaped names what it says; the operation refuses it. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The operation's input in internal form. */
export function decodeRestJson(
  model: ServiceModel,
  operation: OperationModel,
  request: HttpRequest,
  body: Uint8Array,
): Record<string, unknown> {
  const structure = structureOf(model, operation.input);
  if (structure === undefined || operation.input === undefined) return {};
  const { payload } = structure;
  const isBlob = payload !== undefined && shapeOf(model, structure.members[payload]?.shape ?? "").type === "blob";
  const input: Record<string, unknown> = isBlob && payload !== undefined ? { [payload]: body } : bodyMembers(model, operation.input, body);
  const labels = restJsonOperation(model, request)?.labels ?? {};
  const query = formFields(request.query);
  for (const [name, ref] of Object.entries(structure.members)) {
    const place = ref.locationName ?? name;
    const text =
      ref.location === "uri"
        ? labels[place]
        : ref.location === "querystring"
          ? query.get(place)
          : ref.location === "header"
            ? request.headers[place.toLowerCase()]
            : undefined;
    if (text !== undefined) input[name] = scalar(shapeOf(model, ref.shape), text);
  }
  return input;
}

const bodyMembers = (model: ServiceModel, shape: string, body: Uint8Array): Record<string, unknown> =>
  body.length === 0 ? {} : decodeJsonInput(model, shape, utf8(body));

export function restJsonReply(
  model: ServiceModel,
  operation: OperationModel,
  requestId: string,
  output: Readonly<Record<string, unknown>>,
): HttpReply {
  const structure = structureOf(model, operation.output);
  const headers: Record<string, string> = { "x-amzn-RequestId": requestId, "content-type": "application/json" };
  const inBody: Record<string, unknown> = {};
  let status = 200;
  for (const [name, value] of Object.entries(output)) {
    const ref = structure?.members[name];
    if (value === undefined || ref === undefined) continue;
    if (ref.location === "header") headers[(ref.locationName ?? name).toLowerCase()] = String(value);
    else if (ref.location === "statusCode") status = Number(value);
    else inBody[name] = value;
  }
  const blob = blobOf(model, structure, output);
  if (blob !== undefined) return { status, headers, body: blob };
  return textReply(status, headers, status === 204 ? "" : encodeJsonOutput(model, operation.output, inBody));
}

function blobOf(
  model: ServiceModel,
  structure: StructureShape | undefined,
  output: Readonly<Record<string, unknown>>,
): Uint8Array | undefined {
  const { payload } = structure ?? {};
  if (structure === undefined || payload === undefined) return undefined;
  if (shapeOf(model, structure.members[payload]?.shape ?? "").type !== "blob") return undefined;
  return (output[payload] as Uint8Array | undefined) ?? new Uint8Array(0);
}
