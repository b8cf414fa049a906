import { useNavigate } from "@solidjs/router";
import { createEffect, createMemo, createSignal, createUniqueId, For, type JSX, Show } from "solid-js";
import { pinAt } from "../charts/cursor.ts";
import { useClient } from "../client/context.ts";
import { deniedMore } from "../client/denied.ts";
import { asFailure } from "../client/failure.ts";
import { type ClockMarker, useMarkers } from "../client/markers.ts";
import { StateBadge } from "../ui/Badge.tsx";
import { Glyph, type GlyphName } from "../ui/Glyph.tsx";
import { secondText } from "../ui/time.ts";
import { showToast } from "../ui/toasts.ts";
import { SPEEDS, speedText, useClockActions } from "./clock-actions.ts";
import { PAGES } from "./pages.ts";
import { marked, matchRank, type PaletteItem, pastedTrace, providers } from "./palette-items.ts";
import { shortly, usePastActions } from "./past-actions.ts";
import { preferences } from "./preferences.ts";
import { isPaletteOpen, paletteText, setHelpOpen, setPaletteOpen, setSetAsideOpen, setShareOpen, setTerminalOpen } from "./shell-state.ts";
import { APP, PALETTE, PAST } from "./strings.ts";

const GROUPS = ["goTo", "moments", "actions"] as const;
const PER_GROUP = 6;
const MARKER_GLYPHS: Readonly<Record<ClockMarker["kind"], GlyphName>> = {
  deploy: "deploy",
  fault: "fault",
  alarm: "alarm",
  traffic: "traffic",
  command: "cmd",
};

interface Ranked {
  readonly item: PaletteItem;
  readonly rank: number;
}
/** Of what fits equally well the shorter; while nothing is asked, in the order of the list. */
const byRank =
  (isAsked: boolean) =>
  (a: Ranked, b: Ranked): number =>
    a.rank - b.rank || (isAsked ? a.item.label.length - b.item.label.length : 0);
const isAction = (item: PaletteItem): boolean => item.group === "actions";
/** Newest first. */
const byTime = (a: Ranked, b: Ranked): number => (b.item.at ?? 0) - (a.item.at ?? 0);

