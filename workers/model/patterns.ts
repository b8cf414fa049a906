/**
 * Patterns of the API models as regular expressions. The models are written for Java, where a pattern must match the
 * whole value, works on code points, and `(?s)` may stand in front. JavaScript differs in three ways that matter here:
 * the `u` flag is needed for `\p{L}` and code points, but refuses some escapes and ranges that Java takes (`\_`,
 * `[\w-_]`), so those are compiled without it; and there is no inline `(?s)`.
 */
import { Bug } from "./errors.ts";

/**
 * Patterns that backtrack exponentially, with a linear one that accepts the same texts: both say "characters of the
 * class and tabs, at least one of them not blank-only by the class". Checked against each other in the tests.
 */
const LINEAR: Readonly<Record<string, string>> = {
  "^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$": "^[\\t\\x20-\\x7E]*[\\x20-\\x7E][\\t\\x20-\\x7E]*$",
  "^[ \\t]*[^\\x00-\\x1F:\\x7F]+([ \\t]+[^\\x00-\\x1F:\\x7F]+)*[ \\t]*$":
    "^(?:\\t|[^\\x00-\\x1F:\\x7F])*[^\\x00-\\x1F:\\x7F](?:\\t|[^\\x00-\\x1F:\\x7F])*$",
};

const compiled = new Map<string, RegExp>();

/** Whether the whole of `value` satisfies the model's `pattern`. Compiled once per pattern. */
export function matchesPattern(pattern: string, value: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    expression = compilePattern(pattern);
    compiled.set(pattern, expression);
  }
  return expression.test(value);
}

/** Compiles a model pattern so that it must match the whole text; throws `Bug` for one that JavaScript cannot express. */
export function compilePattern(pattern: string): RegExp {
  const plain = LINEAR[pattern] ?? pattern;
  const dotAll = plain.startsWith("(?s)");
  const source = `^(?:${dotAll ? plain.slice(4) : plain})$`;
  const flags = dotAll ? "s" : "";
  for (const attempt of [`u${flags}`, flags]) {
    try {
      return new RegExp(source, attempt);
    } catch (error) {
      // A pattern that only compiles without `u` is tried again; one that compiles in neither way is a broken model.
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  throw new Bug(`pattern of an API model cannot be compiled: ${pattern}`);
}
