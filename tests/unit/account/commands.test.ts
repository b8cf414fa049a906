import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandOf, fromPlain, requestOf, toPlain } from "../../../workers/account/commands.ts";
import type { ApiRequest } from "../../../workers/account/contract.ts";
import { readScenarioFile } from "../../../workers/account/scenario-file.ts";
import { InputError } from "../../../workers/model/errors.ts";
import type { Plain } from "../../../workers/store/contract.ts";
import { failure, openTestAccount, person, START } from "./engine-harness.ts";

/** Whatever a request can hold, objects that look like our own escapes included. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.constantFrom(Number.NaN, -0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2 ** 53 + 2),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("$bytes", "$number", "$plain", "__proto__", "constructor")), tie("value"), {
      maxKeys: 4,
    }),
    fc.constantFrom("$bytes", "$number", "$plain").chain((name) => tie("value").map((inner) => ({ [name]: inner }))),
  ),
}));

/** Own members only, so that null prototypes of fast-check's dictionaries do not count. */
const shape = (found: unknown): unknown => {
  if (found instanceof Uint8Array) return ["bytes", ...found];
  if (Array.isArray(found)) return found.map(shape);
  if (typeof found === "object" && found !== null) return ["object", ...Object.entries(found).map(([k, v]) => [k, shape(v)])];
  return Object.is(found, -0) ? "-0" : found;
};

describe("a request as plain data", () => {
  it("comes back as it was, to the bit, also through JSON text", () => {
    fc.assert(
      fc.property(value, (given) => {
        const plain = toPlain(given);
        expect(shape(fromPlain(plain))).toEqual(shape(given));
        expect(shape(fromPlain(JSON.parse(JSON.stringify(plain)) as Plain))).toEqual(shape(given));
      }),
      { numRuns: 400 },
    );
  });

  it("leaves out members that are undefined and refuses what is not data", () => {
    expect(toPlain({ a: undefined, b: 1 })).toEqual({ b: 1 });
    for (const wrong of [() => 1, Symbol("s"), 1n, [undefined]]) expect(() => toPlain({ a: wrong })).toThrow(InputError);
  });

  it("refuses bytes that are not base64 and nesting without end, with a sentence", () => {
    for (const wrong of ["!", "abc", "a===", "AA=A"]) expect(() => fromPlain({ $bytes: wrong })).toThrow(InputError);
    let deep: Plain = 1;
    for (let i = 0; i < 100_000; i++) deep = { a: deep };
    expect(() => fromPlain(deep)).toThrow(InputError);
    expect(() => toPlain(deep)).toThrow(InputError);
  });

  it("keeps who called, how, and from where", () => {
    const request: ApiRequest = {
      service: "logs",
      operation: "CreateLogGroup",
      input: { logGroupName: "g" },
      region: "eu-west-1",
      caller: { kind: "program", principal: "admin" },
      via: "sdk",
      userAgent: "tool/1",
      sourceIp: "192.0.2.1",
    };
    expect(requestOf(commandOf(request))).toEqual(request);
  });

  it("refuses a Region that a link could not name", async () => {
    const account = await openTestAccount();
    const error = await failure(person(account, "logs", "DescribeLogGroups", {}, { region: "nowhere" }));
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain("nowhere");
    expect(account.journal()).toEqual([]);
  });

  it("journals so that the scenario file can be read back, whatever the input", async () => {
    const account = await openTestAccount();
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), value, { maxKeys: 3 }), async (input) => {
        await person(account, "cloudwatch", "ListMetrics", { ...input }).catch((thrown: Error) => {
          if (thrown.name !== "ServiceError") throw thrown;
        });
        const commands = [account.journal().at(-1)];
        const text = JSON.stringify({ format: 1, engine: 1, title: "t", seed: "s", start: START, commands, clock: START });
        expect(readScenarioFile(text).file.commands).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
});
