/** Finds which service, operation, protocol and Region an HTTP request is about. */
import { ServiceError } from "../model/errors.ts";
import type { Models } from "../model/models.ts";
import type { ServiceModel } from "../model/shapes.ts";
import { formFields, type HttpRequest, utf8 } from "./http.ts";
import { restJsonOperation } from "./rest-json.ts";
import { restXmlOperation } from "./rest-xml.ts";

/** `cbor` is Smithy's rpc-v2-cbor, which newer SDKs speak to CloudWatch. */
export type Protocol = "json" | "cbor" | "query" | "rest-json" | "rest-xml";

export interface Route {
  /** AWS CLI name, or the signing name of a service that is not here. */
  readonly service: string;
  readonly operation: string;
  readonly protocol: Protocol;
  readonly model: ServiceModel | undefined;
  readonly region: string;
  readonly accessKeyId: string | undefined;
  /** Query protocol only. */
  readonly fields?: ReadonlyMap<string, string>;
}

/** What a signature says of itself: `Credential=AKID/20240101/us-east-1/monitoring/aws4_request`. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly signingName: string;
}

export const DEFAULT_REGION = "us-east-1";

/** Credential scope of the Authorization header or of a presigned query; signatures themselves are never checked. */
export function credentialScope(request: HttpRequest): CredentialScope | undefined {
  const text =
    /Credential=([^,\s]+)/.exec(request.headers["authorization"] ?? "")?.[1] ?? formFields(request.query).get("X-Amz-Credential");
  if (text === undefined) return undefined;
  const parts = text.split("/");
  const [accessKeyId, , region, signingName, terminator] = parts.length >= 5 ? parts.slice(-5) : [];
  if (accessKeyId === undefined || !region || !signingName || terminator !== "aws4_request") return undefined;
  return { accessKeyId, region, signingName };
}

/** The protocol a request speaks, for errors that come before its route is known. */
export function protocolOf(request: HttpRequest): Protocol {
  // Headers of an S3 request are its object's: only the signature says what it is.
  if (credentialScope(request)?.signingName === "s3") return "rest-xml";
  if (request.headers["x-amz-target"] !== undefined) return "json";
  if (request.headers["smithy-protocol"] === "rpc-v2-cbor") return "cbor";
  const type = request.headers["content-type"] ?? "";
  if (type.startsWith("application/x-www-form-urlencoded") || formFields(request.query).has("Action")) return "query";
  return "rest-json";
}

/** Routes a request whose body is plain. Throws UnknownOperationException or InvalidAction when nothing fits. */
export function routeOf(request: HttpRequest, body: Uint8Array, models: Models): Route {
  const scope = credentialScope(request);
  const at = { region: scope?.region ?? DEFAULT_REGION, accessKeyId: scope?.accessKeyId };
  switch (protocolOf(request)) {
    case "cbor": {
      const [, name = "", operation = ""] = /^\/service\/([^/]+)\/operation\/([^/]+)$/.exec(request.path) ?? [];
      const model = targeted(models, name);
      if (model === undefined) throw unknownTarget(`${request.method} ${request.path}`);
      return { ...at, service: model.service, operation, protocol: "cbor", model };
    }
    case "json": {
      const target = request.headers["x-amz-target"] ?? "";
      const parts = target.split(".");
      const operation = parts.pop() ?? "";
      const prefix = parts.pop() ?? "";
      const model = targeted(models, prefix);
      // Signed for a service that is here, a strange target is refused; for one that is not here, the door says so.
      if (model === undefined && (scope === undefined || modelOfScope(models, scope) !== undefined)) throw unknownTarget(target);
      return { ...at, service: model?.service ?? serviceOf(models, scope), operation, protocol: "json", model };
    }
    case "query": {
      const fields = new Map([...formFields(request.query), ...formFields(request.method === "GET" ? "" : utf8(body))]);
      const operation = fields.get("Action");
      if (operation === undefined)
        throw new ServiceError("MissingAction", "The request must contain the parameter Action.", { shape: "MissingAction" });
      const version = fields.get("Version");
      const model =
        modelOfScope(models, scope) ?? (scope === undefined ? find(models, ({ metadata }) => metadata.apiVersion === version) : undefined);
      if (model === undefined && scope === undefined)
        throw new ServiceError("InvalidAction", `The action ${operation} is not valid for this web service.`);
      return { ...at, service: model?.service ?? serviceOf(models, scope), operation, protocol: "query", model, fields };
    }
    case "rest-xml": {
      const model = modelOfScope(models, scope);
      const operation = model === undefined ? undefined : restXmlOperation(model, request);
      if (model !== undefined && operation === undefined)
        throw new ServiceError("MethodNotAllowed", "The specified method is not allowed against this resource.", { status: 405 });
      return { ...at, service: "s3", operation: operation?.name ?? `${request.method} ${request.path}`, protocol: "rest-xml", model };
    }
    case "rest-json": {
      const model = modelOfScope(models, scope) ?? find(models, (candidate) => restJsonOperation(candidate, request) !== undefined);
      const operation = model === undefined ? undefined : restJsonOperation(model, request)?.operation.name;
      if (model !== undefined && operation !== undefined) return { ...at, service: model.service, operation, protocol: "rest-json", model };
      const service = serviceOf(models, scope);
      // A service that is not here has paths we cannot read; the door says that the service is missing.
      if (service !== "" && models.get(service) === undefined)
        return { ...at, service, operation: `${request.method} ${request.path}`, protocol: "rest-json", model };
      throw unknownTarget(`${request.method} ${request.path}`);
    }
  }
}

/** The service of a target prefix; long prefixes count by their last part. */
function targeted(models: Models, prefix: string): ServiceModel | undefined {
  return find(models, ({ metadata }) => metadata.targetPrefix?.split(".").pop() === prefix);
}

/** A service is signed for under its signing name, or its endpoint's (`monitoring` for CloudWatch). */
function modelOfScope(models: Models, scope: CredentialScope | undefined): ServiceModel | undefined {
  if (scope === undefined) return undefined;
  return find(models, ({ metadata }) => (metadata.signingName ?? metadata.endpointPrefix) === scope.signingName);
}

function serviceOf(models: Models, scope: CredentialScope | undefined): string {
  return modelOfScope(models, scope)?.service ?? scope?.signingName ?? "";
}

function find(models: Models, wanted: (model: ServiceModel) => boolean): ServiceModel | undefined {
  for (const name of models.services) {
    const model = models.get(name);
    if (model !== undefined && wanted(model)) return model;
  }
  return undefined;
}

function unknownTarget(what: string): ServiceError {
  return new ServiceError("UnknownOperationException", `The requested operation ${what} does not exist.`, { status: 404 });
}
