import type { Report } from "../rows.ts";
import { type BenchOptions, kernelSuites } from "../suites.ts";

export type WorkerAnswer = { readonly log: string } | { readonly report: Report } | { readonly error: string };

self.onmessage = async ({ data }: MessageEvent<BenchOptions>) => {
  const answer = (message: WorkerAnswer): void => self.postMessage(message);
  try {
    const engine = `Chromium ${navigator.userAgent.match(/Chrome\/(\d+)/)?.[1] ?? ""} worker`;
    answer({ report: await kernelSuites(data, engine, (line) => answer({ log: line })) });
  } catch (error) {
    answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};