/** Names, moments and actions in one place. `>` only actions, `@` only moments; an aws line runs. */
export function Palette(): JSX.Element {
  const client = useClient();
  const navigate = useNavigate();
  const clock = useClockActions();
  const past = usePastActions();
  const listId = createUniqueId();
  const [text, setText] = createSignal("");
  const [at, setAt] = createSignal(0);
  const [found, setFound] = createSignal<readonly PaletteItem[]>([]);
  let host!: HTMLDialogElement;
  let input!: HTMLInputElement;
  let list!: HTMLDivElement;

  const markers = useMarkers(() => ({ from: client.pulse()?.start ?? 0, to: client.pulse()?.clock ?? 0 }));
  const close = (): void => {
    setPaletteOpen(false);
  };
  const query = (): string =>
    text()
      .replace(/^[>@]\s*/, "")
      .trim();

  createEffect(() => {
    if (isPaletteOpen() && !host.open) {
      setText(paletteText());
      setAt(0);
      host.showModal();
      input.focus();
      void load();
    } else if (!isPaletteOpen() && host.open) host.close();
  });
  const load = async (): Promise<void> => {
    const tools = { client, navigate };
    const answers = await Promise.allSettled([pastItems(), ...providers.map((provider) => provider(query(), tools))]);
    setFound(answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : [])));
    const failed = answers.find((answer) => answer.status === "rejected");
    if (failed !== undefined) showToast({ severity: "warn", text: asFailure(failed.reason).message });
  };

  /** Undo and redo are named after their command. */
  const pastItems = async (): Promise<readonly PaletteItem[]> => {
    const { undo, redo, aside } = await client.api.past();
    const items: PaletteItem[] = [];
    const add = (item: Omit<PaletteItem, "group" | "kind">): void => void items.push({ group: "actions", kind: PALETTE.past, ...item });
    if (undo !== undefined) add({ id: "undo", label: PAST.undoOf(shortly(undo)), glyph: "undo", run: past.undo });
    if (redo !== undefined) add({ id: "redo", label: PAST.redoOf(shortly(redo)), glyph: "redo", run: past.redo });
    if (aside.length > 0)
      add({ id: "aside", label: `${PAST.bringBack}: ${PAST.setAside(aside.length)}`, glyph: "replay", run: () => setSetAsideOpen(true) });
    return items;
  };
  const fixed: readonly PaletteItem[] = [
    ...PAGES.map(
      (page): PaletteItem => ({
        id: `page ${page.id}`,
        group: "goTo",
        label: page.label,
        kind: "Page",
        glyph: page.glyph,
        run: () => navigate(page.path),
      }),
    ),
    { id: "play", group: "actions", label: `${APP.play} or ${APP.pause.toLowerCase()}`, kind: "Clock", glyph: "play", run: clock.toggle },
    ...SPEEDS.map(
      (speed): PaletteItem => ({
        id: `speed ${speed}`,
        group: "actions",
        label: `${APP.speed} ${speedText(speed)}`,
        kind: "Clock",
        glyph: "clock",
        run: () => clock.setSpeed(speed),
      }),
    ),
    { id: "step", group: "actions", label: APP.stepOn, kind: "Clock", glyph: "step", run: () => clock.step(1) },
    { id: "back", group: "actions", label: APP.stepBack, kind: "Clock", glyph: "back", run: () => clock.step(-1) },
    { id: "next", group: "actions", label: APP.nextEvent, kind: "Clock", glyph: "flag", run: clock.nextEvent },
    { id: "share", group: "actions", label: APP.share, kind: "Account", glyph: "share", run: () => setShareOpen(true) },
    { id: "terminal", group: "actions", label: APP.openTerminal, kind: "Shell", glyph: "terminal", run: () => setTerminalOpen(true) },
    { id: "keys", group: "actions", label: APP.keyboard, kind: "Help", glyph: "help", run: () => setHelpOpen(true) },
    ...(["light", "dark", "system"] as const).map(
      (theme): PaletteItem => ({
        id: `theme ${theme}`,
        group: "actions",
        label: `Theme ${theme}`,
        kind: "Settings",
        glyph: "theme",
        run: () => preferences().setTheme(theme),
      }),
    ),
    ...(["compact", "comfortable", "present"] as const).map(
      (density): PaletteItem => ({
        id: `density ${density}`,
        group: "actions",
        label: `Density ${density}`,
        kind: "Settings",
        glyph: "present",
        run: () => preferences().setDensity(density),
      }),
    ),
  ];
  const moments = createMemo(() =>
    [...(markers.data() ?? [])].reverse().map(
      (marker, index): PaletteItem => ({
        id: `moment ${marker.at} ${index}`,
        at: marker.at,
        group: "moments",
        label: `${secondText(marker.at)} ${marker.text}`,
        kind: "Move the cursor",
        glyph: MARKER_GLYPHS[marker.kind],
        run: () => pinAt(marker.at),
      }),
    ),
  );
  const items = createMemo((): readonly PaletteItem[] => {
    const only = text().startsWith(">") ? "actions" : text().startsWith("@") ? "moments" : undefined;
    const line = query();
    const lines: readonly PaletteItem[] = /^aws\s+\S/.test(line)
      ? [{ id: "line", group: "actions", label: line, kind: "Run", glyph: "terminal", mono: true, run: () => void runLine(line), line }]
      : [];
    const ranked = [...found().filter(isAction), ...fixed, ...found().filter((item) => !isAction(item)), ...moments()]
      .filter((item) => (only === undefined || item.group === only) && (item.begins === undefined || line.startsWith(item.begins)))
      .map((item) => ({ item, rank: matchRank(item.label, line) }))
      .filter((one): one is Ranked => one.rank !== undefined);
    const pasted = only === undefined ? pastedTrace(line, { navigate }) : undefined;
    return [
      ...lines,
      ...(pasted === undefined || ranked.some(({ item }) => item.id === pasted.id) ? [] : [pasted]),
      ...GROUPS.flatMap((group) =>
        ranked
          .filter((one) => one.item.group === group)
          .sort(group === "moments" ? byTime : byRank(line !== ""))
          .slice(0, only === undefined ? PER_GROUP : 14)
          .map((one) => one.item),
      ),
    ];
  });
  const runLine = async (line: string): Promise<void> => {
    try {
      const result = await client.api.aws(line);
      const failed = result.exitCode !== 0;
      const more = result.denied?.map(deniedMore).find((one) => one !== undefined);
      showToast({
        severity: failed ? "error" : "ok",
        text: (failed ? result.stderr : result.stdout).trim().slice(0, 300) || "Done.",
        ...(more?.action === undefined ? {} : { action: more.action }),
      });
    } catch (thrown) {
      showToast({ severity: "error", text: asFailure(thrown).message });
    }
  };
  const take = (item: PaletteItem | undefined, asLine: boolean): void => {
    if (item === undefined) return;
    close();
    if (asLine && item.line !== undefined) void runLine(item.line);
    else item.run();
  };
  const step = (by: number): void => {
    const count = items().length;
    if (count === 0) return;
    setAt((now) => (now + by + count) % count);
    list.querySelectorAll(".opt")[at()]?.scrollIntoView({ block: "nearest" });
  };

  return (
    <dialog
      ref={host}
      class="palette"
      aria-label={PALETTE.title}
      onClose={close}
      onClick={(event) => event.target === host && close()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div class="q">
        <Glyph name="search" />
        <input
          ref={input}
          class="grow"
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={items().length > 0 ? `${listId}-${at()}` : undefined}
          aria-label={PALETTE.placeholder}
          placeholder={PALETTE.placeholder}
          autocomplete="off"
          spellcheck={false}
          value={text()}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") step(1);
            else if (event.key === "ArrowUp") step(-1);
            else if (event.key === "Enter") take(items()[at()], event.ctrlKey || event.metaKey);
            else return;
            event.preventDefault();
          }}
        />
        <kbd>Esc</kbd>
      </div>
      <div ref={list} id={listId} class="palette-list" role="listbox" aria-label={PALETTE.title}>
        <For each={items()} fallback={<p class="muted palette-none">{PALETTE.none}</p>}>
          {(item, index) => (
            <>
              <Show when={items()[index() - 1]?.group !== item.group}>
                <div class="over palette-group" role="presentation">
                  {PALETTE[item.group]}
                </div>
              </Show>
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keys */}
              <div
                class="opt"
                role="option"
                id={`${listId}-${index()}`}
                tabIndex={-1}
                aria-selected={index() === at()}
                onClick={() => take(item, false)}
                onPointerMove={() => setAt(index())}
              >
                <span class={`palette-glyph ${item.hue ?? ""}`}>
                  <Glyph name={item.glyph} />
                </span>
                <span class={`trunc ${item.mono ? "mono" : ""}`}>
                  <For each={marked(item.label, query())}>
                    {(piece) => (
                      <Show when={piece.isHit} fallback={piece.text}>
                        {<b>{piece.text}</b>}
                      </Show>
                    )}
                  </For>
                </span>
                <Show when={item.state}>{(state) => <StateBadge state={state()} />}</Show>
                <span class="d">{item.kind}</span>
              </div>
            </>
          )}
        </For>
      </div>
      <div class="foot">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {PALETTE.move}
        </span>
        <span>
          <kbd>Enter</kbd> {PALETTE.open}
        </span>
        <span>
          <kbd>Ctrl Enter</kbd> {PALETTE.asLine}
        </span>
        <span class="grow" />
        <span>
          <kbd>&gt;</kbd> {PALETTE.commandsOnly}
        </span>
        <span>
          <kbd>@</kbd> {PALETTE.momentsOnly}
        </span>
      </div>
    </dialog>
  );
}
