/** What goes over the wire when a call fails. */
import { InputError, ServiceError } from "../model/errors.ts";
import { errorShapeOf } from "../model/models.ts";
import type { ServiceModel, StructureShape } from "../model/shapes.ts";
import type { Protocol } from "./router.ts";

export interface WireFailure {
  /** Wire code of the Query protocol. */
  readonly code: string;
  /** Name of the error shape, as JSON's `__type` carries it, without a namespace. */
  readonly shape: string;
  readonly message: string;
  readonly status: number;
  readonly fault: "Sender" | "Receiver";
  readonly details: Readonly<Record<string, unknown>>;
  /** The modelled structure, where AWS models this error. */
  readonly structure: StructureShape | undefined;
}

/** A failure in wire form: status and code come from the API model where the error does not say otherwise. */
export function wireFailure(thrown: unknown, model: ServiceModel | undefined): WireFailure {
  if (thrown instanceof ServiceError) {
    const shape = modelledName(thrown, model);
    const structure = model === undefined ? undefined : errorShapeOf(model, shape);
    const modelled = structure?.error?.httpStatusCode;
    const status = thrown.status === 400 && modelled !== undefined ? modelled : thrown.status;
    const code = thrown.code === shape ? (structure?.error?.code ?? shape) : thrown.code;
    const fault = status >= 500 ? "Receiver" : thrown.fault;
    return { code, shape, message: thrown.message, status, fault, details: thrown.details, structure };
  }
  if (thrown instanceof InputError) {
    return {
      code: "ValidationError",
      shape: "ValidationError",
      message: thrown.message,
      status: 400,
      fault: "Sender",
      details: {},
      structure: undefined,
    };
  }
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return { code: "InternalFailure", shape: "InternalFailure", message, status: 500, fault: "Receiver", details: {}, structure: undefined };
}

/** What the door says in words of JSON services, in the Query protocol's own. */
export function inProtocol(failure: WireFailure, protocol: Protocol, operation: string): WireFailure {
  if (protocol !== "query") return failure;
  if (failure.shape === "UnknownOperationException") {
    return {
      ...failure,
      code: "InvalidAction",
      shape: "InvalidAction",
      status: 400,
      message: `The action ${operation} is not valid for this web service.`,
    };
  }
  return failure.shape === "SerializationException" ? { ...failure, code: "MalformedInput", shape: "MalformedInput" } : failure;
}

/** The error's shape name; one that only gives the Query code (`InvalidParameterValue`) is found by that code. */
function modelledName(error: ServiceError, model: ServiceModel | undefined): string {
  if (model === undefined || errorShapeOf(model, error.shape) !== undefined) return error.shape;
  for (const name of Object.keys(model.shapes)) {
    if (errorShapeOf(model, name)?.error?.code === error.code) return name;
  }
  return error.shape;
}

/** Whether a failure is ours and should be shown to whoever runs the endpoint. */
export function isBug(thrown: unknown): boolean {
  return !(thrown instanceof ServiceError) && !(thrown instanceof InputError);
}

const CORAL_SERVICE = new Set(["SerializationException", "UnknownOperationException"]);
const NAMESPACES: Readonly<Record<string, string>> = { cloudwatch: "com.amazonaws.cloudwatch.v2010_08_01", sqs: "com.amazonaws.sqs" };

/** `__type` of a JSON error, with the namespace where AWS prints one. */
export function jsonType(failure: WireFailure, model: ServiceModel | undefined): string {
  if (CORAL_SERVICE.has(failure.shape)) return `com.amazon.coral.service#${failure.shape}`;
  if (model?.service === "cloudwatch" && failure.shape === "ValidationError") return "com.amazon.coral.validate#ValidationException";
  const namespace = failure.structure === undefined ? undefined : NAMESPACES[model?.service ?? ""];
  return namespace === undefined ? failure.shape : `${namespace}#${failure.shape}`;
}

/** Name of the member that carries the message: `message`, or `Message` where the model says so. */
export function messageMember(structure: StructureShape | undefined): "message" | "Message" {
  return structure !== undefined && Object.hasOwn(structure.members, "Message") ? "Message" : "message";
}
