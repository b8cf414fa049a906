/**
 * Property tests draw the same cases in every `npm test`, so that what passed here passes everywhere; `npm run soak` draws
 * new ones (NEPHOSCOPE_SEED), and prints where they begin.
 */
import fc from "fast-check";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Where fast-check's random cases begin. */
    readonly seed: number;
  }
}

fc.configureGlobal({ seed: inject("seed") });
