import type { MaybePromise } from "./contract.ts";

/**
 * Goes on with a value now, or with a promise's value later: what is resident is answered synchronously.
 * (Not called `then`: a module that exports a `then` is taken for a promise by `import()`.)
 */
export function chain<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
