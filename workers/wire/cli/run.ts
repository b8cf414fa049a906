/** Runs what a person types: one text, one or more `aws` lines, through the account's one door. */
import jmespath from "jmespath";
import type { ApiReply, ApiRequest, Via } from "../../account/contract.ts";
import type { TerminalResult } from "../../api.ts";
import { parseCommandLine } from "../../language/command-line/words.ts";
import { InputError, ServiceError, toPlainFailure } from "../../model/errors.ts";
import type { Models } from "../../model/models.ts";
import { speaksQuery, structureOf } from "../../model/models.ts";
import type { ServiceModel } from "../../model/shapes.ts";
import type { IsBuilt } from "./complete.ts";
import { helpText } from "./help.ts";
import { cliName, commandOf } from "./names.ts";
import { render } from "./output.ts";
import { paginate, paginatorOf } from "./paginators.ts";
import type { Globals, Invocation } from "./parse-args.ts";
import { parseArgs } from "./parse-args.ts";
import { withPlainPolicies } from "./policies.ts";
import { printableOf } from "./printable.ts";
import { skeletonText } from "./skeleton.ts";
import { tail } from "./tail.ts";
import { USAGE, UsageError } from "./usage-error.ts";

export interface CliDoor {
  call(request: ApiRequest): Promise<ApiReply>;
}

export interface RunOptions {
  /** Identity that calls unless the line names another with `--profile`. */
  readonly identity: string;
  /** Names `--profile` may give; without the list any is handed to the door. */
  readonly identities?: readonly string[];
  readonly region: string;
  /** The account's clock, epoch milliseconds (`logs tail --since 5m`). */
  readonly now: number;
  readonly account?: string;
  /** Default `terminal`; a lesson's solution says `lesson`, a scenario's set-up what it is. */
  readonly via?: Via;
  /** Default `person`. `screen` for reads that must leave no trace (lesson checks). */
  readonly kind?: "person" | "program" | "screen";
  /** Which operations `help` lists as running here. */
  readonly isBuilt?: IsBuilt;
  /** Columns of the terminal; wider tables stand upright. Default 80, as the CLI takes without a terminal. */
  readonly width?: number;
}

/** Version the line announces itself as, in `--version` and in CloudTrail's userAgent. */
const VERSION = "aws-cli/2.31.0";
export const userAgentOf = (service: string, operation: string): string =>
  `${VERSION} md/command#${commandOf(service)}.${cliName(operation)}`;

/**
 * Runs a text. Several commands run in order; after `&&` only while all succeeded. Answers what the CLI would print and
 * its exit code (0; 252 the line is wrong; 254 the service said no; 255 else; 127 no such command). Bugs are thrown.
 */
export async function runLine(door: CliDoor, models: Models, line: string, options: RunOptions): Promise<TerminalResult> {
  const parsed = parseCommandLine(line);
  if (parsed.problem !== undefined) {
    return { stdout: "", stderr: `shell: ${parsed.problem.message} (at character ${parsed.problem.from + 1})\n`, exitCode: 2 };
  }
  let result: TerminalResult = { stdout: "", stderr: "", exitCode: 0 };
  for (const command of parsed.commands) {
    if (command.after === "and" && result.exitCode !== 0) continue;
    const next = await runWords(
      door,
      models,
      command.words.map((word) => word.text),
      options,
    );
    const denied = [...(result.denied ?? []), ...(next.denied ?? [])];
    result = {
      stdout: result.stdout + next.stdout,
      stderr: result.stderr + next.stderr,
      exitCode: next.exitCode,
      ...(denied.length === 0 ? {} : { denied }),
    };
  }
  return result;
}

/** Runs one command of words (`["aws", "logs", ...]`). */
export async function runWords(door: CliDoor, models: Models, words: readonly string[], options: RunOptions): Promise<TerminalResult> {
  const [command, ...rest] = words;
  if (command === "help") return { stdout: helpText(models, {}, options.isBuilt), stderr: "", exitCode: 0 };
  if (command !== "aws") {
    const hint = /^[A-Za-z_]\w*=/.test(command ?? "")
      ? "variables are not there: write the value itself"
      : "aws lines run here: try aws help";
    return { stdout: "", stderr: `${command ?? ""}: command not found\nhint: ${hint}\n`, exitCode: 127 };
  }
  try {
    return { stdout: await runInvocation(door, models, parseArgs(models, rest), options), stderr: "", exitCode: 0 };
  } catch (thrown) {
    return failure(thrown);
  }
}

