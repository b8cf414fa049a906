/**
 * The shell's part of a command line: words, quotes, escapes, comments, several commands. POSIX `sh` without what needs a
 * machine behind it: pipes, redirects, variables, substitutions and background jobs are refused by name. Braces and
 * wildcards stay as they are, as in `sh` when no file matches.
 */

/** One word after quote removal. `from`..`to` are its place in the text, quotes included. */
export interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** A simple command: its words and how it follows the one before. */
export interface Command {
  readonly words: readonly Word[];
  readonly from: number;
  readonly to: number;
  /** `and`: runs only when the command before succeeded. */
  readonly after: "always" | "and";
}

export interface Problem {
  readonly message: string;
  readonly from: number;
  readonly to: number;
  /** True when more text could complete it (open quote, trailing backslash or `&&`): the terminal asks for another line. */
  readonly incomplete: boolean;
}

export interface CommandLine {
  readonly commands: readonly Command[];
  readonly problem?: Problem;
}

const REFUSED: Readonly<Record<string, string>> = {
  "|": "Pipes are not there: the page has no shell. Use --query and --output to shape an answer.",
  "<": "Redirects are not there: the page has no files.",
  ">": "Redirects are not there: the page has no files. Copy the output instead.",
  "(": "Subshells are not there: the page has no shell.",
  ")": "Subshells are not there: the page has no shell.",
  "&": "Background jobs are not there; && runs the next line when this one succeeded.",
  "`": "Command substitution is not there: write the value itself.",
  $: "Variables and substitutions are not there: write the value itself, or single-quote the text.",
};

/** Splits a text into commands and words; stops at the first problem, keeping what was read before it. Linear in the text. */
export function parseCommandLine(text: string): CommandLine {
  const commands: Command[] = [];
  let words: Word[] = [];
  let after = "always" as Command["after"];
  let at = 0;
  const problem = (message: string, from: number, to: number, incomplete = false): CommandLine => {
    endCommand("always");
    return { commands, problem: { message, from, to, incomplete } };
  };
  const endCommand = (next: Command["after"]): boolean => {
    const first = words[0];
    const last = words[words.length - 1];
    if (first === undefined || last === undefined) return false;
    commands.push({ words, from: first.from, to: last.to, after });
    words = [];
    after = next;
    return true;
  };

  while (at < text.length) {
    const ch = text[at]!;
    if (ch === " " || ch === "\t" || ch === "\r") at++;
    else if (ch === "\\" && text[at + 1] === "\n") at += 2;
    else if (ch === "\\" && text.startsWith("\r\n", at + 1)) at += 3;
    else if (ch === "#") {
      while (at < text.length && text[at] !== "\n") at++;
    } else if (ch === "\n") {
      if (words.length > 0) endCommand("always");
      at++;
    } else if (ch === ";") {
      if (!endCommand("always")) return problem("Nothing stands before this ;", at, at + 1);
      at++;
    } else if (ch === "&" && text[at + 1] === "&") {
      if (!endCommand("and")) return problem("Nothing stands before this &&", at, at + 2);
      at += 2;
    } else if (ch === "|" && text[at + 1] === "|") {
      return problem("|| is not there; ; runs the next line always, && when this one succeeded.", at, at + 2);
    } else {
      const read = readWord(text, at);
      if (read.word !== undefined) words.push(read.word);
      if (read.problem !== undefined) {
        return problem(read.problem.message, read.problem.from, read.problem.to, read.problem.incomplete);
      }
      at = read.to;
    }
  }
  if (words.length === 0 && after === "and" && commands.length > 0) {
    return { commands, problem: { message: "A command must follow &&", from: text.length, to: text.length, incomplete: true } };
  }
  endCommand("always");
  return { commands };
}

interface WordRead {
  readonly word?: Word;
  readonly to: number;
  readonly problem?: Problem;
}

function readWord(text: string, from: number): WordRead {
  let out = "";
  let at = from;
  const stop = (message: string, start: number, to: number, incomplete = false): WordRead => ({
    word: { text: out, from, to: at },
    to: at,
    problem: { message, from: start, to, incomplete },
  });
  while (at < text.length) {
    const ch = text[at]!;
    if (ch === " " || ch === "\t" || ch === "\n" || ch === ";") break;
    if (ch === "\r" && text[at + 1] === "\n") break;
    if (ch === "&" && text[at + 1] === "&") break;
    if (ch === "\\") {
      if (at + 1 >= text.length) return stop("A backslash at the end continues on the next line", at, at + 1, true);
      if (text[at + 1] === "\n") at += 2;
      else if (text.startsWith("\r\n", at + 1)) at += 3;
      else {
        out += text[at + 1];
        at += 2;
      }
    } else if (ch === "'") {
      const close = text.indexOf("'", at + 1);
      if (close < 0) {
        const start = at;
        out += text.slice(at + 1);
        at = text.length;
        return stop("This single quote is not closed", start, start + 1, true);
      }
      out += text.slice(at + 1, close);
      at = close + 1;
    } else if (ch === '"') {
      const quoted = readDoubleQuoted(text, at);
      out += quoted.text;
      const start = at;
      at = quoted.to;
      if (quoted.problem === "open") return stop("This double quote is not closed", start, start + 1, true);
      if (quoted.problem !== undefined) return stop(REFUSED[quoted.problem]!, quoted.to, quoted.to + 1);
    } else if (ch === "$" ? expands(text[at + 1], false) : ch !== "$" && REFUSED[ch] !== undefined) {
      return at === from
        ? { to: at, problem: { message: REFUSED[ch]!, from: at, to: at + 1, incomplete: false } }
        : stop(REFUSED[ch]!, at, at + 1);
    } else {
      out += ch;
      at++;
    }
  }
  return { word: { text: out, from, to: at }, to: at };
}

/** `problem`: `open` for a quote without end, else the character that is refused. */
function readDoubleQuoted(text: string, from: number): { text: string; to: number; problem?: string } {
  let out = "";
  let at = from + 1;
  while (at < text.length) {
    const ch = text[at]!;
    if (ch === '"') return { text: out, to: at + 1 };
    if (ch === "\\" && at + 1 < text.length) {
      const next = text[at + 1]!;
      if (next === "\n") out += "";
      else if (next === '"' || next === "\\" || next === "$" || next === "`") out += next;
      else out += ch + next;
      at += 2;
    } else if (ch === "`" || (ch === "$" && expands(text[at + 1], true))) {
      return { text: out, to: at, problem: ch };
    } else {
      out += ch;
      at++;
    }
  }
  return { text: out, to: at, problem: "open" };
}

/** Whether `$` before this character starts an expansion in a shell (`$.field` does not). */
function expands(next: string | undefined, inQuotes: boolean): boolean {
  if (next === undefined) return false;
  return /[A-Za-z0-9_@*#?$!({[-]/.test(next) || (!inQuotes && (next === "'" || next === '"'));
}
