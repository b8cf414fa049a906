/** What a person does through a form: one request at a time, with its pending state and its failure. */
import { type Accessor, createSignal } from "solid-js";
import type { StageCommand } from "../../workers/account/contract.ts";
import type { PlainFailure, UiReply, UiRequest } from "../../workers/api.ts";
import { moreOf } from "../ui/failure-more.ts";
import { showToast } from "../ui/toasts.ts";
import { useClient } from "./context.ts";
import { asFailure } from "./failure.ts";

export interface Command {
  /** Answers the reply, or undefined when it failed (then `error` says why). */
  readonly run: (request: UiRequest) => Promise<UiReply | undefined>;
  /** The same for what is not AWS (attach, identity ...). */
  readonly stage: (command: StageCommand) => Promise<{ readonly answer: unknown } | undefined>;
  /** The same for any other method of the worker. */
  readonly attempt: <T>(work: () => Promise<T>) => Promise<{ readonly answer: T } | undefined>;
  readonly pending: Accessor<boolean>;
  readonly error: Accessor<PlainFailure | undefined>;
  readonly clear: () => void;
}

export interface CommandOptions {
  /** Said in a toast when it succeeded. */
  readonly done?: string | ((reply: UiReply) => string);
  /** The form shows the failure itself; no toast for it. */
  readonly quiet?: boolean;
}

export function createCommand(options: CommandOptions = {}): Command {
  const { api } = useClient();
  const [pending, setPending] = createSignal(false);
  const [error, setError] = createSignal<PlainFailure>();

  const attempt = async <T>(work: () => Promise<T>): Promise<{ readonly answer: T } | undefined> => {
    setPending(true);
    setError(undefined);
    try {
      return { answer: await work() };
    } catch (thrown) {
      const failure = asFailure(thrown);
      setError(failure);
      if (!options.quiet) {
        const more = moreOf(failure);
        const action = more === undefined ? {} : { action: more.action };
        showToast({ severity: "error", title: more?.title ?? failure.code, text: failure.message, ...action });
      }
      return undefined;
    } finally {
      setPending(false);
    }
  };

  const run = async (request: UiRequest): Promise<UiReply | undefined> => {
    const outcome = await attempt(() => api.call(request));
    if (outcome === undefined) return undefined;
    if (options.done !== undefined) {
      showToast({ severity: "ok", text: typeof options.done === "string" ? options.done : options.done(outcome.answer) });
    }
    return outcome.answer;
  };

  return { run, stage: (command) => attempt(() => api.stage(command)), attempt, pending, error, clear: () => setError(undefined) };
}
