import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../workers/model/errors.ts";
import { CborDouble, CborTime, decodeCbor, decodeCborInput, encodeCbor } from "../../../workers/wire/cbor.ts";
import type { HttpRequest } from "../../../workers/wire/http.ts";
import { fakeDoor, wireOver } from "./fake.ts";

const bytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hexOf = (data: Uint8Array): string => [...data].map((one) => one.toString(16).padStart(2, "0")).join("");

describe("CBOR", () => {
  // Examples of RFC 8949, appendix A.
  it.each([
    ["00", 0],
    ["1864", 100],
    ["1a000f4240", 1000000],
    ["1b000000e8d4a51000", 1000000000000],
    ["3903e7", -1000],
    ["f93c00", 1],
    ["f93e00", 1.5],
    ["f90001", 1 / 16777216],
    ["f97c00", Number.POSITIVE_INFINITY],
    ["fa47c35000", 100000],
    ["fb3ff199999999999a", 1.1],
    ["f5", true],
    ["f6", null],
    ["62c3bc", "ü"],
    ["4401020304", new Uint8Array([1, 2, 3, 4])],
    ["83010203", [1, 2, 3]],
    ["9f018202039f0405ffff", [1, [2, 3], [4, 5]]],
    ["bf61610161629f0203ffff", { a: 1, b: [2, 3] }],
    ["7f657374726561646d696e67ff", "streaming"],
    ["5f42010243030405ff", new Uint8Array([1, 2, 3, 4, 5])],
    ["c11a514b67b0", new CborTime(1363896240)],
  ])("reads %s", (hex, value) => {
    expect(decodeCbor(bytes(hex))).toEqual(value);
  });

  it("reads a negative half and one that is no number", () => {
    expect(decodeCbor(bytes("f9c400"))).toBe(-4);
    expect(decodeCbor(bytes("f97e00"))).toBeNaN();
  });

  it("writes what it reads", () => {
    const leaf = fc.oneof(
      fc.integer(),
      fc.maxSafeInteger(),
      fc.double(),
      fc.string({ unit: "grapheme" }),
      fc.boolean(),
      fc.constant(null),
      fc.uint8Array(),
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie("tree"), { maxLength: 30 }), fc.dictionary(fc.string(), tie("tree"))),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(decodeCbor(encodeCbor(value))).toEqual(value);
      }),
    );
  });

  it("writes doubles and moments as such even when they are whole", () => {
    expect(hexOf(encodeCbor(new CborDouble(1)))).toBe("fb3ff0000000000000");
    expect(hexOf(encodeCbor(new CborTime(1)))).toBe("c1fb3ff0000000000000");
  });

  it.each(["", "ff", "61", "9bffffffffffffffff", "a10102", "0000", "5f6161ff", "1c"])("refuses %s", (hex) => {
    expect(() => decodeCbor(bytes(hex))).toThrow(ServiceError);
  });

  it("refuses what nests too deeply, and bytes at random, by an error of its own", () => {
    expect(() => decodeCbor(new Uint8Array(100_000).fill(0x81))).toThrow("not valid CBOR");
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        try {
          decodeCborInput(data);
        } catch (error) {
          expect(error).toBeInstanceOf(ServiceError);
        }
      }),
    );
  });
});

describe("rpc-v2-cbor", () => {
  const request = (operation: string, input: unknown): HttpRequest => ({
    method: "POST",
    path: `/service/GraniteServiceVersion20100801/operation/${operation}`,
    query: "",
    headers: { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" },
    body: encodeCbor(input),
  });

  it("carries moments as tagged seconds and values as doubles", async () => {
    const door = fakeDoor(() => ({ Label: "m", Datapoints: [{ Timestamp: 1704067200500, Sum: 2 }] }));
    const reply = await (await wireOver(door))(request("GetMetricStatistics", { Namespace: "n", StartTime: new CborTime(1704067200.25) }));
    expect(door.asked[0]).toMatchObject({
      service: "cloudwatch",
      operation: "GetMetricStatistics",
      input: { Namespace: "n", StartTime: 1704067200250 },
    });
    expect(reply.headers).toMatchObject({ "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" });
    expect(decodeCbor(reply.body)).toEqual({ Label: "m", Datapoints: [{ Timestamp: new CborTime(1704067200.5), Sum: 2 }] });
    expect(hexOf(reply.body)).toContain("fb4000000000000000");
  });

  it("names the shape of a failure in the body and its Query code in the header", async () => {
    const door = fakeDoor(() => {
      throw new ServiceError("InvalidParameterValue", "no", { shape: "InvalidParameterValueException" });
    });
    const reply = await (await wireOver(door))(request("PutMetricData", {}));
    expect([reply.status, reply.headers["x-amzn-query-error"]]).toEqual([400, "InvalidParameterValue;Sender"]);
    expect(decodeCbor(reply.body)).toEqual({
      __type: "com.amazonaws.cloudwatch.v2010_08_01#InvalidParameterValueException",
      message: "no",
    });
  });

  it("refuses a path that names no service of ours, in CBOR", async () => {
    const reply = await (await wireOver(fakeDoor()))({ ...request("X", {}), path: "/service/Other/operation/X" });
    expect([reply.status, decodeCbor(reply.body)]).toEqual([
      404,
      expect.objectContaining({ __type: "com.amazon.coral.service#UnknownOperationException" }),
    ]);
  });
});
