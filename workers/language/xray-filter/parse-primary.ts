/** Reads what filter expressions are made of: words and their comparisons, service(), edge(), groups, root causes. */
import { numberTest, textTest } from "./compare.ts";
import { invalidExpression } from "./expression-error.ts";
import { parseFilter, type Reader } from "./parse.ts";
import type { Token } from "./scanner.ts";
import type { AnnotationNode, CauseKind, CauseList, Expression, NumberOperator, Place, Selector, TextOperator } from "./tree.ts";
import { WORDS, wordAt } from "./words.ts";

const NUMBER_OPERATORS: readonly string[] = ["=", "!=", "<", "<=", ">", ">="];
const TEXT_OPERATORS: readonly string[] = ["=", "!=", "CONTAINS", "BEGINSWITH", "ENDSWITH"];
/** A key of an annotation that is indexed (facts xray §4.8). */
const KEY = /^[A-Za-z0-9_]+$/;
const CAUSE = /^rootcause\.(fault|error|responsetime)\.(service|entity|exception)$/;

export function readPrimary(reader: Reader, place: Place, depth: number): Expression {
  const token = reader.next();
  if (token.kind !== "word") throw invalidExpression(token.from, Math.max(token.to, token.from + 1), "A keyword is expected here.");
  const name = token.value.toLowerCase();
  const word = wordAt(name, place);
  if (word?.kind === "flag") return { kind: "flag", word: name, wanted: readWanted(reader), from: token.from, to: ended(reader) };
  if (word?.kind === "number") {
    const operator = readOperator(reader, NUMBER_OPERATORS, `${name} is a number: one of = != < <= > >= is expected.`);
    const test = numberTest(operator as NumberOperator, readNumber(reader));
    return { kind: "number", word: name, test, from: token.from, to: ended(reader) };
  }
  if (word?.kind === "text") {
    const operator = isOperator(reader.peek()) ? readOperator(reader, TEXT_OPERATORS, `${name} is a text: ${TEXT_HINT}`) : undefined;
    const test = operator === undefined ? undefined : textTest(operator as TextOperator, readText(reader));
    return { kind: "text", word: name, test, from: token.from, to: ended(reader) };
  }
  if (/^annotation(\.|$)/.test(name) && !place.endsWith("cause")) return readAnnotation(reader, token);
  if (place === "trace") {
    if (name === "service") return readService(reader, token, depth);
    if (name === "edge") return readEdge(reader, token, depth);
    if (name === "group.name" || name === "group.arn") return readGroup(reader, token, name === "group.name" ? "name" : "arn");
    if (name === "rootcause.json") return readCauseJson(reader, token);
    const cause = CAUSE.exec(name);
    if (cause !== null) {
      const [of, list] = cause.slice(1) as [CauseKind, CauseList];
      if (reader.peek().value !== "{") throw invalidExpression(token.from, token.to, `${name} asks { ... } of what it lists.`);
      const block = readBlock(reader, of === "responsetime" ? "responsetime-cause" : "cause", depth);
      return { kind: "cause", of, list, block, from: token.from, to: ended(reader) };
    }
  }
  throw invalidExpression(token.from, token.to, unknownHint(name, place));
}

const TEXT_HINT = "one of = != CONTAINS BEGINSWITH ENDSWITH is expected.";

function unknownHint(name: string, place: Place): string {
  if (["and", "or"].includes(name)) return "A keyword is expected here.";
  if (!Object.hasOwn(WORDS, name)) return `${name} is no keyword.`;
  return place === "trace" ? `${name} is a keyword of blocks { ... } only.` : `${name} is no keyword of this block.`;
}

/** Where the last token that was read ends: tokens follow one another, so just before the next, blanks left out. */
function ended(reader: Reader): number {
  let to = reader.peek().from;
  while (to > 0 && /\s/.test(reader.text[to - 1] as string)) to--;
  return to;
}

const isOperator = (token: Token): boolean =>
  (token.kind === "sign" && NUMBER_OPERATORS.includes(token.value)) ||
  (token.kind === "word" && TEXT_OPERATORS.includes(token.value.toUpperCase()));

function readOperator(reader: Reader, allowed: readonly string[], hint: string): string {
  const token = reader.next();
  const operator = token.value.toUpperCase();
  if (!isOperator(token) || !allowed.includes(operator)) throw invalidExpression(token.from, Math.max(token.to, token.from + 1), hint);
  return operator;
}

function readNumber(reader: Reader): number {
  const token = reader.next();
  if (token.kind !== "number") throw invalidExpression(token.from, Math.max(token.to, token.from + 1), "A number is expected here.");
  return Number(token.value);
}

function readText(reader: Reader): string {
  const token = reader.next();
  if (token.kind !== "text")
    throw invalidExpression(token.from, Math.max(token.to, token.from + 1), "A text in double quotes is expected here.");
  return token.value;
}

/** `= true`, `!= false` ...; nothing means true. */
function readWanted(reader: Reader): boolean {
  const next = reader.peek();
  if (!isOperator(next)) return true;
  const operator = readOperator(reader, ["=", "!="], "It is true or false: one of = != is expected.");
  return readTruth(reader) === (operator === "=");
}

function readTruth(reader: Reader): boolean {
  const token = reader.next();
  const truth = token.kind === "word" ? token.value.toLowerCase() : "";
  if (truth !== "true" && truth !== "false")
    throw invalidExpression(token.from, Math.max(token.to, token.from + 1), "true or false is expected here.");
  return truth === "true";
}

