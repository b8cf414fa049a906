/** View settings of this browser. Kept in localStorage where that is allowed, else for as long as the page is open. */
import { type Accessor, createSignal } from "solid-js";

export type Theme = "light" | "dark" | "system";
export type Density = "compact" | "comfortable" | "present";

const PREFIX = "nephoscope.";
const [isKept, setKept] = createSignal(true);

/** False when the browser refused to keep a setting: Settings says so. */
export { isKept as arePreferencesKept };

/** A setting as text; null where there is none or the browser refuses. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    setKept(false);
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    setKept(false);
  }
}

function preference<T extends string>(name: string, allowed: readonly T[], initial: T): readonly [Accessor<T>, (value: T) => void] {
  const found = remembered(name);
  const [value, setValue] = createSignal<T>(allowed.find((one) => one === found) ?? initial);
  return [
    value,
    (next) => {
      setValue(() => next);
      remember(name, next);
    },
  ];
}

export interface Preferences {
  readonly theme: Accessor<Theme>;
  readonly setTheme: (theme: Theme) => void;
  readonly density: Accessor<Density>;
  readonly setDensity: (density: Density) => void;
  /** Shortcuts of a single key. */
  readonly singleKeys: Accessor<boolean>;
  readonly setSingleKeys: (on: boolean) => void;
  /** Height of the terminal drawer, share of the window. */
  readonly drawer: Accessor<number>;
  readonly setDrawer: (share: number) => void;
}

let only: Preferences | undefined;

/** The page's preferences; read from storage on the first call. */
export function preferences(): Preferences {
  only ??= create();
  return only;
}

function create(): Preferences {
  const [theme, setTheme] = preference<Theme>("theme", ["light", "dark", "system"], "system");
  const [density, setDensity] = preference<Density>("density", ["compact", "comfortable", "present"], "compact");
  const [keys, setKeys] = preference<"on" | "off">("keys", ["on", "off"], "on");
  const [drawer, setDrawer] = createSignal(Number(remembered("drawer")) || 0.42);
  return {
    theme,
    setTheme,
    density,
    setDensity,
    singleKeys: () => keys() === "on",
    setSingleKeys: (on) => setKeys(on ? "on" : "off"),
    drawer,
    setDrawer: (share) => {
      const next = Math.max(0.15, Math.min(0.8, share));
      setDrawer(next);
      remember("drawer", next.toFixed(3));
    },
  };
}

/** Writes theme and density onto the document; tokens follow `data-theme` and `data-density`. */
export function applyPreferences(): void {
  const { theme, density } = preferences();
  const root = document.documentElement;
  if (theme() === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme();
  if (density() === "compact") delete root.dataset["density"];
  else root.dataset["density"] = density();
}
