/**
 * Reads that keep themselves fresh. A read is asked again when its question changes, when the pulse says that the
 * service's state may have changed, or when the account's clock enters another minute. Of one read at most one request
 * is under way: what changes meanwhile is asked once it is back, so a clock at 3600x cannot flood the worker. An answer to
 * a question that is no longer asked is dropped. Old data stay until new ones arrive, and `stale` says so. Nothing is asked
 * before the first pulse: until then no account is open that could answer.
 */
import { type Accessor, createEffect, createMemo, createSignal, onCleanup, untrack } from "solid-js";
import type { LookQuestion } from "../../workers/account/contract.ts";
import type { PlainFailure, UiReply, UiRequest } from "../../workers/api.ts";
import { useAsker, useClient } from "./context.ts";
import { asFailure } from "./failure.ts";

export interface Read<T> {
  /** The last answer; undefined before the first, and after the question became undefined. */
  readonly data: Accessor<T | undefined>;
  /** Why the last request failed; cleared by the next success. */
  readonly error: Accessor<PlainFailure | undefined>;
  /** A request for this question is under way and nothing was answered yet. */
  readonly loading: Accessor<boolean>;
  /** What `data` shows answers an older question, or the last request failed. */
  readonly stale: Accessor<boolean>;
  /** Asks again now. */
  readonly again: () => void;
}

export interface ReadOptions {
  /** `minute` (default): also when the clock's minute changes; `version`: only with the service's version; `question`: only with the question. */
  readonly follow?: "minute" | "version" | "question";
  /** Further services whose changes matter. */
  readonly services?: readonly string[];
  /** Asked only once the account has something of that service; until then `data` is undefined and nothing loads. */
  readonly onceInUse?: boolean;
}

/** A panel's read of an AWS operation. Undefined = ask nothing. */
export function createRead(question: () => UiRequest | undefined, options: ReadOptions = {}): Read<UiReply> {
  const { api } = useClient();
  return createQuestion(question, (asked) => api.read(asked), options);
}

/** The same for a view that AWS has no operation for. */
export function createLook<T>(question: () => LookQuestion | undefined, options: ReadOptions = {}): Read<T> {
  const { api } = useClient();
  // Each view documents its own answer; the asker names it.
  return createQuestion(question, (asked) => api.look(asked) as Promise<T>, options);
}

/** A read of anything: `ask` is called with the question. */
export function createQuestion<Q extends { readonly service: string }, T>(
  question: () => Q | undefined,
  ask: (question: Q) => Promise<T>,
  options: ReadOptions = {},
): Read<T> {
  const { pulse } = useClient();
  const follow = options.follow ?? "minute";
  const [data, setData] = createSignal<T>();
  const [error, setError] = createSignal<PlainFailure>();
  const [underWay, setUnderWay] = createSignal(false);
  const [answered, setAnswered] = createSignal<string>();
  const [nudge, setNudge] = createSignal(0);
  let sequence = 0;
  let busyWith: string | undefined;
  let askAgain = false;

  const who = useAsker();
  let askedAs: string | undefined;
  // Looked at here alone: what a question reads may be made while it is read (a condition in JSX), and must have an owner.
  const wanted = createMemo(question);
  const asking = (): Q | undefined => {
    const asked = who() === undefined ? undefined : wanted();
    return asked !== undefined && options.onceInUse && !inUse(asked.service) ? undefined : asked;
  };
  const inUse = (service: string): boolean => pulse()?.inUse.includes(service) ?? false;
  const key = createMemo(() => {
    const asked = asking();
    return asked === undefined ? undefined : `${who()} ${JSON.stringify(asked)}`;
  });
  const occasion = createMemo(() => {
    const asked = wanted();
    if (asked === undefined || follow === "question") return "";
    const now = pulse();
    if (now === undefined) return "";
    const versions = [asked.service, ...(options.services ?? [])].map((name) => now.versions[name] ?? 0).join(".");
    return follow === "minute" ? `${versions} ${now.region} ${Math.floor(now.clock / 60_000)}` : `${versions} ${now.region}`;
  });

  const request = (asked: Q, askedKey: string): void => {
    const mine = ++sequence;
    busyWith = askedKey;
    askAgain = false;
    setUnderWay(true);
    const settle = (apply: () => void): void => {
      if (mine !== sequence) return;
      busyWith = undefined;
      setUnderWay(false);
      apply();
      const next = untrack(wanted);
      if (askAgain && next !== undefined) request(next, untrack(key) ?? "");
    };
    ask(asked).then(
      (answer) =>
        settle(() => {
          setData(() => answer);
          setAnswered(askedKey);
          setError(undefined);
        }),
      (thrown: unknown) => settle(() => setError(asFailure(thrown))),
    );
  };

  const forget = (): void => {
    sequence++;
    busyWith = undefined;
    setData(undefined);
    setError(undefined);
    setAnswered(undefined);
    setUnderWay(false);
  };
  createEffect(() => {
    const askedKey = key();
    occasion();
    nudge();
    const [asked, now] = untrack(() => [wanted(), who()]);
    if (now !== askedAs) forget();
    askedAs = now;
    if (asked === undefined || askedKey === undefined) {
      forget();
      return;
    }
    if (busyWith === askedKey) askAgain = true;
    else request(asked, askedKey);
  });
  onCleanup(() => {
    sequence++;
  });

  return {
    data,
    error,
    loading: () => underWay() && data() === undefined,
    stale: () => data() !== undefined && (answered() !== key() || error() !== undefined),
    again: () => setNudge((count) => count + 1),
  };
}
