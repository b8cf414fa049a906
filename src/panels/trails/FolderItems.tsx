import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { createRead } from "../../client/resource.ts";
import { Glyph } from "../../ui/Glyph.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { bytesText } from "../../ui/numbers.ts";
import { TRAILS as T } from "./strings.ts";

interface Listed {
  readonly Key: string;
  readonly Size: number;
}

export interface FolderItemsProps {
  readonly bucket: string;
  readonly prefix: string;
  readonly chosen: string | undefined;
  readonly onChoose: (key: string) => void;
  readonly isTop?: boolean;
}

/** One folder's folders and objects. A folder that is alone in its place opens by itself. */
export function FolderItems(props: FolderItemsProps): JSX.Element {
  const read = createRead(
    () => ({ service: "s3", operation: "ListObjectsV2", input: { Bucket: props.bucket, Prefix: props.prefix, Delimiter: "/" } }),
    { follow: "version" },
  );
  const same = { equals: (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b) };
  const folders = createMemo(
    () => ((read.data()?.output["CommonPrefixes"] as readonly { readonly Prefix: string }[] | undefined) ?? []).map((one) => one.Prefix),
    undefined,
    same,
  );
  const objects = createMemo(() => (read.data()?.output["Contents"] as readonly Listed[] | undefined) ?? [], undefined, same);
  const isAlone = (): boolean => folders().length === 1 && objects().length === 0;
  return (
    <ReadState read={read} rows={2}>
      {() => (
        <>
          <Show when={props.isTop && folders().length + objects().length === 0}>
            <Empty glyph="store" title={T.noObjects}>
              {T.noObjectsWhy}
            </Empty>
          </Show>
          <ul class="trails-folder">
            <For each={folders()}>{(prefix) => <Folder {...props} prefix={prefix} base={props.prefix} isOpen={isAlone()} />}</For>
            <For each={objects()}>
              {(object) => (
                <li>
                  <button
                    type="button"
                    class="trails-key"
                    aria-current={props.chosen === object.Key ? "true" : undefined}
                    title={object.Key}
                    onClick={() => props.onChoose(object.Key)}
                  >
                    <Glyph name="logs" size="s" />
                    <span class="mono trunc">{object.Key.slice(props.prefix.length)}</span>
                    <span class="small t2 trails-size">{bytesText(object.Size)}</span>
                  </button>
                </li>
              )}
            </For>
          </ul>
          <Show when={read.data()?.output["IsTruncated"] === true}>
            <p class="small t2">{T.moreObjects}</p>
          </Show>
        </>
      )}
    </ReadState>
  );
}

function Folder(props: FolderItemsProps & { readonly base: string; readonly isOpen: boolean }): JSX.Element {
  const [turned, setTurned] = createSignal<boolean>();
  const isOpen = (): boolean => turned() ?? props.isOpen;
  const name = (): string => props.prefix.slice(props.base.length);
  return (
    <li>
      <button type="button" class="trails-key" aria-expanded={isOpen()} title={props.prefix} onClick={() => setTurned(!isOpen())}>
        <Glyph name={isOpen() ? "down" : "right"} size="s" />
        <span class="mono trunc">{name()}</span>
      </button>
      <Show when={isOpen()}>
        <FolderItems bucket={props.bucket} prefix={props.prefix} chosen={props.chosen} onChoose={props.onChoose} />
      </Show>
    </li>
  );
}
