/** Words of the shell. */
import { PAGES } from "./pages.ts";

export const APP = {
  name: "Nephoscope",
  skip: "Skip to content",
  breadcrumb: "Breadcrumb",
  services: "Services",
  search: "Search",
  timeRange: "Time range",
  earlier: "Earlier",
  later: "Later",
  followsClock: "Up to now; moves with the clock",
  standsStill: "From and to; stands still",
  from: "From",
  to: "To",
  utc: "Account time, UTC",
  apply: "Apply",
  badMoment: "Write a moment as 2026-03-12 09:20.",
  badRange: "The end must come after the start.",
  region: (name: string, id: string) => `Region: ${name} ${id}`,
  identity: (name: string) => `Identity: ${name}`,
  share: "Share",
  help: "Help",
  keyboard: "Keyboard",
  about: "About Nephoscope",
  fidelity: "What is built",
  more: "More",
  back: "Back",
  accountTime: "account time",
  clock: "Account clock",
  clockMore: "Speed, undo and more of the clock",
  ruler: "Account time",
  stepBack: "Step back one minute",
  stepOn: "Step forward one minute",
  play: "Play",
  pause: "Pause",
  speed: "Speed",
  keeps: (speed: string) => `keeps ${speed}`,
  nextEvent: "Next event",
  nextEventWhy: "Run until an alarm changes its state, mail comes, an event passes the bus or a replay ends",
  stoppedAt: (time: string, what: string, more: number) =>
    `${time}: ${what}${more === 0 ? "" : more === 1 ? ", and one thing more" : `, and ${more} things more`}.`,
  noNews: (time: string) => `Nothing happened in an hour. The clock stands at ${time}; ask again to run on.`,
  stopped: (time: string) => `Stopped. The clock stands at ${time}.`,
  nothingPlanned: "Nothing is planned: no alarm waits for data and no file is replayed. The clock was left alone.",
  rewindTo: (time: string) => `Rewind to ${time}`,
  lastRequest: "Last request",
  noRequest: "Every click is an aws line. The last one stands here.",
  openTerminal: "Open terminal",
  closeTerminal: "Close terminal",
  terminal: "Terminal",
  terminalNote: (identity: string, region: string) => `${identity}, ${region}. Lines run in the simulated account; no key is needed.`,
  terminalMissing: "The terminal is not there yet.",
  resizeTerminal: "Resize the terminal",
  pageMissing: "This page is not there yet",
  pageMissingWhy: "It belongs to the console, but this build does not have it.",
  notFound: "There is no such page",
  notFoundWhy: (path: string) => `Nothing stands at ${path}.`,
  home: "Go home",
  pageBroken: "This page could not be drawn",
  drop: "Drop the file to look at it here",
  dropWhy: "It stays in this browser.",
  starting: "Opening the account",
  workerBroken: "The account's engine stopped. Reload the page: what was acknowledged is kept.",
  reload: "Reload",
  linkFailed: "The link could not be opened",
  openedMemory: "Nothing can be stored here, so this account lives only as long as the page is open.",
  sameNumbers: "Opened. Same numbers as the sender.",
  otherNumbers: "Opened, but some numbers differ from the sender's.",
  opened: "The link is open. It stands beside your own work, not over it.",
  missingFiles: (names: string) => `This account lacks ${names}. Home has a place to drop it.`,
  alarmsNow: (n: number) => (n === 0 ? "No alarm is in ALARM." : `${n} ${n === 1 ? "alarm is" : "alarms are"} in ALARM.`),
  unread: "unread",
  keepMoment: (moment: string) => `Pin ${moment}`,
  keepMomentWhy: "Keeps this moment on every page: a line on graphs, between rows, on the ruler",
  unpin: (moment: string) => `Unpin ${moment}`,
  unpinWhy: "Lets go of the pinned moment on every page",
  onlyMinute: (minute: string) => `Only ${minute}`,
  onlyMinuteWhy: "Only the minute of the pinned moment",
  sameMinute: (minute: string) => `${minute} on`,
  alarmCount: (n: number) => `${n} in ALARM`,
} as const;

/** A link names its files; their bytes do not travel in it. */
export const MISSING = {
  title: (name: string, size: string) => `This account lacks ${name} (${size})`,
  why: "It was made with this file, and a link carries only the file's name and checksum.",
  until: (groups: readonly string[]) =>
    groups.length === 0
      ? "Until it is here its lines are missing, and so is all that was made of them: metrics, alarm states, mails. The state hash differs from the sender's."
      : `Until it is here ${groups.join(" and ")} ${groups.length === 1 ? "has" : "have"} none of its lines, and all that was made of them is missing too: metrics, alarm states, mails. Commands that need the log group are refused. The state hash differs from the sender's.`,
  drop: (name: string) => `Drop ${name} here`,
  taking: "Taking it in",
  supplied: (name: string, isSame: boolean | undefined) =>
    isSame === undefined
      ? `${name} is here now. The account was built again with it.`
      : isSame
        ? `${name} is here now. Same numbers as the sender.`
        : `${name} is here now, but some numbers still differ from the sender's.`,
} as const;

