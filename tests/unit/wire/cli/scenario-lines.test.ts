import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toPlain } from "../../../../workers/account/commands.ts";
import { readScenarioFile, writeScenarioFile } from "../../../../workers/account/scenario-file.ts";
import { InputError } from "../../../../workers/model/errors.ts";
import type { JournalRecord, Plain } from "../../../../workers/store/contract.ts";
import { scenarioLines } from "../../../../workers/wire/cli/scenario-lines.ts";
import { openTestAccount } from "../../account/engine-harness.ts";
import { STORY, tell } from "../../account/story.ts";
import { validValue } from "../../model/samples.ts";
import { models } from "./models.ts";

const START = Date.UTC(2026, 2, 12, 9, 0, 0);
const lines = scenarioLines(models);
const scenario = { format: 1, title: "T", seed: "s", start: START, region: "us-east-1" } as const;
const write = (commands: readonly JournalRecord[], clock = START): string =>
  writeScenarioFile(scenario, commands, clock, "0".repeat(32), [], lines);
const written = (commands: readonly JournalRecord[]): readonly Readonly<Record<string, unknown>>[] => JSON.parse(write(commands)).commands;
const hand = (more: object): string => JSON.stringify({ ...scenario, engine: 1, commands: [], clock: START + 3_600_000, ...more });
const call = (more: object = {}): Record<string, Plain> => ({
  type: "call",
  service: "logs",
  operation: "CreateLogGroup",
  input: { logGroupName: "/shop" },
  region: "us-east-1",
  kind: "person",
  principal: "developer",
  via: "terminal",
  userAgent: "aws-cli/2.31.0 md/command#logs.create-log-group",
  ...more,
});
const refusal = (text: string): InputError => {
  try {
    readScenarioFile(text, lines);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(InputError);
    return thrown as InputError;
  }
  throw new Error("the scenario was accepted");
};

