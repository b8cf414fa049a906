/** Files that an opened account was made with and that are not in this browser. */
import { type Accessor, createMemo, createResource } from "solid-js";
import type { AccountInfo, WorkerApi } from "../../workers/api.ts";
import { useClient } from "../client/context.ts";
import { SAMPLE_SHA256, sampleFile } from "../scenarios/sample.ts";
import { accountInfo } from "./account-info.ts";

export interface MissingFile {
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
  /** Log groups that its lines belong in. */
  readonly groups: readonly string[];
}

/** Opens a scenario's text; the sample, which the page makes itself, goes along where the text names it. */
export async function openScenario(api: WorkerApi, text: string): Promise<AccountInfo> {
  const files = text.includes(SAMPLE_SHA256) ? [await sampleFile()] : [];
  return await api.boot({ kind: "scenario-file", text, ...(files.length === 0 ? {} : { files }) });
}

/** An account of before that lacks the sample gets it without a word. */
export async function withSample(api: WorkerApi, info: AccountInfo): Promise<AccountInfo> {
  if (!info.missingFiles.some((file) => file.sha256 === SAMPLE_SHA256)) return info;
  const file = await sampleFile();
  return await api.supply(file, file.name);
}

interface AttachRecord {
  readonly type?: string;
  readonly command?: { readonly kind?: string; readonly sha256?: string; readonly mapping?: { readonly logGroupName?: string } };
}

/** What the open account lacks, each file once. The journal knows where the lines would be. */
export function useMissingFiles(): Accessor<readonly MissingFile[]> {
  const { api } = useClient();
  const missing = createMemo(() => {
    const files = new Map((accountInfo()?.missingFiles ?? []).map((file) => [file.sha256, file]));
    return [...files.values()];
  });
  const [records] = createResource(
    () => (missing().length === 0 ? undefined : accountInfo()),
    async () => (await api.journal()).map(({ command }) => command as AttachRecord),
  );
  return createMemo(() =>
    missing().map((file) => ({
      ...file,
      groups: [
        ...new Set(
          (records.error === undefined ? (records.latest ?? []) : [])
            .filter(({ type, command }) => type === "stage" && command?.kind === "attach" && command.sha256 === file.sha256)
            .flatMap(({ command }) => command?.mapping?.logGroupName ?? []),
        ),
      ],
    })),
  );
}
