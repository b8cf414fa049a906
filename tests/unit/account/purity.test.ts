import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadServices } from "../../../workers/engine.ts";
import { ServiceError } from "../../../workers/model/errors.ts";
import { loadModels } from "../../../workers/model/models.ts";
import type { ServiceModel } from "../../../workers/model/shapes.ts";
import { validValue } from "../model/samples.ts";
import { failure, openTestAccount, screen } from "./engine-harness.ts";
import { lifeStep, live } from "./life.ts";
import { questions } from "./look-questions.ts";
import { answers, STORY, STORY_START, tell } from "./story.ts";

const services = await loadServices();

const models = await loadModels();
const MINUTE = 60_000;

/** Values that the golden story knows, so that reads find something. */
const PLAUSIBLE: Readonly<Record<string, readonly unknown[]>> = {
  logGroupName: ["/shop/web"],
  logGroupIdentifier: ["/shop/web"],
  logStreamName: ["web"],
  filterPattern: ["ERROR", "", "?a ?b"],
  logGroupNamePrefix: ["/shop"],
  AlarmName: ["errors", "slow"],
  AlarmNames: [["errors"], ["slow", "errors"]],
  Namespace: ["Shop"],
  MetricName: ["Latency", "Errors"],
  Dimensions: [[{ Name: "Page", Value: "cart" }], []],
  StartTime: [STORY_START - 60 * MINUTE],
  EndTime: [STORY_START + 60 * MINUTE],
  startTime: [STORY_START - 60 * MINUTE],
  endTime: [STORY_START + 60 * MINUTE],
  Period: [60, 300],
  Statistics: [["Sum", "Average"]],
  TopicArn: ["arn:aws:sns:us-east-1:123456789012:on-call"],
  QueueUrl: ["https://sqs.us-east-1.amazonaws.com/123456789012/alarms"],
  QueueName: ["alarms"],
  NextToken: [undefined],
  nextToken: [undefined],
};

/** Inputs of one operation: what the model allows, with members replaced by what the account holds. */
function inputOf(model: ServiceModel, operation: string): fc.Arbitrary<Record<string, unknown>> {
  const shape = model.operations[operation]?.input;
  if (shape === undefined) return fc.constant({});
  const members = Object.keys((model.shapes[shape] as { members: object }).members);
  return fc.tuple(validValue(model, shape, 3), fc.infiniteStream(fc.nat(99))).map(([value, picks]) => {
    const input = { ...(value as Record<string, unknown>) };
    for (const member of members) {
      const known = PLAUSIBLE[member];
      const pick = picks.next().value as number;
      if (known !== undefined && pick < 80) input[member] = known[pick % known.length];
    }
    return input;
  });
}

const reads = services.flatMap((service) =>
  Object.entries(service.operations)
    .filter(([, entry]) => entry.effect === "none")
    .map(([operation]) => ({ service: service.name, operation, input: inputOf(models.get(service.name) as ServiceModel, operation) })),
);
const screenCall = fc.oneof(...reads.map(({ service, operation, input }) => input.map((value) => ({ service, operation, input: value }))));

describe("screens", () => {
  it("leave the hash as it was, whatever they read, and are answered or refused as AWS would", async () => {
    const account = await openTestAccount({ scenario: STORY });
    await tell(account);
    const before = account.stateHash({ parts: true });
    const agenda = await answers(account);
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(screenCall, fc.boolean(), async ({ service, operation, input }, explain) => {
        await screen(account, service, operation, input, { explain }).then(
          () => answered++,
          (thrown: unknown) => expect(thrown, `${service} ${operation} ${JSON.stringify(input)}`).toBeInstanceOf(ServiceError),
        );
        expect(account.stateHash().hash).toBe(before.hash);
      }),
      { numRuns: 400 },
    );
    expect(answered).toBeGreaterThan(60);
    expect(account.stateHash({ parts: true })).toEqual(before);
    expect(await answers(account)).toEqual(agenda);
  });

  it("may look at every view of every service without a trace", async () => {
    const account = await openTestAccount({ scenario: STORY });
    await tell(account);
    const before = account.stateHash({ parts: true });
    const views = services.flatMap((service) => Object.keys(service.looks ?? {}).map((view) => `${service.name}/${view}`));
    expect(Object.keys(questions), "add a question to look-questions.ts").toEqual(expect.arrayContaining(views));
    for (const [name, question] of Object.entries(questions)) {
      const [service, view] = name.split("/") as [string, string];
      await account.look({ service, view, region: "us-east-1", question });
      expect(account.stateHash({ parts: true }), name).toEqual(before);
    }
  });

  it("read in the middle of any life without changing how it goes on", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(lifeStep, { minLength: 5, maxLength: 20 }),
        fc.array(screenCall, { minLength: 20, maxLength: 20 }),
        async (steps, calls) => {
          const [quiet, watched] = [await openTestAccount(), await openTestAccount()];
          for (const [i, step] of steps.entries()) {
            await live(quiet, step);
            const { service, operation, input } = calls[i] as (typeof calls)[number];
            // Begun before the step and read after it: the clock does not wait for a screen.
            const reading = screen(watched, service, operation, input).catch((thrown: unknown) =>
              expect(thrown).toBeInstanceOf(ServiceError),
            );
            await live(watched, step);
            await reading;
          }
          expect(watched.stateHash({ parts: true })).toEqual(quiet.stateHash({ parts: true }));
        },
      ),
      { numRuns: 12 },
    );
  });

  it("cannot call anything that changes state", async () => {
    const account = await openTestAccount({ scenario: STORY });
    await tell(account);
    const before = account.stateHash();
    for (const service of services)
      for (const [operation, entry] of Object.entries(service.operations))
        if (entry.effect === "state") expect((await failure(screen(account, service.name, operation))).name, operation).toBe("Bug");
    expect(account.stateHash()).toEqual(before);
  });
});
