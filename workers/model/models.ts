/** Loads the generated API models and resolves what they refer to. The models are frozen data; nothing here changes them. */
import { Bug } from "./errors.ts";
import type { OperationModel, ServiceModel, Shape, StructureShape } from "./shapes.ts";

export interface Models {
  /** Model of a service by its AWS CLI name (`cloudwatch`, `logs`, `events` ...). */
  get(service: string): ServiceModel | undefined;
  readonly services: readonly string[];
  /** Loads the shapes of a service whose operations are known by name only until it is first used; `isWhole` says which are not. */
  readonly load?: (service: string) => Promise<void>;
  readonly isWhole?: (service: string) => boolean;
}

/** One literal `import()` each, so that every bundler makes a chunk of it. JSON types are far too wide to be useful: cast. */
const SOURCES: Readonly<Record<string, () => Promise<{ default: unknown }>>> = {
  cloudwatch: () => import("./generated/cloudwatch.json"),
  logs: () => import("./generated/logs.json"),
  events: () => import("./generated/events.json"),
  s3: () => import("./generated/s3.json"),
  xray: () => import("./generated/xray.json"),
  cloudtrail: () => import("./generated/cloudtrail.json"),
  sns: () => import("./generated/sns.json"),
  sqs: () => import("./generated/sqs.json"),
  lambda: () => import("./generated/lambda.json"),
  codepipeline: () => import("./generated/codepipeline.json"),
  sts: () => import("./generated/sts.json"),
  iam: () => import("./generated/iam.json"),
  ec2: () => import("./generated/ec2.json"),
  autoscaling: () => import("./generated/autoscaling.json"),
};

/** All models of the house, loaded in parallel. Answers the same data on every call (module cache). */
export async function loadModels(): Promise<Models> {
  return modelsOf(await Promise.all(Object.values(SOURCES).map(async (source) => (await source()).default as ServiceModel)));
}

/** Makes a `Models` of given models (tests, or a subset). */
export function modelsOf(list: readonly ServiceModel[]): Models {
  const byName = new Map(list.map((model) => [model.service, model]));
  return { get: (service) => byName.get(service), services: [...byName.keys()] };
}

/** The shape of that name; a model that names a shape it does not have is a broken build. */
export function shapeOf(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (shape === undefined) throw new Bug(`model of ${model.service} has no shape ${name}`);
  return shape;
}

/** The operation of that AWS name, or undefined. */
export function operationOf(model: ServiceModel, operation: string): OperationModel | undefined {
  return Object.hasOwn(model.operations, operation) ? model.operations[operation] : undefined;
}

/** Structure of an operation's input or output; undefined when it has no members (or is known by name only). */
export function structureOf(model: ServiceModel, name: string | undefined): StructureShape | undefined {
  if (name === undefined) return undefined;
  const shape = shapeOf(model, name);
  if (shape.type !== "structure") throw new Bug(`${model.service} shape ${name} is no structure`);
  return shape;
}

/** Whether a service speaks the Query protocol or EC2's variant of it: codes and sentences are those of XML services. */
export const speaksQuery = (model: ServiceModel | undefined): boolean =>
  model?.metadata.protocol === "query" || model?.metadata.protocol === "ec2";

/** The modelled error of that shape name, or undefined where AWS answers with an error it does not model. */
export function errorShapeOf(model: ServiceModel, name: string): StructureShape | undefined {
  const shape = Object.hasOwn(model.shapes, name) ? model.shapes[name] : undefined;
  return shape?.type === "structure" && shape.exception === true ? shape : undefined;
}
