import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ENTRY, hashOfPlain, JSON_KIND, JsonNames, JsonTape, numberAt, textAt } from "../../../../workers/language/json/tape.ts";

const encoder = new TextEncoder();
const tape = new JsonTape();

/** Bytes of a text with others around it, as they lie in a store. */
function placed(text: string): { readonly bytes: Uint8Array; readonly from: number; readonly to: number } {
  const own = encoder.encode(text);
  const bytes = new Uint8Array(own.length + 6);
  bytes.set([34, 123, 49], 0);
  bytes.set(own, 3);
  bytes.set([125, 34], own.length + 4);
  return { bytes, from: 3, to: own.length + 3 };
}

function reads(text: string): boolean {
  const { bytes, from, to } = placed(text);
  return tape.read(bytes, from, to);
}

/** What the tape says of a text, as JSON.parse would give it; undefined where it is no JSON. */
function parsed(text: string): { readonly value: unknown } | undefined {
  const { bytes, from, to } = placed(text);
  if (!tape.read(bytes, from, to)) return undefined;
  const { entries } = tape;
  const at = (place: number): number => entries[place] as number;
  const next = (place: number): number => (at(place) >= JSON_KIND.object ? at(place + 3) : place + ENTRY);
  const valueAt = (place: number): unknown => {
    switch (at(place)) {
      case JSON_KIND.text: {
        const found = new TextDecoder().decode(bytes.subarray(at(place + 1), at(place + 2)));
        expect(at(place + 3)).toBe(hashOfPlain(found));
        return found;
      }
      case JSON_KIND.escaped:
        return textAt(bytes, at(place + 1), at(place + 2));
      case JSON_KIND.number:
        return numberAt(bytes, at(place + 1), at(place + 2));
      case JSON_KIND.true:
        return true;
      case JSON_KIND.false:
        return false;
      case JSON_KIND.null:
        return null;
      case JSON_KIND.array: {
        const items: unknown[] = [];
        for (let item = place + ENTRY; item < at(place + 3); item = next(item)) items.push(valueAt(item));
        return items;
      }
      default: {
        const members: [string, unknown][] = [];
        for (let key = place + ENTRY; key < at(place + 3); key = next(key + ENTRY))
          members.push([valueAt(key) as string, valueAt(key + ENTRY)]);
        return Object.fromEntries(members);
      }
    }
  };
  return { value: valueAt(0) };
}

function byJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

describe("a tape of JSON", () => {
  it("holds what JSON.parse gives, of any value", () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: "binary" }), fc.constantFrom("", " ", "\n\t\r "), (text, space) => {
        const spaced = space + text.replaceAll(",", `${space},${space}`) + space;
        expect(parsed(text)).toEqual(byJson(text));
        expect(parsed(spaced)).toEqual(byJson(spaced));
      }),
      { numRuns: 40 },
    );
  });

  it("takes and refuses what JSON.parse takes and refuses", () => {
    const part = fc.constantFrom(...'{}[]",:\\ue0-+.1t\u0000\n é', "true", "null", "false", '"a"', '"a":', "1.5e3", '\\u00e9"', '"\\');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 9 }), (parts) => {
        const text = parts.join("");
        expect(parsed(text)).toEqual(byJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    "",
    " ",
    "01",
    "-",
    "1.",
    ".5",
    "1e",
    "+1",
    "tru",
    "nul",
    "[1,]",
    '{"a":1,}',
    '{"a"}',
    "{1:2}",
    '"\\x"',
    '"\\u12g4"',
    '"\t"',
    "[1}",
    "1 2",
    "[",
    "\u0000",
  ])("refuses %j", (text) => expect(reads(text)).toBe(false));

  it("gives numbers to the bit", () => {
    const decimal = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.nat({ max: 25 })).map(([digits, places]) => {
      const text = String(digits).padStart(places + 1, "0");
      return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
    });
    fc.assert(
      fc.property(fc.oneof(decimal, fc.double({ noNaN: true, noDefaultInfinity: true }).map(String)), (text) => {
        const { bytes, from, to } = placed(text);
        expect(numberAt(bytes, from, to)).toBe(Number(text));
      }),
    );
  });

  it("is as deep as the text", () => {
    const depth = 40_000;
    expect(reads("[".repeat(depth) + "]".repeat(depth))).toBe(true);
    expect(reads("[".repeat(depth) + "]".repeat(depth - 1))).toBe(false);
  });

  it("finds names by their bytes", () => {
    const names = new JsonNames(["id", "name", "in_progress"]);
    const find = (text: string): number => {
      const { bytes, from, to } = placed(text);
      return names.find(bytes, from, to, hashOfPlain(text));
    };
    expect(["id", "name", "in_progress", "", "i", "ids", "nama"].map(find)).toEqual([1, 2, 3, 0, 0, 0, 0]);
    const { bytes, from, to } = placed("xx");
    expect(names.find(bytes, from, to, hashOfPlain("id"))).toBe(0);
  });
});