describe("a scenario file with aws lines", () => {
  it("can be written by hand: a set-up at the start, lines with moments, Regions and identities", () => {
    const { file, unknown } = readScenarioFile(
      hand({
        setup: ["aws logs create-log-group --log-group-name /shop", "aws sns create-topic --name pager"],
        commands: [
          { at: "2026-03-12T09:05:00Z", aws: "aws logs create-log-group --log-group-name '/a b' --region eu-west-1 --profile admin" },
          { aws: "aws cloudwatch put-metric-data --namespace EC2 --metric-name CPU --value 70", via: "form", colour: "red" },
          {
            id: 9,
            at: START + 600_000,
            command: { type: "stage", command: { kind: "identity", principal: "admin" }, region: "us-east-1" },
          },
          { aws: "aws logs delete-log-group --log-group-name /shop" },
        ],
      }),
      lines,
    );
    expect(unknown).toEqual(["commands[1].colour"]);
    expect(file.commands.map(({ id, at }) => [id, at - START])).toEqual([
      [1, 0],
      [2, 0],
      [3, 300_000],
      [4, 300_000],
      [9, 600_000],
      [10, 600_000],
    ]);
    expect(file.commands[0]?.command).toEqual(call());
    expect(file.commands[2]?.command).toMatchObject({ input: { logGroupName: "/a b" }, region: "eu-west-1", principal: "admin" });
    expect(file.commands[3]?.command).toEqual(
      call({
        service: "cloudwatch",
        operation: "PutMetricData",
        input: { Namespace: "EC2", MetricData: [{ MetricName: "CPU", Value: 70 }] },
        via: "form",
        userAgent: undefined,
      }),
    );
  });

  it.each([
    ["setup", { setup: "aws logs" }],
    ["setup[0]", { setup: [5] }],
    ["setup[0]", { setup: ["ls -l"] }],
    ["setup[0]", { setup: ["aws logs create-log-group"] }],
    ["setup[0]", { setup: ["aws logs create-log-group --log-group-name 'x"] }],
    ["setup[0]", { setup: ["aws sts get-caller-identity; aws sts get-caller-identity"] }],
    ["setup[0]", { setup: ["aws logs help"] }],
    ["setup[0]", { setup: [""] }],
    ["commands[0].aws", { commands: [{ aws: "aws logs no-such-thing" }] }],
    ["commands[0].aws", { commands: [{ aws: 7 }] }],
    ["commands[0].at", { commands: [{ at: "noon", aws: "aws sts get-caller-identity" }] }],
    ["commands[0].at", { commands: [{ at: START - 1, aws: "aws sts get-caller-identity" }] }],
    ["commands[0].id", { commands: [{ id: 0, aws: "aws sts get-caller-identity" }] }],
    ["commands[0].command.via", { commands: [{ via: "magic", aws: "aws sts get-caller-identity" }] }],
    ["commands[0].aws", { region: "eu-west-1", commands: [{ aws: "aws sts get-caller-identity --region us-gov-west-1x" }] }],
  ])("that is wrong at %j says where", (path, more) => {
    const error = refusal(hand(more));
    expect(error.message).toContain("This scenario cannot be opened");
    expect(error.path).toBe(path);
  });

  it("is written for people: short, and only what differs from a person's line in the terminal", () => {
    const at = START + 61_000;
    expect(
      written([
        { id: 1, at: START, command: call() },
        { id: 2, at, command: call({ via: "form", userAgent: undefined, region: "eu-west-1", principal: "admin" }) },
        { id: 5, at, command: call({ kind: "program", via: "sdk", userAgent: "boto3", sourceIp: "192.0.2.1" }) },
      ] as JournalRecord[]),
    ).toEqual([
      { aws: "aws logs create-log-group --log-group-name /shop" },
      {
        at: "2026-03-12T09:01:01.000Z",
        aws: "aws logs create-log-group --log-group-name /shop --region eu-west-1 --profile admin",
        via: "form",
      },
      {
        id: 5,
        aws: "aws logs create-log-group --log-group-name /shop",
        kind: "program",
        via: "sdk",
        userAgent: "boto3",
        sourceIp: "192.0.2.1",
      },
    ]);
  });

  it("keeps as data what no line says exactly", () => {
    const odd = [
      call({ service: "logs", operation: "NoSuchOperation" }),
      call({ service: "nowhere" }),
      call({ input: { logGroupName: { $number: "NaN" } } }),
      call({ userAgent: undefined }),
      { type: "stage", command: { kind: "identity", principal: "admin" }, region: "us-east-1" },
    ];
    const records = odd.map((command, i) => ({ id: i + 1, at: START, command })) as unknown as JournalRecord[];
    const plain = JSON.parse(JSON.stringify(records));
    expect(written(records)).toEqual(plain);
  });

  it("of a whole account is read back equal, with lines in it", async () => {
    const account = await openTestAccount({ scenario: STORY });
    await tell(account);
    const text = writeScenarioFile(account.scenario, account.journal(), account.now, account.stateHash().hash, [], lines);
    expect((text.match(/"aws": "aws /g) ?? []).length).toBeGreaterThan(10);
    const { file, unknown } = readScenarioFile(text, lines);
    expect(unknown).toEqual([]);
    expect(JSON.stringify(file.commands)).toBe(JSON.stringify(account.journal()));
    expect(file).toMatchObject({ ...STORY, clock: account.now, hash: account.stateHash().hash });
  });

  const operations = models.services.flatMap((service) => {
    const model = models.get(service);
    return Object.entries(model?.operations ?? {}).flatMap(([operation, { input }]) =>
      model === undefined || input === undefined ? [] : [{ service, operation, model, shape: input }],
    );
  });
  const commands = fc.array(
    fc.constantFrom(...operations).chain(({ service, operation, model, shape }) =>
      fc.record({
        service: fc.constant(service),
        operation: fc.constant(operation),
        input: validValue(model, shape, 3).map((value) => toPlain(value)),
        region: fc.constantFrom("us-east-1", "eu-west-1"),
        principal: fc.constantFrom("developer", "admin"),
        via: fc.constantFrom("form", "terminal", "sdk"),
        step: fc.nat({ max: 3 }),
      }),
    ),
    { minLength: 1, maxLength: 3 },
  );

  it("gives back every command to the letter, whatever was asked", () => {
    fc.assert(
      fc.property(commands, (all) => {
        let at = START;
        const records = all.map(({ step, ...one }, i) => {
          at += step * 1_001;
          return { id: i * 2 + 1, at, command: { type: "call", kind: "person", ...one } };
        }) as unknown as JournalRecord[];
        const { file } = readScenarioFile(write(records, at), lines);
        expect(file.commands).toEqual(JSON.parse(JSON.stringify(records)));
        expect(file.commands.map(({ command }) => JSON.stringify((command as { input: Plain }).input))).toEqual(
          records.map(({ command }) => JSON.stringify((command as { input: Plain }).input)),
        );
      }),
      { numRuns: 150 },
    );
  });
});
