import { useNavigate } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { JsonText } from "../../editors/json/JsonText.tsx";
import { laidOut } from "../../editors/json/json-layout.ts";
import { Button } from "../../ui/Button.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { Empty, ErrorNote, ReadState } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { showToast } from "../../ui/toasts.ts";
import { RequestLines } from "../events/RequestLines.tsx";
import { PolicyDialog } from "../iam/PolicyDialog.tsx";
import { PolicySummary } from "../iam/PolicySummary.tsx";
import { ObjectsPart } from "./ObjectsPart.tsx";
import { TRAILS as T } from "./strings.ts";
import { TrailsNav } from "./TrailsNav.tsx";
import { request, useBucketPolicy, useBuckets } from "./trail-reads.ts";

const starter = (bucket: string): string =>
  JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: "s3:GetBucketAcl",
          Resource: `arn:aws:s3:::${bucket}`,
        },
      ],
    },
    undefined,
    2,
  );

/** A bucket: its objects, its policy. */
export function BucketPage(props: { readonly name: string }): JSX.Element {
  const navigate = useNavigate();
  const buckets = useBuckets();
  const [tab, setTab] = createSignal("objects");
  const command = createCommand();
  const known = createMemo(() => buckets.list().find((one) => one.Name === props.name));
  const about = (operation: string) => request("s3", operation, { Bucket: props.name });
  const remove = async (): Promise<void> => {
    if ((await command.run(about("DeleteBucket"))) === undefined) return;
    showToast({ severity: "ok", text: T.bucketGone(props.name) });
    navigate("/trails/buckets");
  };
  return (
    <Page
      title={props.name}
      scroll
      bar={<TrailsNav here="buckets" />}
      actions={
        <Show when={known()}>
          <Button look="danger" pending={command.pending()} onClick={() => void remove()}>
            {T.remove}
          </Button>
        </Show>
      }
    >
      <ReadState read={buckets.read} rows={6}>
        {() => (
          <Panel label={props.name}>
            <Show
              when={known()}
              fallback={
                <Empty
                  glyph="store"
                  title={T.bucketNotHere(props.name)}
                  action={{ label: T.allBuckets, run: () => navigate("/trails/buckets") }}
                />
              }
            >
              {(shown) => (
                <Tabs
                  label={props.name}
                  selected={tab()}
                  onSelect={setTab}
                  items={[
                    { id: "objects", label: T.objects, content: () => <ObjectsPart bucket={props.name} prefix="" /> },
                    { id: "policy", label: T.policy, content: () => <BucketPolicy name={props.name} /> },
                    { id: "json", label: T.json, content: () => <JsonView label={T.json} value={shown()} /> },
                    {
                      id: "line",
                      label: T.line,
                      content: () => (
                        <div class="pb col">
                          <RequestLines requests={[about("ListObjectsV2"), about("GetBucketPolicy")]} />
                        </div>
                      ),
                    },
                  ]}
                />
              )}
            </Show>
          </Panel>
        )}
      </ReadState>
    </Page>
  );
}

function BucketPolicy(props: { readonly name: string }): JSX.Element {
  const policy = useBucketPolicy(() => props.name);
  const [isEditing, setEditing] = createSignal(false);
  const command = createCommand({ done: T.policyGone });
  const failure = () => (policy.isNone() ? undefined : policy.read.error());
  return (
    <div class="pb col trails-policy">
      <Show when={failure()}>{(shown) => <ErrorNote failure={shown()} onRetry={policy.read.again} />}</Show>
      <Show when={policy.isNone()}>
        <Empty glyph="key" title={T.noPolicy} action={{ label: T.writePolicy, run: () => setEditing(true) }}>
          {T.noPolicyWhy}
        </Empty>
      </Show>
      <Show when={policy.text()}>
        {(text) => (
          <>
            <PolicySummary document={text()} kind="resource" />
            <JsonText label={T.policy} text={text().includes("\n") ? text() : (laidOut(text()) ?? text())} />
            <div class="row">
              <Button onClick={() => setEditing(true)}>{T.editPolicy}</Button>
              <Button
                look="danger"
                pending={command.pending()}
                onClick={() => void command.run(request("s3", "DeleteBucketPolicy", { Bucket: props.name }))}
              >
                {T.removePolicy}
              </Button>
            </div>
          </>
        )}
      </Show>
      <Show when={isEditing()}>
        <PolicyDialog
          title={T.policy}
          name={props.name}
          kind="resource"
          most={20_480}
          document={policy.text() ?? starter(props.name)}
          request={(_name, Policy) => request("s3", "PutBucketPolicy", { Bucket: props.name, Policy })}
          onClose={() => setEditing(false)}
        />
      </Show>
    </div>
  );
}
