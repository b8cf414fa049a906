/**
 * The composition: which services, stage commands and kernels make an account. The browser worker, the endpoint and the
 * tests all open their accounts here.
 */
import { type Account, openAccount } from "./account/account.ts";
import type { Scenario } from "./account/contract.ts";
import type { AccountHooks } from "./account/hooks.ts";
import type { Kernels } from "./kernels/contract.ts";
import { loadKernels } from "./kernels/load.ts";
import { loadModels, type Models } from "./model/models.ts";
import { cloudwatch } from "./services/cloudwatch/definition.ts";
import { isLazy, lazyService, type ServiceDefinition, type ServiceEntry } from "./services/contract.ts";
import { logs } from "./services/logs/definition.ts";
import type { AccountStorage } from "./store/contract.ts";
import { createMemoryStorage } from "./store/memory-storage.ts";
import { attachTrail } from "./world/attach-trail.ts";
import { identityStage, settings } from "./world/identity-stage.ts";
import { createWorld } from "./world/world.ts";

const later = {
  sts: lazyService("sts", [], async () => (await import("./services/sts/definition.ts")).sts),
  iam: lazyService("iam", [], async () => (await import("./services/iam/definition.ts")).iam),
  events: lazyService("events", ["schedule", "retry"], async () => (await import("./services/events/definition.ts")).events),
  sns: lazyService("sns", [], async () => (await import("./services/sns/definition.ts")).sns),
  sqs: lazyService("sqs", [], async () => (await import("./services/sqs/definition.ts")).sqs),
  cloudtrail: lazyService("cloudtrail", ["bus", "deliver"], async () => (await import("./services/cloudtrail/definition.ts")).cloudtrail),
  s3: lazyService("s3", [], async () => (await import("./services/s3/definition.ts")).s3),
  xray: lazyService("xray", [], async () => (await import("./services/xray/definition.ts")).xray),
  ec2: lazyService("ec2", ["arrive", "forget"], async () => (await import("./services/ec2/definition.ts")).ec2),
  autoscaling: lazyService("autoscaling", ["capacity"], async () => (await import("./services/autoscaling/definition.ts")).autoscaling),
  codepipeline: lazyService(
    "codepipeline",
    ["action-ends"],
    async () => (await import("./services/codepipeline/definition.ts")).codepipeline,
  ),
  lambda: lazyService("lambda", ["run", "end"], async () => (await import("./services/lambda/definition.ts")).lambda),
};

/**
 * AWS services, in the order in which their agenda items of one moment run: agents ship first, then logs close their
 * minutes, then alarms look at what came. What an account uses from its first minute is part of the engine; the others
 * (`lazyService(name, kinds of their agenda items, source)`) are loaded when they are first used.
 */
export const SERVICES: readonly ServiceEntry[] = [
  logs,
  cloudwatch,
  later.sns,
  later.sqs,
  later.events,
  later.lambda,
  later.ec2,
  later.autoscaling,
  later.codepipeline,
  later.s3,
  later.cloudtrail,
  later.sts,
  later.iam,
  later.xray,
];

/** All definitions, loaded. */
export function loadServices(): Promise<readonly ServiceDefinition[]> {
  return Promise.all(SERVICES.map((entry) => (isLazy(entry) ? entry.load() : entry)));
}

export interface EngineOptions {
  readonly scenario: Scenario;
  readonly storage?: AccountStorage;
  readonly models?: Models;
  readonly kernels?: Kernels;
  readonly hooks?: AccountHooks;
  /** False: nothing is journaled (the endpoint). Default true. */
  readonly journal?: boolean;
}

/** Opens an account on its storage: what was there goes on, an empty storage starts at the scenario. */
export async function createEngine(options: EngineOptions): Promise<Account> {
  const storage = options.storage ?? createMemoryStorage({ id: options.scenario.seed });
  const [models, kernels] = await Promise.all([options.models ?? loadModels(), options.kernels ?? loadKernels()]);
  const world = createWorld({ attachment: (sha256) => storage.attachment(sha256) });
  return await openAccount({
    scenario: options.scenario,
    services: [world.service, ...SERVICES, settings],
    stages: { attach: world.attach, "attach-trail": attachTrail, identity: identityStage },
    storage,
    models,
    kernels,
    ...(options.hooks === undefined ? {} : { hooks: options.hooks }),
    ...(options.journal === undefined ? {} : { journal: options.journal }),
  });
}
