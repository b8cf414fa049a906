import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteWord } from "../../../../workers/language/command-line/quote.ts";
import { parseCommandLine } from "../../../../workers/language/command-line/words.ts";

const words = (text: string): string[][] => parseCommandLine(text).commands.map((command) => command.words.map((word) => word.text));

/** What bash makes of the words, one list for the whole text. */
function bashWords(text: string): string[] {
  const out = execFileSync("bash", ["-c", `printf '%s\\0' ${text}`], { encoding: "utf8" });
  return out.split("\0").slice(0, -1);
}

describe("the words of a command line", () => {
  it.each([
    ["aws logs describe-log-groups", [["aws", "logs", "describe-log-groups"]]],
    ["a 'b c' \"d e\" f\\ g", [["a", "b c", "d e", "f g"]]],
    ["a '' \"\"", [["a", "", ""]]],
    ["aws x \\\n  --y z", [["aws", "x", "--y", "z"]]],
    ["a b # comment 'open\nc", [["a", "b"], ["c"]]],
    ["a#b", [["a#b"]]],
    ["a;b ; c && d", [["a"], ["b"], ["c"], ["d"]]],
    ['x "{ $.status = \\"500\\" }"', [["x", '{ $.status = "500" }']]],
    ["x $.a", [["x", "$.a"]]],
    ["x 'it'\\''s'", [["x", "it's"]]],
  ] as [string, string[][]][])("reads %j", (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it("keeps the places of the words", () => {
    expect(parseCommandLine(" ab 'c d'").commands[0]?.words).toEqual([
      { text: "ab", from: 1, to: 3 },
      { text: "c d", from: 4, to: 9 },
    ]);
  });

  it("says which command depends on the one before", () => {
    expect(parseCommandLine("a && b; c").commands.map((command) => command.after)).toEqual(["always", "and", "always"]);
  });

  it.each([
    ["aws x | grep y", "Pipes are not there", 6],
    ["aws x > f", "Redirects are not there", 6],
    ["aws $HOME", "Variables and substitutions are not there", 4],
    ['aws "$(date)"', "Variables and substitutions are not there", 5],
    ["aws `date`", "Command substitution is not there", 4],
    ["aws x &", "Background jobs are not there", 6],
    ["a || b", "|| is not there", 2],
    ["; a", "Nothing stands before this ;", 0],
  ])("refuses %j by name", (text, message, from) => {
    const problem = parseCommandLine(text).problem;
    expect(problem?.message).toContain(message);
    expect(problem?.from).toBe(from);
    expect(problem?.incomplete).toBe(false);
  });

  it.each(["aws 'x", 'aws "x', "aws x \\", "aws x &&", "aws x && \n"])("says that %j is not finished", (text) => {
    expect(parseCommandLine(text).problem?.incomplete).toBe(true);
  });

  it("agrees with bash on random texts without expansions", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        " ",
        "  ",
        "\t",
        "\\\n",
        "''",
        '""',
        "'a b'",
        '"c \\" d"',
        '"\\\\"',
        '"\\x"',
        "\\'",
        '\\"',
        "\\ ",
        "\\\\",
        "#",
        "a#",
        "=",
        ",",
        "é",
      ),
      fc.stringMatching(/^[a-z0-9=.,:/@%+_-]{1,4}$/),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = `x${pieces.join("")}`;
        const ours = parseCommandLine(text);
        fc.pre(ours.problem === undefined && ours.commands.length === 1);
        expect(ours.commands[0]!.words.map((word) => word.text)).toEqual(bashWords(text));
      }),
      { numRuns: 120 },
    );
  });

  it("quotes any text so that it comes back as one word, here and in bash", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 12 }), (text) => {
        expect(words(`x ${quoteWord(text)}`)).toEqual([["x", text]]);
      }),
      { numRuns: 400 },
    );
    for (const text of ["it's", "", "a b", "$x `y` \\", "{ $.a = 1 }", "*", "~", "[ERROR]", "x\ny"]) {
      expect(bashWords(quoteWord(text))).toEqual([text]);
    }
  });
});
