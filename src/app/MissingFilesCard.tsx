import { For, type JSX, Show } from "solid-js";
import { createCommand } from "../client/command.ts";
import { useClient } from "../client/context.ts";
import { DropTarget } from "../ui/DropTarget.tsx";
import { Callout, ErrorNote } from "../ui/notes.tsx";
import { bytesText } from "../ui/numbers.ts";
import { Panel } from "../ui/Panel.tsx";
import { showToast } from "../ui/toasts.ts";
import { setAccountInfo } from "./account-info.ts";
import { type MissingFile, useMissingFiles } from "./missing-files.ts";
import { MISSING } from "./strings.ts";

/** The files this account lacks, each with a place to drop it. Nothing when none is lacking (or none that fills `group`). */
export function MissingFiles(props: { readonly group?: string }): JSX.Element {
  const missing = useMissingFiles();
  const shown = (): readonly MissingFile[] => missing().filter((file) => props.group === undefined || file.groups.includes(props.group));
  return <For each={shown()}>{(file) => <MissingFileCard file={file} />}</For>;
}

function MissingFileCard(props: { readonly file: MissingFile }): JSX.Element {
  const { api } = useClient();
  const supply = createCommand({ quiet: true });
  const take = async (dropped: File): Promise<void> => {
    const outcome = await supply.attempt(() => api.supply(dropped, dropped.name));
    if (outcome === undefined) return;
    setAccountInfo(outcome.answer);
    showToast({ severity: "ok", text: MISSING.supplied(dropped.name, outcome.answer.sameAsSender) });
  };
  return (
    <Panel title={MISSING.title(props.file.name, bytesText(props.file.bytes))} class="missing-file">
      <div class="pb col">
        <Callout tone="warn">
          {MISSING.why} {MISSING.until(props.file.groups)}
        </Callout>
        <DropTarget label={props.file.name} onFile={(dropped) => void take(dropped)}>
          <b class="med">{supply.pending() ? MISSING.taking : MISSING.drop(props.file.name)}</b>
        </DropTarget>
        <Show when={supply.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
      </div>
    </Panel>
  );
}
