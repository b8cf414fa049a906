/** How long and how large the soak is. From the environment of `npm run soak`; the defaults are what a release must stand. */
export interface SoakSize {
  /** Worker kills (NEPHOSCOPE_SOAK_KILLS). */
  readonly kills: number;
  /** Minutes of random commands with rewinds (NEPHOSCOPE_SOAK_MINUTES). */
  readonly minutes: number;
  /** Alarms of the simulated day (NEPHOSCOPE_SOAK_ALARMS) and its hours (NEPHOSCOPE_SOAK_HOURS). */
  readonly alarms: number;
  readonly hours: number;
  /** Days of the quiet account (NEPHOSCOPE_SOAK_DAYS). */
  readonly days: number;
  /** Events of the import (NEPHOSCOPE_SOAK_EVENTS). */
  readonly events: number;
  /** Megabytes of the attached file (NEPHOSCOPE_SOAK_MEGABYTES). */
  readonly megabytes: number;
  /** Where random lives begin (NEPHOSCOPE_SOAK_SEED). */
  readonly seed: number;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly soak: SoakSize;
  }
}
