import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readScenarioFile, writeScenarioFile } from "../../../workers/account/scenario-file.ts";
import { InputError } from "../../../workers/model/errors.ts";
import { openTestAccount, person, START, scenario } from "./engine-harness.ts";
import { STORY, tell } from "./story.ts";

const call = (more: object = {}) => ({
  id: 1,
  at: START,
  command: {
    type: "call",
    service: "logs",
    operation: "CreateLogGroup",
    input: { logGroupName: "g" },
    region: "us-east-1",
    kind: "person",
    principal: "developer",
    via: "form",
    ...more,
  },
});
const stage = (more: object = {}) => ({
  id: 2,
  at: START + 5,
  command: { type: "stage", command: { kind: "identity", principal: "admin" }, region: "us-east-1", ...more },
});
const file = { sha256: "a".repeat(64), name: "a.log", bytes: 3, base64: "YWJj" };
const good = {
  format: 1,
  engine: 1,
  title: "T",
  note: "n",
  seed: "s",
  start: START,
  account: "123456789012",
  region: "us-east-1",
  commands: [call(), stage()],
  clock: START + 10,
  hash: "0".repeat(32),
  files: [file],
};
const read = (value: unknown) => readScenarioFile(JSON.stringify(value));
const refusal = (text: string): InputError => {
  try {
    readScenarioFile(text);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(InputError);
    return thrown as InputError;
  }
  throw new Error("the scenario was accepted");
};

