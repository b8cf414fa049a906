/** Colours of a filter pattern, also of one that is not finished. */
export interface PatternToken {
  readonly from: number;
  readonly to: number;
  /** k selector or field, op operator, st text, nu number or regular expression, pu punctuation. */
  readonly css: "k" | "op" | "st" | "nu" | "pu";
}

const QUOTED = String.raw`"(?:\\"|[^"])*"?`;
const REGEX = "%[^%]*%?";
const JSON_PARTS = new RegExp(
  [
    `(?<st>${QUOTED})`,
    `(?<re>${REGEX})`,
    String.raw`(?<k>\$(?:\.\['[^']*'?\]?|\.[\w*-]*|\[[\d*]*\]?)*)`,
    String.raw`(?<op>&&|\|\||!=|<=|>=|[=<>]|\b(?:IS|NOT|NULL|TRUE|FALSE|EXISTS)\b)`,
    "(?<pu>[{}()])",
    String.raw`(?<nu>[+-]?\d[\d.eE+-]*(?![\w*]))`,
    String.raw`(?<word>[\w.*+-]+)`,
  ].join("|"),
  "g",
);
const DELIMITED_PARTS = new RegExp(
  [
    `(?<st>${QUOTED})`,
    `(?<re>${REGEX})`,
    String.raw`(?<op>&&|\|\||!=|<=|>=|[=<>])`,
    String.raw`(?<pu>\.\.\.|[[\],])`,
    String.raw`(?<word>[\w.*+-]+)`,
  ].join("|"),
  "g",
);
const TERM_PARTS = new RegExp([String.raw`(?<op>(?<=^|\s)[?-])`, `(?<st>${QUOTED})`, `(?<re>${REGEX})`].join("|"), "g");

export function patternTokens(source: string): readonly PatternToken[] {
  const first = source.trimStart()[0];
  const isJson = first === "{";
  const isDelimited = first === "[";
  const tokens: PatternToken[] = [];
  let isAfterOperator = false;
  for (const match of source.matchAll(isJson ? JSON_PARTS : isDelimited ? DELIMITED_PARTS : TERM_PARTS)) {
    const css = cssOf(match, isDelimited && !isAfterOperator);
    // `&&` and `||` join conditions: after them a field's name comes again.
    isAfterOperator = css === "op" && /^[!<>=]/.test(match[0]);
    tokens.push({ from: match.index, to: match.index + match[0].length, css });
  }
  return tokens;
}

function cssOf({ 0: text, groups = {} }: RegExpMatchArray, isField: boolean): PatternToken["css"] {
  if (groups["st"] !== undefined) return "st";
  if (groups["re"] !== undefined || groups["nu"] !== undefined) return "nu";
  if (groups["k"] !== undefined) return "k";
  if (groups["op"] !== undefined) return "op";
  if (groups["pu"] !== undefined) return "pu";
  if (isField) return "k";
  return /^[+-]?\d+(?:\.\d+)?$/.test(text) ? "nu" : "st";
}
