/** Words of the widgets. */
export const UI = {
  copy: "Copy",
  copied: "Copied",
  copyFailed: "The browser did not allow copying. Select the text and copy it by hand.",
  close: "Close",
  cancel: "Cancel",
  dismiss: "Dismiss",
  changedFrom: (old: string) => `was ${old}`,
  less: (label: string) => `Less ${label}`,
  more: (label: string) => `More ${label}`,
  on: "On",
  off: "Off",
  loading: "Loading",
  stale: "Showing older data",
  tryAgain: "Try again",
  copyDetails: "Copy details",
  sortBy: "Sort by",
  rows: (count: string) => `${count} rows`,
  resize: "Resize",
  chooseFile: "Choose a file",
  counted: (n: number) => (n === 1 ? "counts (N = 1)" : `the ${n} that count (N = ${n})`),
  counts: "counts",
  spare: "spare",
  showAll: (lines: string) => `Show all ${lines} lines`,
  notifications: "Notifications",
  details: "Details",
  bug: "This is a defect of Nephoscope, not of your input.",
} as const;

/** A cell of an evaluation: glyph, word, sentence. */
export const CELL_WORDS = {
  breach: { word: "breach", sentence: "breaching" },
  good: { word: "good", sentence: "not breaching" },
  filled: { word: "filled", sentence: "missing, filled by the missing data treatment" },
  missing: { word: "missing", sentence: "missing" },
  spare: { word: "spare", sentence: "read but not counted" },
} as const;

/** AWS's own words for the three states of an alarm. */
export const STATE_WORDS = { OK: "OK", ALARM: "In alarm", INSUFFICIENT_DATA: "Insufficient data" } as const;
