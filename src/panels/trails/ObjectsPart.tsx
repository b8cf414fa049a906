import { createSignal, type JSX, Show } from "solid-js";
import { Empty } from "../../ui/notes.tsx";
import { FolderItems } from "./FolderItems.tsx";
import { ObjectCard } from "./ObjectCard.tsx";
import { TRAILS as T } from "./strings.ts";

/** Keys of a bucket as folders, and what is in the chosen object. */
export function ObjectsPart(props: { readonly bucket: string; readonly prefix: string }): JSX.Element {
  const [chosen, setChosen] = createSignal<string>();
  return (
    <div class="trails-objects">
      <nav class="trails-keys" aria-label={T.objects}>
        <FolderItems bucket={props.bucket} prefix={props.prefix} chosen={chosen()} onChoose={setChosen} isTop />
      </nav>
      <Show
        when={chosen()}
        keyed
        fallback={
          <div class="trails-object">
            <Empty glyph="store" title={T.choose} />
          </div>
        }
      >
        {(key) => <ObjectCard bucket={props.bucket} name={key} />}
      </Show>
    </div>
  );
}
