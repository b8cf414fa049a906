import type { MatchGround } from "../match-bench.ts";
import type { Report, Row } from "../rows.ts";
import { type BenchOptions, kernelSuites } from "../suites.ts";
import { type Searched, searchOnce } from "../term-sets.ts";

export type WorkerQuestion = { readonly options: BenchOptions } | { readonly terms: readonly string[] } | { readonly ingest: number };
export type WorkerAnswer =
  | { readonly log: string }
  | { readonly report: Report }
  | { readonly searched: Searched }
  | { readonly ingested: readonly Row[] }
  | { readonly error: string };

let ground: MatchGround | undefined;

const answer = (message: WorkerAnswer): void => self.postMessage(message);

self.onmessage = async ({ data }: MessageEvent<WorkerQuestion>) => {
  try {
    if ("terms" in data) {
      if (ground === undefined) throw new Error("bench: nothing to search");
      answer({ searched: searchOnce(ground, data.terms) });
      return;
    }
    if ("ingest" in data) {
      const { ingestBench } = await import("../ingest.ts");
      answer({ ingested: await ingestBench(data.ingest, (line) => answer({ log: line })) });
      return;
    }
    const engine = `Chromium ${navigator.userAgent.match(/Chrome\/(\d+)/)?.[1] ?? ""} worker`;
    const suites = await kernelSuites(data.options, engine, (line) => answer({ log: line }));
    ground = suites.ground;
    answer({ report: suites.report });
  } catch (error) {
    answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};
