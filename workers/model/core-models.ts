/**
 * The models that the browser's worker starts with, in its own bundle: the shapes of built operations only, all others
 * known by name. Services that are loaded when first used bring their shapes then. A module of its own, so that only the
 * worker's entry carries them.
 */
import cloudtrail from "./generated/cloudtrail.core.json";
import cloudwatch from "./generated/cloudwatch.core.json";
import logs from "./generated/logs.core.json";
import sns from "./generated/sns.core.json";
import sqs from "./generated/sqs.core.json";
import type { Models } from "./models.ts";
import type { ServiceModel } from "./shapes.ts";

const FIRST: readonly unknown[] = [cloudwatch, logs, cloudtrail, sns, sqs];

/** One literal `import()` each, so that every bundler makes a chunk of it. */
const LATER: Readonly<Record<string, () => Promise<{ default: unknown }>>> = {
  events: () => import("./generated/events.core.json"),
  iam: () => import("./generated/iam.core.json"),
  lambda: () => import("./generated/lambda.core.json"),
  sts: () => import("./generated/sts.core.json"),
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
