/**
 * Reads JSON token by token and keeps what JSON.parse loses: where a token stands, how a number is written, and every one of
 * several members of the same name. Its refusals have the words and places that EventBridge was recorded to answer.
 */
import { EventPatternError, placeText, type Span } from "./pattern-error.ts";

export type TokenKind = "{" | "}" | "[" | "]" | "name" | "string" | "number" | "true" | "false" | "null" | "end";

export interface Token extends Span {
  readonly kind: TokenKind;
  /** Unescaped text of a name or string, a number as it is written, else "". */
  readonly text: string;
}

const VALUES = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
/** Brackets within brackets. */
const DEEPEST = 1000;
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}\p{N}_$-]+/uy;

export class JsonReader {
  /** The token read last. */
  token: Token = { kind: "end", text: "", from: 0, to: 0 };
  private at = 0;
  /** Open brackets; what may come next follows from the innermost one and the two below. */
  private readonly open: ("{" | "[")[] = [];
  private isBehindValue = false;
  private isNamed = false;

  constructor(readonly text: string) {}

  /** Reads the next token; `end` after the outermost value. Throws `EventPatternError` where the text is no JSON. */
  next(): Token {
    this.token = this.read();
    return this.token;
  }

  /** An error at `token`, with the place where a reader that stops there stands; inside a list of anything-but it is told twice. */
  fail(reason: string, token: Span = this.token, times = 1): EventPatternError {
    return new EventPatternError(reason, placeText(this.text, this.consumed()).repeat(times), token);
  }

  /** The token as it is written. */
  get written(): string {
    return this.text.slice(this.token.from, this.token.to);
  }

  /** A reader stops behind a bracket, a number or a literal, and just behind the quote that begins a string it has not looked into. */
  private consumed(): number {
    const { kind, from, to } = this.token;
    if (kind === "string") return from + 1;
    if (kind !== "name") return to;
    // Having met a name it already holds the value behind it.
    const held = /^\s*:\s*/.exec(this.text.slice(to));
    if (held === null) return to;
    const value = to + held[0].length;
    const rest = /^(?:[[{"]|[^\s,\]}]+)/.exec(this.text.slice(value));
    return value + (rest?.[0].length ?? 0);
  }

  private broken(reason: string, from: number, to = from + 1): EventPatternError {
    return new EventPatternError(reason, placeText(this.text, Math.min(to, this.text.length)), {
      from,
      to: Math.min(to, this.text.length),
    });
  }

  private skipSpace(): void {
    while (this.at < this.text.length && " \t\n\r".includes(this.text[this.at] as string)) this.at++;
  }

  private read(): Token {
    this.skipSpace();
    const inner = this.open.at(-1);
    if (this.isNamed) {
      this.isNamed = false;
      return this.value();
    }
    if (inner === undefined) return this.isBehindValue ? this.take("end", this.at) : this.value();
    const character = this.text[this.at];
    if (character === undefined) throw this.ended(inner);
    if (character === (inner === "{" ? "}" : "]")) {
      this.open.pop();
      this.isBehindValue = true;
      return this.take(character as TokenKind, this.at + 1);
    }
    if (this.isBehindValue) {
      if (character !== ",") throw this.unexpected(`was expecting comma to separate ${inner === "{" ? "Object" : "Array"} entries`);
      this.at++;
      this.skipSpace();
    }
    if (inner === "[") return this.value();
    return this.name();
  }

  private ended(inner: "{" | "["): EventPatternError {
    const what = inner === "{" ? "Object" : "Array";
    return this.broken(`Unexpected end-of-input: expected close marker for ${what}`, this.text.length, this.text.length);
  }

  private unexpected(expected: string): EventPatternError {
    const character = this.text[this.at];
    if (character === undefined) return this.broken("Unexpected end-of-input", this.text.length, this.text.length);
    return this.broken(`Unexpected character ('${character}' (code ${character.codePointAt(0)})): ${expected}`, this.at);
  }

  private take(kind: TokenKind, to: number, text = ""): Token {
    const token = { kind, text, from: this.at, to };
    this.at = to;
    return token;
  }

  private name(): Token {
    if (this.text[this.at] !== '"') throw this.unexpected("was expecting double-quote to start field name");
    const token = this.string("name");
    this.skipSpace();
    if (this.text[this.at] !== ":") throw this.unexpected("was expecting a colon to separate field name and value");
    this.at++;
    this.isNamed = true;
    return token;
  }

  private value(): Token {
    const character = this.text[this.at];
    this.isBehindValue = true;
    if (character === "{" || character === "[") {
      this.open.push(character);
      if (this.open.length > DEEPEST)
        throw this.broken(
          `Document nesting depth (${DEEPEST + 1}) exceeds the maximum allowed (${DEEPEST}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`,
          this.at,
        );
      this.isBehindValue = false;
      return this.take(character, this.at + 1);
    }
    if (character === '"') return this.string("string");
    NUMBER.lastIndex = this.at;
    const number = NUMBER.exec(this.text)?.[0];
    if (number !== undefined) return this.number(number);
    WORD.lastIndex = this.at;
    const word = WORD.exec(this.text)?.[0];
    if (word === "true" || word === "false" || word === "null") return this.take(word, this.at + word.length);
    if (word !== undefined) throw this.broken(`Unrecognized token '${word}': ${VALUES}`, this.at, this.at + word.length);
    throw this.unexpected("expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')");
  }

  private number(written: string): Token {
    const behind = this.text[this.at + written.length];
    if (behind !== undefined && /\d/.test(behind)) throw this.broken("Invalid numeric value: Leading zeroes not allowed", this.at);
    if (behind !== undefined && !/[\s,\]}]/.test(behind)) {
      this.at += written.length;
      throw this.unexpected("Expected space separating root-level values or a digit, '.', 'e' or 'E' of a number");
    }
    return this.take("number", this.at + written.length, written);
  }

  private string(kind: "name" | "string"): Token {
    const from = this.at;
    let at = from + 1;
    let plain = at;
    let text = "";
    for (;;) {
      const character = this.text[at];
      if (character === undefined)
        throw this.broken(`Unexpected end-of-input ${kind === "name" ? "in field name" : "in VALUE_STRING"}`, from, this.text.length);
      if (character === '"') break;
      if (character < " ")
        throw this.broken(
          `Illegal unquoted character ((CTRL-CHAR, code ${character.charCodeAt(0)})): has to be escaped using backslash to be included in ${kind === "name" ? "name" : "string value"}`,
          at,
        );
      if (character !== "\\") {
        at++;
        continue;
      }
      text += this.text.slice(plain, at);
      const [unescaped, length] = this.escape(at);
      text += unescaped;
      at += length;
      plain = at;
    }
    return this.take(kind, at + 1, text + this.text.slice(plain, at));
  }

  private escape(at: number): readonly [string, number] {
    const letter = this.text[at + 1] ?? "";
    const simple = ESCAPES[letter];
    if (simple !== undefined) return [simple, 2];
    const hex = /^u([0-9a-fA-F]{4})/.exec(this.text.slice(at + 1, at + 6));
    if (hex !== null) return [String.fromCharCode(Number.parseInt(hex[1] as string, 16)), 6];
    if (letter === "u") throw this.broken("Unexpected character: expected a hex-digit for character escape sequence", at, at + 2);
    throw this.broken(`Unrecognized character escape '${letter}' (code ${letter.codePointAt(0) ?? 0})`, at, at + 2);
  }
}
