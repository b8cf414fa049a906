import { useNavigate } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { trailPath } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import { createRead } from "../../client/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { showToast } from "../../ui/toasts.ts";
import { RequestLines } from "../events/RequestLines.tsx";
import { usePrincipals } from "../iam/iam-reads.ts";
import { TRAILS as T } from "./strings.ts";
import { TrailsNav } from "./TrailsNav.tsx";
import { useBucketPolicy, useBuckets, useRegion } from "./trail-reads.ts";
import { type TrailDraft, trailRequests } from "./trail-requests.ts";

/** A trail with its bucket, and a log group and role if wanted: chosen, or made with what they need. */
export function TrailFormPage(): JSX.Element {
  const navigate = useNavigate();
  const region = useRegion();
  const command = createCommand({ quiet: true });
  const [draft, setDraft] = createSignal<TrailDraft>({
    name: "management-events",
    bucket: "trail-logs",
    prefix: "",
    multiRegion: true,
    withLogs: false,
    logGroup: "/aws/cloudtrail/management-events",
    role: "CloudTrailToLogs",
    start: true,
  });
  const [isSending, setSending] = createSignal(false);
  const change = (part: Partial<TrailDraft>): void => {
    command.clear();
    setDraft((now) => ({ ...now, ...part }));
  };
  const buckets = useBuckets();
  const names = createMemo(() => buckets.list().map(({ Name }) => Name));
  const isOld = createMemo(() => names().includes(draft().bucket));
  const policy = useBucketPolicy(() => (isOld() ? draft().bucket : undefined));
  const groups = createRead(() => ({ service: "logs", operation: "DescribeLogGroups", input: {} }), { follow: "version" });
  const groupNames = createMemo(() =>
    ((groups.data()?.output["logGroups"] as readonly { readonly logGroupName: string }[] | undefined) ?? []).map((one) => one.logGroupName),
  );
  const principals = usePrincipals();
  const roles = createMemo(() => (principals.data() ?? []).filter((one) => one.kind === "role").map(({ name }) => name));
  const account = createRead(() => ({ service: "sts", operation: "GetCallerIdentity", input: {} }), { follow: "question" });
  const requests = createMemo(() =>
    trailRequests(draft(), {
      account: String(account.data()?.output["Account"] ?? "123456789012"),
      region: region(),
      buckets: names(),
      bucketPolicy: policy.text(),
      logGroups: groupNames(),
      roles: roles(),
    }),
  );
  const save = async (): Promise<void> => {
    const [name, steps] = [draft().name, requests()];
    setSending(true);
    try {
      // What a step has made stays, and is found there when it is tried again.
      for (const step of steps) if ((await command.run(step)) === undefined) return;
    } finally {
      setSending(false);
    }
    showToast({ severity: "ok", text: T.made(name) });
    navigate(trailPath(name));
  };
  return (
    <Page title={T.create} scroll bar={<TrailsNav here="trails" />}>
      <Panel title={T.creating}>
        <div class="pb trails-form">
          <TextField label={T.name} mono value={draft().name} onInput={(name) => change({ name })} />
          <Combobox
            label={T.bucket}
            mono
            value={draft().bucket}
            options={names().map((value) => ({ value }))}
            hint={T.bucketHint(!isOld())}
            onChange={(bucket) => change({ bucket })}
          />
          <TextField label={T.prefix} mono value={draft().prefix} hint={T.prefixHint} onInput={(prefix) => change({ prefix })} />
          <div class="col trails-switches">
            <Switch label={T.multiRegion} on={draft().multiRegion} onChange={(multiRegion) => change({ multiRegion })} />
            <Switch label={T.start} on={draft().start} onChange={(start) => change({ start })} />
            <Switch label={T.withLogs} on={draft().withLogs} onChange={(withLogs) => change({ withLogs })} />
          </div>
          <Show when={draft().withLogs}>
            <Combobox
              label={T.logGroup}
              mono
              value={draft().logGroup}
              options={groupNames().map((value) => ({ value }))}
              hint={T.groupHint(!groupNames().includes(draft().logGroup))}
              onChange={(logGroup) => change({ logGroup })}
            />
            <Combobox
              label={T.role}
              mono
              value={draft().role}
              options={roles().map((value) => ({ value }))}
              hint={T.roleHint(!roles().includes(draft().role))}
              onChange={(role) => change({ role })}
            />
          </Show>
        </div>
        <div class="pb col rule-t">
          <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
          <RequestLines label={T.steps} requests={isSending() ? [] : requests()} />
          <div class="row">
            <Button look="primary" pending={isSending()} onClick={() => void save()}>
              {T.create}
            </Button>
            <Button onClick={() => navigate("/trails")}>{T.cancel}</Button>
          </div>
        </div>
      </Panel>
    </Page>
  );
}