function readAnnotation(reader: Reader, token: Token): AnnotationNode {
  const key = annotationKey(reader, token);
  const test = isOperator(reader.peek()) ? annotationTest(reader) : undefined;
  return { kind: "annotation", key, test, from: token.from, to: ended(reader) };
}

function annotationKey(reader: Reader, token: Token): string {
  const plain = token.value.slice("annotation.".length);
  if (plain !== "") {
    if (!KEY.test(plain)) throw invalidExpression(token.from, token.to, `Write annotation[${plain}].`);
    return plain;
  }
  const hint = "annotation.key or annotation[key] is expected.";
  if (token.value.endsWith(".")) throw invalidExpression(token.from, token.to, hint);
  reader.expect("[", hint);
  const key = reader.next();
  if (!["word", "number", "text"].includes(key.kind) || key.value === "")
    throw invalidExpression(key.from, Math.max(key.to, key.from + 1), hint);
  reader.expect("]", "A closing ] is expected here.");
  return key.value;
}

function annotationTest(reader: Reader): NonNullable<AnnotationNode["test"]> {
  const at = reader.peek();
  const operator = readOperator(reader, [...NUMBER_OPERATORS, ...TEXT_OPERATORS], "An operator is expected here.");
  const value = reader.peek();
  const wrong = (hint: string) => invalidExpression(at.from, at.to, hint);
  if (value.kind === "number") {
    if (!NUMBER_OPERATORS.includes(operator)) throw wrong("With a number one of = != < <= > >= is expected.");
    return numberTest(operator as NumberOperator, readNumber(reader));
  }
  if (value.kind === "text") {
    if (!TEXT_OPERATORS.includes(operator)) throw wrong(`With a text ${TEXT_HINT}`);
    return textTest(operator as TextOperator, readText(reader));
  }
  if (value.kind !== "word" || !/^(true|false)$/i.test(value.value))
    throw invalidExpression(value.from, Math.max(value.to, value.from + 1), 'A number, a "text", true or false is expected here.');
  if (operator !== "=" && operator !== "!=") throw wrong("With true and false one of = != is expected.");
  return { kind: "flag", wanted: readTruth(reader) === (operator === "=") };
}

function readBlock(reader: Reader, place: Place, depth: number): Expression {
  reader.expect("{", "{ is expected here.");
  const block = reader.expression(place, depth + 1);
  reader.expect("}", "A closing } is expected here.");
  return block;
}

function readService(reader: Reader, token: Token, depth: number): Expression {
  reader.expect("(", "service is followed by (.");
  const selector = reader.peek().value === ")" && reader.peek().kind === "sign" ? {} : readSelector(reader);
  reader.expect(")", "A closing bracket is expected here.");
  const block = reader.peek().value === "{" ? readBlock(reader, "service", depth) : undefined;
  return { kind: "service", selector, block, from: token.from, to: ended(reader) };
}

function readEdge(reader: Reader, token: Token, depth: number): Expression {
  reader.expect("(", "edge is followed by (.");
  const caller = readSelector(reader);
  reader.expect(",", "edge names two services: a comma is expected here.");
  const callee = readSelector(reader);
  reader.expect(")", "A closing bracket is expected here.");
  const block = reader.peek().value === "{" ? readBlock(reader, "edge", depth) : undefined;
  return { kind: "edge", caller, callee, block, from: token.from, to: ended(reader) };
}

const MEMBERS: Readonly<Record<string, keyof Selector>> = { name: "name", type: "type", "account.id": "account" };

function readSelector(reader: Reader): Selector {
  const token = reader.next();
  if (token.kind === "text") return { name: textTest("=", token.value) };
  if (token.kind !== "word" || token.value.toLowerCase() !== "id")
    throw invalidExpression(token.from, Math.max(token.to, token.from + 1), 'A service is "name" or id(name: "...", type: "...").');
  reader.expect("(", "id is followed by (.");
  const selector: Record<string, ReturnType<typeof textTest>> = {};
  do {
    const member = reader.next();
    const known = member.kind === "word" ? MEMBERS[member.value.toLowerCase()] : undefined;
    if (known === undefined)
      throw invalidExpression(member.from, Math.max(member.to, member.from + 1), "One of name, type, account.id is expected here.");
    reader.expect(":", "A colon is expected here.");
    selector[known] = textTest("=", readText(reader));
  } while (reader.take(","));
  reader.expect(")", "A closing bracket is expected here.");
  return selector;
}

function readGroup(reader: Reader, token: Token, by: "name" | "arn"): Expression {
  readOperator(reader, ["="], "A group is named with =.");
  const at = reader.peek();
  const group = reader.groups(by, readText(reader));
  if (group === undefined) throw invalidExpression(at.from, at.to, "There is no such group.");
  const inner = parseFilter(group.expression, reader.groups, reader.inGroups + 1);
  return { kind: "group", text: group.expression, inner, from: token.from, to: ended(reader) };
}

function readCauseJson(reader: Reader, token: Token): Expression {
  readOperator(reader, ["="], "rootcause.json is compared with =.");
  const json = reader.next();
  const hint = "A list #[...] in JSON is expected here.";
  if (json.kind !== "json") throw invalidExpression(json.from, Math.max(json.to, json.from + 1), hint);
  return { kind: "cause-json", structures: parsedJson(json, hint), from: token.from, to: json.to };
}

function parsedJson(token: Token, hint: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(token.value);
  } catch (error) {
    throw invalidExpression(token.from, token.to, `${hint} ${error instanceof Error ? error.message : ""}`.trim());
  }
  return value as readonly unknown[]; // it begins with [
}
