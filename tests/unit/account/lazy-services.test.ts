import { describe, expect, it } from "vitest";
import { type Account, openAccount } from "../../../workers/account/account.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import { loadModels } from "../../../workers/model/models.ts";
import { cloudtrail } from "../../../workers/services/cloudtrail/definition.ts";
import { lazyService, type ServiceEntry } from "../../../workers/services/contract.ts";
import { sns } from "../../../workers/services/sns/definition.ts";
import { sqs } from "../../../workers/services/sqs/definition.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { settings } from "../../../workers/world/identity-stage.ts";
import { failure, person, scenario } from "./engine-harness.ts";

const models = await loadModels();
const KINDS = Object.keys(sqs.agenda ?? {});

function open(services: readonly ServiceEntry[], storage = createMemoryStorage({ id: "lazy" })): Promise<Account> {
  return openAccount({
    scenario: scenario(),
    services: [sns, ...services, cloudtrail, settings],
    stages: {},
    storage,
    models,
    kernels: referenceKernels,
  });
}

/** Counts how often it is loaded; `fail` loads fail first. */
function laterSqs({ fail = 0, kinds = KINDS } = {}): { readonly entry: ServiceEntry; readonly loads: () => number } {
  let [loads, left] = [0, fail];
  const entry = lazyService("sqs", kinds, async () => {
    if (left-- > 0) throw new TypeError("offline");
    loads++;
    return sqs;
  });
  return { entry, loads: () => loads };
}

const SCREEN = { kind: "screen", principal: "developer" } as const;
const ARN = "arn:aws:sqs:us-east-1:123456789012:q";

async function live(account: Account): Promise<void> {
  const topic = await person(account, "sns", "CreateTopic", { Name: "t" });
  await person(account, "sns", "Subscribe", { TopicArn: topic.output.TopicArn, Protocol: "sqs", Endpoint: ARN });
  await person(account, "sns", "Publish", { TopicArn: topic.output.TopicArn, Message: "nobody there" });
  await person(account, "sqs", "CreateQueue", { QueueName: "q" });
  await person(account, "sns", "Publish", { TopicArn: topic.output.TopicArn, Message: "hello" });
}

describe("a service that is loaded when it is first used", () => {
  it("is loaded once, by a call or by what another service sends it, and changes no outcome", async () => {
    const { entry, loads } = laterSqs();
    const [late, early] = [await open([entry]), await open([sqs])];
    expect(loads()).toBe(0);
    for (const account of [late, early]) await live(account);
    expect(loads()).toBe(1);
    expect(late.stateHash({ parts: true })).toEqual(early.stateHash({ parts: true }));
  });

  it("is there for its looks, and for commands of before the account was opened again", async () => {
    const storage = createMemoryStorage({ id: "kept" });
    const first = await open([laterSqs().entry], storage);
    await live(first);
    const { entry, loads } = laterSqs();
    const again = await open([entry], storage);
    expect(loads()).toBe(1);
    expect(again.past().undo?.command).toMatchObject({ service: "sns", operation: "Publish" });
    const contents = await again.look({ service: "sqs", view: "contents", region: "us-east-1", question: { queue: "q" } });
    expect(JSON.stringify(contents)).toContain("hello");
  });

  it("is in use once it is loaded or has documents; CloudTrail with the first command", async () => {
    const storage = createMemoryStorage({ id: "used" });
    const trail = lazyService("cloudtrail", Object.keys(cloudtrail.agenda ?? {}), async () => cloudtrail);
    const opened = (): Promise<Account> =>
      openAccount({
        scenario: scenario(),
        services: [sns, laterSqs().entry, trail, settings],
        stages: {},
        storage,
        models,
        kernels: referenceKernels,
      });
    const first = await opened();
    const later = (account: Account): readonly string[] => account.inUse.filter((name) => ["sqs", "cloudtrail"].includes(name));
    expect(later(first)).toEqual([]);
    await first.call({ service: "sqs", operation: "ListQueues", input: {}, region: "us-east-1", caller: SCREEN, via: "panel" });
    expect(later(first)).toEqual(["sqs"]);
    const again = await opened();
    expect(later(again)).toEqual([]);
    await person(again, "sns", "CreateTopic", { Name: "t" });
    expect(later(await opened())).toEqual(["cloudtrail"]);
  });

  it("that cannot be loaded refuses the command before it is written down", async () => {
    const account = await open([laterSqs({ fail: 1 }).entry]);
    expect((await failure(person(account, "sqs", "CreateQueue", { QueueName: "q" }))).message).toBe("offline");
    expect(account.journal()).toEqual([]);
    await person(account, "sqs", "CreateQueue", { QueueName: "q" });
    expect(account.journal()).toHaveLength(1);
  });

  it("must have the agenda kinds it was announced with", async () => {
    const account = await open([laterSqs({ kinds: ["other"] }).entry]);
    expect((await failure(person(account, "sqs", "ListQueues"))).message).toContain("agenda kinds");
  });
});
