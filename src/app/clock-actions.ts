/** What the clock bar, the shortcuts and the palette do to the clock. */
import type { NewsStop } from "../../workers/api.ts";
import { createCommand } from "../client/command.ts";
import { useClient } from "../client/context.ts";
import type { MenuItem } from "../ui/Menu.tsx";
import { secondText } from "../ui/time.ts";
import { showToast } from "../ui/toasts.ts";
import { usePastActions } from "./past-actions.ts";
import { APP } from "./strings.ts";

export const SPEEDS: readonly number[] = [1, 10, 60, 600, 3600];
const MINUTE = 60_000;

export interface ClockActions {
  readonly toggle: () => void;
  readonly setSpeed: (speed: number) => void;
  /** Minutes; negative rewinds, and asks when that sets commands aside. */
  readonly step: (minutes: number) => void;
  /** Runs until something happens that a person waits for. */
  readonly nextEvent: () => void;
  readonly pending: () => boolean;
}

export function useClockActions(): ClockActions {
  const { api, pulse } = useClient();
  const command = createCommand();
  const past = usePastActions();
  const speed = (): number => pulse()?.speed ?? 1;
  const nextEvent = async (): Promise<void> => {
    if (command.pending()) return;
    const outcome = await command.attempt(() => api.advanceToNews());
    if (outcome !== undefined) showToast({ severity: "info", text: stopSentence(outcome.answer) });
  };
  return {
    toggle: () => void command.attempt(() => (pulse()?.playing ? api.pause() : api.play(speed()))),
    setSpeed: (next) => void command.attempt(() => api.play(next)),
    step: (minutes) => {
      if (minutes > 0) void command.attempt(() => api.advance(minutes * 60));
      else past.rewind(Math.max(pulse()?.start ?? 0, (pulse()?.clock ?? 0) + minutes * MINUTE));
    },
    nextEvent: () => void nextEvent(),
    pending: command.pending,
  };
}

function stopSentence({ clock, news, ended }: NewsStop): string {
  if (ended === "idle") return APP.nothingPlanned;
  if (ended === "cancelled") return APP.stopped(secondText(clock));
  const first = news[0];
  return first === undefined ? APP.noNews(secondText(clock)) : APP.stoppedAt(secondText(first.at), first.text, news.length - 1);
}

/** 600x, 0.4x, 41x */
export function speedText(speed: number): string {
  return `${speed >= 10 || Number.isInteger(speed) ? Math.round(speed) : speed.toFixed(1)}×`;
}

/** The speeds as one group of a menu. */
export const speedItems = (now: number, setSpeed: (speed: number) => void): readonly MenuItem[] =>
  SPEEDS.map((one) => ({ id: String(one), label: speedText(one), checked: one === now, run: () => setSpeed(one) }));