describe("a scenario file", () => {
  it("of the right shape is read as it was written", () => {
    expect(read(good)).toEqual({ file: good, unknown: [] });
  });

  it("of a whole account is read back equal", async () => {
    const account = await openTestAccount({ scenario: STORY });
    await tell(account);
    const hash = account.stateHash().hash;
    const text = writeScenarioFile(account.scenario, account.journal(), account.now, hash, [file]);
    const found = readScenarioFile(text);
    expect(found.unknown).toEqual([]);
    expect(found.file).toEqual({ ...STORY, engine: account.engine, commands: account.journal(), clock: account.now, hash, files: [file] });
  });

  it.each([
    ["", "text"],
    ["", null],
    ["format", []],
    ["format", { ...good, format: 2 }],
    ["format", { ...good, format: undefined }],
    ["engine", { ...good, engine: 0 }],
    ["engine", { ...good, engine: 1.5 }],
    ["title", { ...good, title: "x".repeat(201) }],
    ["title", { ...good, title: 5 }],
    ["note", { ...good, note: {} }],
    ["seed", { ...good, seed: null }],
    ["start", { ...good, start: -1 }],
    ["start", { ...good, start: 0.5 }],
    ["start", { ...good, start: "2026-01-01" }],
    ["start", { ...good, start: 1e300 }],
    ["account", { ...good, account: "12345" }],
    ["region", { ...good, region: "mars" }],
    ["clock", { ...good, clock: null }],
    ["clock", { ...good, clock: START + 4 }],
    ["hash", { ...good, hash: "xyz" }],
    ["commands", { ...good, commands: {} }],
    ["commands[0]", { ...good, commands: [5] }],
    ["commands[0].id", { ...good, commands: [{ ...call(), id: 0 }] }],
    ["commands[1].id", { ...good, commands: [call(), { ...stage(), id: 1 }] }],
    ["commands[0].at", { ...good, commands: [{ ...call(), at: START - 1 }] }],
    ["commands[1].at", { ...good, commands: [{ ...call(), at: START + 6 }, stage()] }],
    ["commands[0].command.type", { ...good, commands: [call({ type: "shell" })] }],
    ["commands[0].command.service", { ...good, commands: [call({ service: 1 })] }],
    ["commands[0].command.operation", { ...good, commands: [call({ operation: "x".repeat(81) })] }],
    ["commands[0].command.input", { ...good, commands: [call({ input: [1] })] }],
    ["commands[0].command.input", { ...good, commands: [call({ input: { a: { $bytes: "###" } } })] }],
    ["commands[0].command.region", { ...good, commands: [call({ region: "US-EAST-1" })] }],
    ["commands[0].command.kind", { ...good, commands: [call({ kind: "service" })] }],
    ["commands[0].command.kind", { ...good, commands: [call({ kind: "screen" })] }],
    ["commands[0].command.principal", { ...good, commands: [call({ principal: undefined })] }],
    ["commands[0].command.via", { ...good, commands: [call({ via: "magic" })] }],
    ["commands[0].command.command.kind", { ...good, commands: [{ ...stage({ command: { principal: "x" } }), id: 1 }] }],
    ["commands[0].command.region", { ...good, commands: [stage({ region: 3 })] }],
    ["files", { ...good, files: "none" }],
    ["files[0].sha256", { ...good, files: [{ ...file, sha256: "A" }] }],
    ["files[0].name", { ...good, files: [{ ...file, name: "x".repeat(256) }] }],
    ["files[0].bytes", { ...good, files: [{ ...file, bytes: -1 }] }],
    ["files[0].base64", { ...good, files: [{ ...file, base64: 7 }] }],
  ])("that is wrong at %j is refused by that path", (path, value) => {
    const error = refusal(JSON.stringify(value));
    expect(error.path).toBe(path);
    expect(error.message).toContain("This scenario cannot be opened");
    expect(error.message).toContain(path);
  });

  it("says what is not JSON at all, and where", () => {
    for (const text of ["", "{", "aws logs", "\u0000", '{"format":1']) expect(refusal(text).message).toContain("not JSON");
  });

  it("is not killed by nesting without end", () => {
    const deep = `${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`;
    const text = JSON.stringify({ ...good, commands: [call({ input: { x: "@" } })] }).replace('"@"', deep);
    expect(refusal(text).message).toContain("nested too deep");
  });

  it("has the members that this version does not know listed by path, and left out", () => {
    const { file: found, unknown } = read({
      ...good,
      colour: 1,
      commands: [{ ...call({ mood: "good" }), extra: 1 }, stage({ more: {} })],
      files: [{ ...file, mime: "text/plain" }],
    });
    expect(unknown).toEqual(["colour", "commands[0].extra", "commands[0].command.mood", "commands[1].command.more", "files[0].mime"]);
    expect(found).toEqual(good);
  });

  it("never fails with anything but a sentence for a person, whatever the text", () => {
    const path = fc.constantFrom(
      ...[["format"], ["commands"], ["clock"], ["files"], ["commands", 0], ["commands", 0, "command"], ["commands", 0, "command", "input"]],
      ...[
        ["commands", 1, "command", "command"],
        ["files", 0],
        ["commands", 0, "at"],
        ["start"],
        ["seed"],
        ["commands", 0, "command", "type"],
      ],
    );
    const replaced = fc.tuple(path, fc.jsonValue()).map(([keys, value]) => {
      const copy = structuredClone(good) as unknown as Record<string | number, unknown>;
      let at = copy;
      for (const key of keys.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
      at[keys.at(-1) as string] = value;
      return JSON.stringify(copy);
    });
    const cut = fc.nat(JSON.stringify(good).length).map((length) => JSON.stringify(good).slice(0, length));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json(), cut, replaced), (text) => {
        try {
          readScenarioFile(text);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(InputError);
          expect((thrown as Error).message.length).toBeGreaterThan(20);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it("whose commands make no sense opens all the same: each is refused as it would have been", async () => {
    const odd = [
      call({ service: "constructor", operation: "toString" }),
      call({ service: "logs", operation: "hasOwnProperty" }),
      call({ service: "logs", operation: "MakeLogs" }),
      call({ principal: "nobody" }),
      call({ input: { logGroupName: { a: 1 } } }),
      stage({ command: { kind: "__proto__" } }),
      stage({ command: { kind: "constructor" } }),
      stage({ command: { kind: "attach" } }),
      stage({ command: { kind: "attach", sha256: "a".repeat(64), name: "x", bytes: 1, mode: "history", reference: START, mapping: [] } }),
      stage({ command: { kind: "identity", principal: { toString: 1 } } }),
      call(),
    ].map((record, i) => ({ ...record, id: i + 1, at: START }));
    const { file: found } = read({ ...good, commands: odd });
    const account = await openTestAccount({ scenario: scenario() });
    await account.load(found.commands, found.clock);
    expect(account.journal()).toHaveLength(odd.length);
    expect(account.now).toBe(good.clock);
    const { output } = await person(account, "logs", "DescribeLogGroups");
    expect(output.logGroups).toHaveLength(1);
  });
});
