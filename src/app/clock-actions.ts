/** What the clock bar, the shortcuts and the palette do to the clock. */
import type { LookQuestion } from "../../workers/account/contract.ts";
import { createCommand } from "../client/command.ts";
import { useClient } from "../client/context.ts";
import { secondText } from "../ui/time.ts";
import { showToast } from "../ui/toasts.ts";
import { APP } from "./strings.ts";

export const SPEEDS: readonly number[] = [1, 10, 60, 600, 3600];
const MINUTE = 60_000;

export interface ClockActions {
  readonly toggle: () => void;
  readonly setSpeed: (speed: number) => void;
  /** Minutes; negative rewinds. */
  readonly step: (minutes: number) => void;
  readonly rewind: (moment: number) => void;
  readonly undo: () => void;
  readonly nextEvent: () => void;
  readonly pending: () => boolean;
}

export function useClockActions(): ClockActions {
  const { api, pulse } = useClient();
  const command = createCommand();
  const speed = (): number => pulse()?.speed ?? 1;
  const rewind = async (moment: number): Promise<void> => {
    const outcome = await command.attempt(() => api.rewind(moment));
    if (outcome === undefined) return;
    const { clock, setAside } = outcome.answer;
    showToast({
      severity: "info",
      text: APP.rewound(secondText(clock), setAside),
      ...(setAside === 0 ? {} : { action: { label: APP.bringBack, run: () => void command.attempt(() => api.bringBack()) } }),
    });
  };
  return {
    toggle: () => void command.attempt(() => (pulse()?.playing ? api.pause() : api.play(speed()))),
    setSpeed: (next) => void command.attempt(() => api.play(next)),
    step: (minutes) => {
      if (minutes > 0) void command.attempt(() => api.advance(minutes * 60));
      else void rewind(Math.max(pulse()?.start ?? 0, (pulse()?.clock ?? 0) + minutes * MINUTE));
    },
    rewind: (moment) => void rewind(moment),
    undo: () =>
      void command
        .attempt(() => api.undo())
        .then((outcome) => {
          if (outcome !== undefined) showToast({ severity: "ok", text: APP.undone });
        }),
    nextEvent: () =>
      void command.attempt(async () => {
        const now = pulse();
        if (now === undefined) return;
        const question: LookQuestion = { service: "account", view: "next-event", region: now.region };
        const next = (await api.look(question)) as { readonly at: number; readonly text: string } | undefined;
        // An account in which nothing is planned still has whole minutes, at which alarms are evaluated.
        const at = next?.at ?? (Math.floor(now.clock / MINUTE) + 1) * MINUTE;
        await api.advance(Math.max(1, Math.ceil((at - now.clock) / 1000)));
        if (next !== undefined) showToast({ severity: "info", text: `${secondText(next.at)} ${next.text}` });
      }),
    pending: command.pending,
  };
}

/** 600x, 0.4x, 41x */
export function speedText(speed: number): string {
  return `${speed >= 10 || Number.isInteger(speed) ? Math.round(speed) : speed.toFixed(1)}×`;
}