async function runInvocation(door: CliDoor, models: Models, invocation: Invocation, options: RunOptions): Promise<string> {
  switch (invocation.kind) {
    case "version":
      return `${VERSION} Nephoscope: a simulated account, not the real command line\n`;
    case "help":
      return helpText(models, invocation, options.isBuilt);
    case "skeleton":
      return skeletonText(modelOf(models, invocation.service), invocation.operation);
    case "logs-tail":
      return tail(invocation.words, options.now, (input) =>
        callAll(door, modelOf(models, "logs"), "FilterLogEvents", input, {}, invocation.globals, options),
      );
    default: {
      const model = modelOf(models, invocation.service);
      const { globals } = invocation;
      const query = globals.query === undefined ? undefined : compiledQuery(globals.query);
      const output = await callAll(door, model, invocation.operation, invocation.input, invocation.paging, globals, options);
      const shape = structureOf(model, model.operations[invocation.operation]?.output);
      const shown = model.service === "iam" ? (withPlainPolicies(output) as typeof output) : output;
      const printable = printableOf(model, shape, shown, globals.query, invocation.paging !== undefined);
      const asked = query === undefined ? printable.value : query(printable.value);
      return render(
        globals.output,
        invocation.operation,
        asked,
        (value, container, key) => printable.isFloat(value, container, key),
        options.width,
      );
    }
  }
}

async function callAll(
  door: CliDoor,
  model: ServiceModel,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  paging: (Invocation & { kind: "call" })["paging"],
  globals: Globals,
  options: RunOptions,
): Promise<Readonly<Record<string, unknown>>> {
  if (globals.profile !== undefined && options.identities !== undefined && !options.identities.includes(globals.profile)) {
    throw new UsageError(`The config profile (${globals.profile}) could not be found`, {
      exitCode: 255,
      hint: `identities here: ${options.identities.join(", ")}`,
    });
  }
  const call = async (given: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> => {
    try {
      const reply = await door.call({
        service: model.service,
        operation,
        input: given,
        region: globals.region ?? options.region,
        caller: { kind: options.kind ?? "person", principal: globals.profile ?? options.identity },
        via: options.via ?? "terminal",
        userAgent: userAgentOf(model.service, operation),
        ...(options.account === undefined ? {} : { account: options.account }),
      });
      return reply.output;
    } catch (thrown) {
      if (thrown instanceof ServiceError) throw new CalledError(model, operation, thrown);
      throw thrown;
    }
  };
  const paginator = paginatorOf(model.service, operation);
  return paging === undefined || paginator === undefined ? call(input) : paginate(paginator, input, paging, call);
}

/** A service's refusal, with the operation it answered. */
class CalledError extends Error {
  override readonly name = "CalledError";
  readonly hint: string | undefined;

  constructor(
    model: ServiceModel,
    operation: string,
    readonly error: ServiceError,
  ) {
    // Services of the Query protocol, and those that still answer its codes, show the code; JSON services the shape.
    const showsCode = speaksQuery(model) || model.metadata.awsQueryCompatible !== undefined;
    super(`An error occurred (${showsCode ? error.code : error.shape}) when calling the ${operation} operation: ${error.message}`);
    this.hint = error.hint;
  }
}

function failure(thrown: unknown): TerminalResult {
  const hintLine = (hint: string | undefined): string => (hint === undefined || hint === "" ? "" : `hint: ${hint}\n`);
  if (thrown instanceof CalledError) {
    const { error } = thrown;
    return {
      stdout: "",
      stderr: `\n${thrown.message}\n${hintLine(thrown.hint)}`,
      exitCode: 254,
      ...(error.because === undefined ? {} : { denied: [toPlainFailure(error)] }),
    };
  }
  if (thrown instanceof UsageError) {
    return {
      stdout: "",
      stderr: `\n${thrown.withUsage ? `${USAGE}\n` : ""}${thrown.message}\n${hintLine(thrown.hint)}`,
      exitCode: thrown.exitCode,
    };
  }
  if (thrown instanceof InputError) return { stdout: "", stderr: `\n${thrown.message}\n${hintLine(thrown.allowed)}`, exitCode: 255 };
  throw thrown;
}

/** Checks the expression before anything is called, as the CLI does. */
function compiledQuery(query: string): (value: unknown) => unknown {
  const bad = (error: unknown): UsageError =>
    new UsageError(`Bad value for --query ${query}: ${(error as Error).message}`, {
      hint: "put the whole expression in single quotes, literals in backticks",
    });
  try {
    // The types of the package leave `compile` out.
    (jmespath as unknown as { compile(text: string): unknown }).compile(query);
  } catch (error) {
    throw bad(error);
  }
  return (value) => {
    try {
      return jmespath.search(value, query) as unknown;
    } catch (error) {
      throw bad(error);
    }
  };
}

function modelOf(models: Models, service: string): ServiceModel {
  const model = models.get(service);
  if (model === undefined) throw new UsageError(`${service} is not there`);
  return model;
}
