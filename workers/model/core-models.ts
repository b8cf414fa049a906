/**
 * The models that the browser's worker starts with, in its own bundle: the shapes of built operations only, all others
 * known by name. A module of its own, so that only the worker's entry carries them.
 */
import cloudtrail from "./generated/cloudtrail.core.json";
import cloudwatch from "./generated/cloudwatch.core.json";
import events from "./generated/events.core.json";
import logs from "./generated/logs.core.json";
import sns from "./generated/sns.core.json";
import sqs from "./generated/sqs.core.json";
import sts from "./generated/sts.core.json";
import xray from "./generated/xray.core.json";
import { type Models, modelsOf } from "./models.ts";
import type { ServiceModel } from "./shapes.ts";

/** JSON types are far too wide to be useful: cast. */
export const coreModels = (): Models =>
  modelsOf([cloudwatch, logs, events, xray, cloudtrail, sns, sqs, sts] as unknown as readonly ServiceModel[]);
