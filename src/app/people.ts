/** The people a fresh account knows, in the order of the switcher, and how a person becomes another. */
import { createSignal } from "solid-js";
import type { MenuItem } from "../ui/Menu.tsx";

export const PEOPLE = ["root", "admin", "developer", "auditor", "intruder"] as const;

type Words = Readonly<Record<string, string>>;
// What each may do is read when the menu is near: it is not needed to draw the page.
const [words, setWords] = createSignal<Words>();
let asked: Promise<void> | undefined;

/** Settles when the words are there, or cannot be had: names stand without them. */
export function readPeople(): Promise<void> {
  asked ??= import("./people-words.ts").then(
    ({ MAY }) => void setWords(MAY),
    () => {
      // The next time someone comes near it is asked again.
      asked = undefined;
    },
  );
  return asked;
}

/** One entry a person, with a sentence what it may do; whom the account got later stands there while it acts. */
export function peopleItems(here: string, act: (principal: string) => void): readonly MenuItem[] {
  const names: readonly string[] = (PEOPLE as readonly string[]).includes(here) ? PEOPLE : [...PEOPLE, here];
  return names.map((name) => ({
    id: `identity ${name}`,
    label: name,
    checked: name === here,
    get note() {
      return words()?.[name] ?? words()?.["other"];
    },
    run: () => act(name),
  }));
}
