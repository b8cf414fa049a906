/** What a screen may ask: the worker, and the pulse of clock and account. Given by context, so a test gives a fake. */
import { type Accessor, createContext, createMemo, useContext } from "solid-js";
import type { Pulse, WorkerApi } from "../../workers/api.ts";

export interface Client {
  readonly api: WorkerApi;
  readonly pulse: Accessor<Pulse | undefined>;
}

export const ClientContext = createContext<Client>();

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error("No client: the component stands outside ClientContext.Provider.");
  return client;
}

/** Who asks, in which account; undefined until the first pulse. What was shown to, or went wrong for, one is nothing for another. */
export function useAsker(): Accessor<string | undefined> {
  const { pulse } = useClient();
  return createMemo(() => {
    const now = pulse();
    return now === undefined ? undefined : `${now.account} ${now.identity}`;
  });
}

/** The account's clock in epoch ms; 0 until the first pulse. */
export function useClock(): Accessor<number> {
  const { pulse } = useClient();
  return () => pulse()?.clock ?? 0;
}
