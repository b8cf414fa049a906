import { type Accessor, createMemo, createSignal, For, type JSX, type Setter, Show } from "solid-js";
import { type Command, createCommand } from "../../client/command.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { TextArea } from "../../ui/TextField.tsx";
import type { Because } from "./answers.ts";
import { logsRequest } from "./answers.ts";
import { useNewest } from "./newest.ts";
import { useLine } from "./reads.ts";
import type { Search } from "./search.ts";
import { LOGS_TEXT as T } from "./strings.ts";

interface Result {
  readonly message: string;
  readonly matched: boolean;
  readonly reason: string;
}

export interface Test {
  readonly text: Accessor<string>;
  readonly setText: Setter<string>;
  readonly messages: Accessor<readonly string[]>;
  readonly results: Accessor<readonly Result[] | undefined>;
  readonly run: () => Promise<void>;
  readonly command: Command;
}

/** Lines of one's own against the pattern, by TestMetricFilter. Kept while another tab is looked at. */
export function createTest(search: Search): Test {
  const [text, setText] = createSignal("");
  const [results, setResults] = createSignal<readonly Result[]>();
  const command = createCommand({ quiet: true });
  const messages = createMemo(() =>
    text()
      .split(/\r?\n/)
      .filter((line) => line.trim() !== ""),
  );
  return {
    text,
    setText,
    messages,
    results,
    command,
    run: async () => {
      const asked = messages();
      const reply = await command.run({
        ...logsRequest("TestMetricFilter", { filterPattern: search.text(), logEventMessages: asked }),
        explain: true,
      });
      if (reply === undefined) {
        setResults(undefined);
        return;
      }
      const matches = new Set(
        (reply.output["matches"] as readonly { readonly eventNumber: number }[]).map(({ eventNumber }) => eventNumber),
      );
      const because = (reply.because as readonly (Because | undefined)[] | undefined) ?? [];
      setResults(asked.map((message, at) => ({ message, matched: matches.has(at), reason: reasonOf(because[at]) })));
    },
  };
}

/** The first part that failed, else the whole. */
function reasonOf(because: Because | undefined): string {
  if (because === undefined) return "";
  if (because.verdict || because.parts === undefined) return because.reason;
  const failed = because.parts.find((part) => !part.verdict);
  return failed === undefined ? because.reason : `${failed.text}: ${failed.parts === undefined ? failed.reason : reasonOf(failed)}`;
}

export function TestLines(props: { readonly test: Test; readonly search: Search }): JSX.Element {
  const newest = useNewest(props.search, 5);
  const test = (): Test => props.test;
  const line = useLine(() =>
    test().messages().length === 0
      ? undefined
      : logsRequest("TestMetricFilter", { filterPattern: props.search.text(), logEventMessages: test().messages().slice(0, 3) }),
  );
  return (
    <div class="pb col logs-test">
      <TextArea label={T.lines} mono rows={4} hint={T.testHint} value={test().text()} onInput={test().setText} />
      <div class="row wrap">
        <Button
          small
          look="primary"
          disabled={test().messages().length === 0}
          pending={test().command.pending()}
          onClick={() => void test().run()}
        >
          {T.test}
        </Button>
        <Button
          small
          disabled={(newest()?.length ?? 0) === 0}
          onClick={() =>
            test().setText(
              (newest() ?? [])
                .map((one) => one.text().replace(/\r?\n/g, " "))
                .reverse()
                .join("\n"),
            )
          }
        >
          {T.takeLines}
        </Button>
        <span class="small t2" role="status">
          <Show when={test().results()}>{(all) => T.testResult(all().filter((one) => one.matched).length, all().length)}</Show>
        </span>
      </div>
      <Show when={test().command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
      <Show when={test().results()}>
        {(all) => (
          <ul class="logs-results">
            <For each={all()}>
              {(one) => (
                <li>
                  <span class={one.matched ? "sv-logs" : "c-insuf"}>
                    <Glyph name={one.matched ? "check" : "minus"} size="s" />
                    <span class="vh">{one.matched ? T.matches : T.matchesNot}</span>
                  </span>
                  <span class="logs-result">
                    <span class="mono trunc" title={one.message}>
                      {one.message}
                    </span>
                    <span class="small t2">{one.reason}</span>
                  </span>
                </li>
              )}
            </For>
          </ul>
        )}
      </Show>
      <Show when={line.data()}>
        {(text) => (
          <>
            <p class="small muted">{T.lineTest}</p>
            <AwsLine line={text()} />
          </>
        )}
      </Show>
    </div>
  );
}
