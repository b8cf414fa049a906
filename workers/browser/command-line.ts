/** The command line of the page: its parser, the whole API models and JMESPath are loaded when the first line comes. */
import type { Account } from "../account/account.ts";
import type { CommandLines } from "../account/scenario-lines.ts";
import type { Completion, TerminalResult, UiRequest } from "../api.ts";
import { loadServices } from "../engine.ts";
import { loadModels } from "../model/models.ts";
import type { Identity } from "../services/contract.ts";
import { resourceNames } from "./resource-names.ts";

export interface CommandLine {
  /** A request as an `aws` line. */
  lineOf(request: Pick<UiRequest, "service" | "operation" | "input">): string;
  run(account: Account, region: string, line: string): Promise<TerminalResult>;
  complete(account: Account, region: string, line: string, cursor: number): Promise<Completion>;
  /** How scenario files read and write lines. */
  readonly scenarioLines: CommandLines;
}

let loading: Promise<CommandLine> | undefined;

/** Loads once; a failed load is tried again by the next line. */
export function commandLine(): Promise<CommandLine> {
  loading ??= load().catch((thrown: unknown) => {
    loading = undefined;
    throw thrown;
  });
  return loading;
}

/** Names that `--profile` may give. */
async function identitiesOf(account: Account, region: string): Promise<readonly string[]> {
  const found = await account.look({ service: "account", view: "identities", region });
  return (found as readonly Identity[]).map(({ id }) => id);
}

async function load(): Promise<CommandLine> {
  const [{ runLine }, { completeLine }, { lineOf }, { scenarioLines }, models, services] = await Promise.all([
    import("../wire/cli/run.ts"),
    import("../wire/cli/complete.ts"),
    import("../wire/cli/line-of.ts"),
    import("../wire/cli/scenario-lines.ts"),
    loadModels(),
    loadServices(),
  ]);
  const tables = new Map(services.map((service) => [service.name, service.operations]));
  const isBuilt = (service: string, operation: string): boolean => Object.hasOwn(tables.get(service) ?? {}, operation);
  return {
    scenarioLines: scenarioLines(models),
    lineOf: (request) => lineOf(models, request.service, request.operation, request.input),
    run: async (account, region, line) =>
      await runLine({ call: (request) => account.call(request) }, models, line, {
        identity: account.identity(),
        identities: await identitiesOf(account, region),
        region,
        now: account.now,
        isBuilt,
      }),
    complete: (account, region, line, cursor) =>
      completeLine(models, line, cursor, { resources: (kind) => resourceNames(account, region, kind), isBuilt }),
  };
}
