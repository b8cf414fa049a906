/** Undo, redo, rewinding and bringing back: what each says before and after. */
import type { AccountInfo, CommandWords, TurnedBack } from "../../workers/api.ts";
import { createCommand } from "../client/command.ts";
import { useClient } from "../client/context.ts";
import { secondText } from "../ui/time.ts";
import { dismissErrors, showToast } from "../ui/toasts.ts";
import { setAccountInfo } from "./account-info.ts";
import { setRewindAsked, setSetAsideOpen } from "./shell-state.ts";
import { PAST } from "./strings.ts";

export interface PastActions {
  /** Asks first when commands would be set aside. */
  readonly rewind: (moment: number) => void;
  /** Rewinds without asking: the dialog's answer. */
  readonly rewindNow: (moment: number) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly bringBack: () => void;
  readonly pending: () => boolean;
}

export function usePastActions(): PastActions {
  const { api, pulse } = useClient();
  const command = createCommand();
  /** One at a time: a key that is held must not undo what nobody has read yet. */
  const once = async <T>(work: () => Promise<T>, then: (answer: T) => void): Promise<void> => {
    if (command.pending()) return;
    const outcome = await command.attempt(work);
    if (outcome !== undefined) then(outcome.answer);
  };
  const took = (info: AccountInfo): void => {
    dismissErrors();
    const { command: _, ...rest } = info as AccountInfo & { command?: CommandWords };
    setAccountInfo(rest);
  };

  const rewindNow = (moment: number): Promise<void> =>
    once(
      () => api.rewind(moment),
      (info) => {
        took(info);
        showToast({
          severity: "info",
          text: PAST.rewound(secondText(info.clock), info.setAside),
          ...(info.setAside === 0 ? {} : { action: { label: PAST.see, run: () => setSetAsideOpen(true) } }),
        });
      },
    );
  const rewind = async (moment: number): Promise<void> => {
    const outcome = await command.attempt(() => api.wouldSetAside(moment));
    if (outcome === undefined) return;
    const { commands, forgotten } = outcome.answer;
    if (commands.length === 0) await rewindNow(moment);
    else setRewindAsked({ moment, commands, forgotten });
  };
  const turn = (which: "undo" | "redo"): Promise<void> => {
    const past = pulse()?.past;
    if (past !== undefined && !(which === "undo" ? past.canUndo : past.canRedo)) {
      const isBlocked = which === "redo" && past.setAside > 0;
      showToast({ severity: "info", text: isBlocked ? PAST.redoBlocked : which === "undo" ? PAST.nothingToUndo : PAST.nothingToRedo });
      return Promise.resolve();
    }
    return once(() => api[which](), said(which));
  };
  const said = (which: "undo" | "redo") => (answer: TurnedBack) => {
    took(answer);
    showToast({
      severity: "ok",
      text: which === "undo" ? PAST.undone(shortly(answer.command)) : PAST.redone(shortly(answer.command)),
      action: which === "undo" ? { label: PAST.redo, run: () => void turn("redo") } : { label: PAST.undo, run: () => void turn("undo") },
    });
  };
  return {
    rewind: (moment) => void rewind(moment),
    rewindNow: (moment) => void rewindNow(moment),
    undo: () => void turn("undo"),
    redo: () => void turn("redo"),
    bringBack: () =>
      void once(
        () => api.bringBack(),
        (info) => {
          took(info);
          showToast({ severity: "ok", text: PAST.broughtBack(secondText(info.clock), info.setAside) });
        },
      ),
    pending: command.pending,
  };
}

const LONGEST = 100;

/** A command as it stands in a sentence. */
export function shortly(command: CommandWords): string {
  return command.text.length > LONGEST ? `${command.text.slice(0, LONGEST)}…` : command.text;
}
