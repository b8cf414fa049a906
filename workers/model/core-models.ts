/**
 * The models that the browser's worker starts with, in its own bundle: the shapes of built operations only, all others
 * known by name. Services that are loaded when first used bring their shapes then. A module of its own, so that only the
 * worker's entry carries them.
 */
import cloudwatch from "./generated/cloudwatch.core.json";
import logs from "./generated/logs.core.json";
import type { Models } from "./models.ts";
import type { ServiceModel } from "./shapes.ts";

const FIRST: readonly unknown[] = [cloudwatch, logs];

/** One literal `import()` each, so that every bundler makes a chunk of it. */
const LATER: Readonly<Record<string, () => Promise<{ default: unknown }>>> = {
  sns: () => import("./generated/sns.core.json"),
  sqs: () => import("./generated/sqs.core.json"),
  cloudtrail: () => import("./generated/cloudtrail.core.json"),
  events: () => import("./generated/events.core.json"),
  iam: () => import("./generated/iam.core.json"),
  lambda: () => import("./generated/lambda.core.json"),
  codepipeline: () => import("./generated/codepipeline.core.json"),
  sts: () => import("./generated/sts.core.json"),
  ec2: () => import("./generated/ec2.core.json"),
  autoscaling: () => import("./generated/autoscaling.core.json"),
  s3: () => import("./generated/s3.core.json"),
  xray: () => import("./generated/xray.core.json"),
};

/** JSON types are far too wide to be useful: cast. */
export function coreModels(): Models {
  const byName = new Map((FIRST as readonly ServiceModel[]).map((model) => [model.service, model]));
  return {
    get: (service) => byName.get(service),
    services: [...byName.keys(), ...Object.keys(LATER)],
    isWhole: (service) => byName.has(service) || !Object.hasOwn(LATER, service),
    async load(service) {
      const source = LATER[service];
      if (source !== undefined && !byName.has(service)) byName.set(service, (await source()).default as ServiceModel);
    },
  };
}
