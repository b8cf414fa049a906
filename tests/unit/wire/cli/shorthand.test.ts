import { describe, expect, it } from "vitest";
import { parseShorthand } from "../../../../workers/wire/cli/shorthand.ts";

describe("shorthand", () => {
  // Outcomes observed from the real CLI's parser.
  it.each([
    ["a=b", { a: "b" }],
    ["a=b,c=d", { a: "b", c: "d" }],
    ["a=b,c", { a: ["b", "c"] }],
    ["a=b,c,d=e", { a: ["b", "c"], d: "e" }],
    ["a=", { a: "" }],
    ["a=,b=c", { a: "", b: "c" }],
    ["a=[b,c],d=[]", { a: ["b", "c"], d: [] }],
    ["a={b=c,d=[e,f]},g=h", { a: { b: "c", d: ["e", "f"] }, g: "h" }],
    ["a=[{b=c},{b=d}]", { a: [{ b: "c" }, { b: "d" }] }],
    ['a=\'x, y\',b="q\\"r"', { a: "x, y", b: 'q"r' }],
    ["a=x\\,y", { a: "x,y" }],
    ["a = b , c = d", { a: "b", c: "d" }],
    ["a=b c d", { a: "b c d" }],
    ["a=b=c", { a: "b=c" }],
  ])("reads %s", (text, expected) => {
    expect(parseShorthand(text)).toEqual(expected);
  });

  it.each([
    ["a", "Expected: '=', received: 'EOF' for input:\na\n ^"],
    ["a=[b", "Expected: ',', received: 'EOF'"],
    ["a=b,a=c", 'Second instance of key "a" encountered for input:'],
    ["a='b", "Expected: '<singled quoted>', received: '<none>'"],
  ])("refuses %s", (text, message) => {
    expect(() => parseShorthand(text)).toThrowError(message);
  });
});