const commands = (n: number): string => (n === 1 ? "1 command" : `${n} commands`);
const are = (n: number): string => `${commands(n)} ${n === 1 ? "is" : "are"}`;

/** Undo, redo, rewinding. */
export const PAST = {
  undo: "Undo",
  redo: "Redo",
  undoOf: (line: string) => `Undo: ${line}`,
  redoOf: (line: string) => `Redo: ${line}`,
  undone: (line: string) => `Undone: ${line}`,
  redone: (line: string) => `Done again: ${line}`,
  nothingToUndo: "There is no command to take back.",
  nothingToRedo: "There is no command to do again.",
  redoBlocked: "Something was done since. Bringing back makes the two change places.",
  rewind: "Rewind",
  rewindTitle: (time: string) => `Rewind to ${time}?`,
  wouldSetAside: (n: number, time: string) =>
    `${commands(n)} after ${time} ${n === 1 ? "is" : "are"} set aside; you can bring ${n === 1 ? "it" : "them"} back.`,
  wouldForget: (n: number) => `${are(n)} set aside already, from another branch. ${n === 1 ? "It is" : "They are"} then gone for good.`,
  rewound: (time: string, n: number) => `The account stands at ${time} again.${n === 0 ? "" : ` ${are(n)} set aside.`}`,
  setAside: (n: number) => `${are(n)} set aside`,
  chip: (n: number) => `${n} set aside`,
  see: "See",
  why: "Undo and rewinding set these aside. Bringing back runs them again, each at its own moment.",
  nothingAside: "Nothing is set aside.",
  sinceGoes: (n: number) => `${commands(n)} done since ${n === 1 ? "is" : "are"} then set aside in turn:`,
  more: (n: number) => `and ${n} more`,
  redoOne: "Redo the next",
  bringBack: "Bring back",
  broughtBack: (time: string, n: number) => `Brought back. The account stands at ${time}.${n === 0 ? "" : ` ${are(n)} set aside instead.`}`,
} as const;

export const PALETTE = {
  title: "Command palette",
  placeholder: "Search pages, resources, actions",
  goTo: "Go to",
  moments: "In time",
  actions: "Do",
  past: "Past",
  none: "Nothing matches. Press Enter on an aws line to run it.",
  move: "move",
  open: "open",
  asLine: "as aws line",
  commandsOnly: "commands only",
  momentsOnly: "moments",
} as const;

export const SHARE = {
  title: "Share this account",
  making: "Making the link",
  link: "Link",
  length: (n: string) => `${n} characters. Everything is in the link; nothing is uploaded.`,
  files: "The link does not carry these files. Who opens it drops the same file there, or you send the scenario file.",
  hash: "State hash",
  download: "Download scenario file",
  withFiles: "With the files",
} as const;

export const KEYS = {
  title: "Keyboard",
  off: "Single-key shortcuts can be switched off in Settings.",
  groups: [
    {
      label: "Anywhere",
      keys: [
        ["Ctrl K", "Search and commands"],
        ["Ctrl `", "Terminal"],
        ["?", "This list"],
        ["Ctrl Z", "Undo the last command"],
        ["Ctrl Shift Z", "Redo"],
        ["g then a letter", `Go to a page: ${PAGES.map(({ key, label }) => `${key} ${label}`).join(", ")}`],
      ],
    },
    {
      label: "Clock",
      keys: [
        ["k", "Play or pause"],
        [".", "Step forward one minute"],
        [",", "Step back one minute"],
        ["e", "Run to the next event"],
        ["Space", "Play or pause, when the clock has the focus"],
      ],
    },
    {
      label: "Charts",
      keys: [
        ["← →", "Move the cursor (Shift: by five)"],
        ["↑ ↓", "Change the series"],
        ["Enter", "Pin the cursor"],
        ["Esc", "Leave"],
      ],
    },
    {
      label: "Log events",
      keys: [
        ["n or F3", "Next line that matches"],
        ["N or Shift F3", "Previous line that matches"],
      ],
    },
    {
      label: "Tables and trees",
      keys: [
        ["↑ ↓", "Move"],
        ["Enter", "Open"],
        ["← →", "Close and open a branch"],
      ],
    },
  ],
} as const;
