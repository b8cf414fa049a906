/** The command line as a scenario file uses it: a line to a request and back, without running anything. */
import type { CommandLines } from "../../account/scenario-lines.ts";
import { quoteWord } from "../../language/command-line/quote.ts";
import { parseCommandLine } from "../../language/command-line/words.ts";
import { InputError } from "../../model/errors.ts";
import type { Models } from "../../model/models.ts";
import { lineOf } from "./line-of.ts";
import { parseArgs } from "./parse-args.ts";
import { userAgentOf } from "./run.ts";
import { UsageError } from "./usage-error.ts";

const refuse = (why: string, line: string): never => {
  throw new InputError(why, { path: "aws", found: line, allowed: "one aws line that sends one request" });
};

export function scenarioLines(models: Models): CommandLines {
  return {
    read(line) {
      const parsed = parseCommandLine(line);
      if (parsed.problem !== undefined) return refuse(`${parsed.problem.message} (at character ${parsed.problem.from + 1})`, line);
      const [first, ...more] = parsed.commands;
      if (first === undefined || more.length > 0) return refuse("one aws line stands for one command", line);
      const [name, ...words] = first.words.map((word) => word.text);
      if (name !== "aws") return refuse("a line begins with aws", line);
      let invocation: ReturnType<typeof parseArgs>;
      try {
        invocation = parseArgs(models, words);
      } catch (thrown) {
        if (!(thrown instanceof UsageError)) throw thrown;
        return refuse(thrown.message.replace(/^aws: error: /, "").trim(), line);
      }
      if (invocation.kind !== "call") return refuse("this line prints something and changes nothing", line);
      const { service, operation, input, globals } = invocation;
      return {
        service,
        operation,
        input,
        ...(globals.region === undefined ? {} : { region: globals.region }),
        ...(globals.profile === undefined ? {} : { principal: globals.profile }),
        userAgent: userAgentOf(service, operation),
      };
    },
    write({ service, operation, input, region, principal }) {
      if (models.get(service)?.operations[operation] === undefined) return undefined;
      const line = lineOf(models, service, operation, input, region);
      return principal === undefined ? line : `${line} --profile ${quoteWord(principal)}`;
    },
  };
}
