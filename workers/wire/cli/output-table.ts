/**
 * The CLI's table output: sections one inside the other, each with its title, its header row and its rows; all columns of
 * a section are scaled to the width of the widest section. When that is wider than the terminal, sections of one row
 * stand upright (a line per member).
 */
import type { Printable } from "./printable.ts";
import { scalarText } from "./python-text.ts";

type IsFloat = Printable["isFloat"];

interface Section {
  title: string;
  indent: number;
  headers: readonly string[];
  rows: (readonly string[])[];
  widths: number[];
}

/** `title` is the operation's AWS name; empty answers print nothing. */
export function tableText(title: string, value: unknown, isFloat: IsFloat, terminalWidth: number): string {
  const sections: Section[] = [];
  if (!build(sections, title, value, 0, isFloat)) return "";
  let width = maxWidth(sections);
  if (width > terminalWidth) {
    for (const section of sections) standUpright(section);
    width = maxWidth(sections);
  }
  const lines = ["-".repeat(width)];
  for (const section of sections) renderSection(lines, section, width);
  return lines.map((line) => `${line}\n`).join("");
}

function build(sections: Section[], title: string | undefined, current: unknown, indent: number, isFloat: IsFloat): boolean {
  if (isEmpty(current)) return false;
  if (title !== undefined) sections.push({ title, indent, headers: [], rows: [], widths: [] });
  const str = (value: unknown, container: object | undefined, key: string | number): string =>
    scalarText(value, (number) => isFloat(number, container, key));
  const last = (): Section => sections[sections.length - 1]!;
  if (Array.isArray(current)) {
    if (isObject(current[0])) buildList(sections, title, current, indent, isFloat);
    else {
      current.forEach((item, index) => {
        if (!isContainer(item)) addRow(last(), [str(item, current, index)]);
        else if (Array.isArray(item) && item.every((each) => !isContainer(each)))
          addRow(
            last(),
            item.map((each, at) => str(each, item, at)),
          );
        else build(sections, undefined, item, indent, isFloat);
      });
    }
  } else if (isObject(current)) {
    const { scalars, rest } = grouped([current]);
    if (scalars.length === 1) addRow(last(), [scalars[0]!, str(current[scalars[0]!], current, scalars[0]!)]);
    else if (scalars.length > 1) {
      addHeaders(last(), scalars);
      addRow(
        last(),
        scalars.map((name) => str(current[name], current, name)),
      );
    }
    for (const name of rest) build(sections, name, current[name], indent + 1, isFloat);
  }
  return true;
}

function buildList(sections: Section[], title: string | undefined, items: readonly unknown[], indent: number, isFloat: IsFloat): void {
  const objects = items.filter(isObject);
  const { scalars, rest } = grouped(objects);
  addHeaders(sections[sections.length - 1]!, scalars);
  objects.forEach((item, index) => {
    if (index > 0 && rest.length > 0) {
      sections.push({ title: title ?? "", indent, headers: [], rows: [], widths: [] });
      addHeaders(sections[sections.length - 1]!, scalars);
    }
    const cells = scalars.map((name) => (Object.hasOwn(item, name) ? scalarText(item[name], (number) => isFloat(number, item, name)) : ""));
    addRow(sections[sections.length - 1]!, cells);
    for (const name of rest) if (Object.hasOwn(item, name)) build(sections, name, item[name], indent + 1, isFloat);
  });
}

function grouped(items: readonly Readonly<Record<string, unknown>>[]): { scalars: string[]; rest: string[] } {
  const scalars = new Set<string>();
  const rest = new Set<string>();
  for (const item of items) for (const [name, value] of Object.entries(item)) (isContainer(value) ? rest : scalars).add(name);
  return { scalars: [...scalars].sort(), rest: [...rest].sort() };
}

function addHeaders(section: Section, headers: readonly string[]): void {
  section.headers = headers;
  widen(section, headers);
}

function addRow(section: Section, row: readonly string[]): void {
  section.rows.push(row);
  widen(section, row);
}

function widen(section: Section, row: readonly string[]): void {
  row.forEach((cell, index) => {
    section.widths[index] = Math.max(section.widths[index] ?? 0, textWidth(cell));
  });
}

function standUpright(section: Section): void {
  const row = section.rows[0];
  if (section.rows.length !== 1 || row === undefined || section.headers.length === 0) return;
  const headers = section.headers;
  section.headers = [];
  section.rows = [];
  section.widths = [];
  headers.forEach((header, index) => {
    addRow(section, [header, row[index] ?? ""]);
  });
}

/** Every cell has two spaces on both sides; the outermost border takes two more, each level of indent two. */
function maxWidth(sections: readonly Section[]): number {
  let widest = 0;
  for (const section of sections) {
    const cells = section.widths.reduce((sum, width) => sum + width + 4, 0) + 2 + 2 * section.indent;
    widest = Math.max(widest, textWidth(section.title) + 2 + 2 * section.indent, cells);
  }
  return widest;
}

function scaledWidths(section: Section, width: number): readonly number[] {
  const natural = section.widths.map((each) => each + 4);
  const sum = natural.reduce((total, each) => total + each, 0);
  if (sum === 0) return natural;
  const scale = width / sum;
  const scaled = natural.map((each) => roundHalfEven(scale * each));
  let off = scaled.reduce((total, each) => total + each, 0) - width;
  while (off !== 0) {
    const order = scaled.map((_, index) => (off > 0 ? index : scaled.length - 1 - index));
    for (const index of order) {
      scaled[index] = scaled[index]! + (off > 0 ? -1 : 1);
      off += off > 0 ? -1 : 1;
      if (off === 0) break;
    }
  }
  return scaled;
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

function renderSection(lines: string[], section: Section, fullWidth: number): void {
  const bars = "|".repeat(section.indent);
  const push = (line: string): void => {
    lines.push(`${bars}${line}${bars}`);
  };
  const width = fullWidth - 2 * section.indent;
  if (section.title !== "") {
    push(centered(section.title, width, "|"));
    if (section.headers.length === 0 && section.rows.length === 0) push(`+${"-".repeat(Math.max(0, width - 2))}+`);
  }
  if (section.headers.length === 0 && section.rows.length === 0) return;
  const widths = scaledWidths(section, width);
  const rule = widths
    .map((each, index) => (index === 0 ? `+${"-".repeat(Math.max(0, each - 2))}+` : `${"-".repeat(Math.max(0, each - 1))}+`))
    .join("");
  if (section.headers.length > 0) {
    push(rule);
    push(section.headers.map((header, index) => centered(header, widths[index] ?? 0, index === 0 ? "|" : "")).join(""));
  }
  if (section.rows.length === 0) return;
  push(rule);
  for (const row of section.rows) push(row.map((cell, index) => leftAligned(cell, widths[index] ?? 0, index === 0 ? "|" : "")).join(""));
  push(rule);
}

function centered(text: string, width: number, left: string): string {
  const size = textWidth(text);
  const before = Math.floor(width / 2) - Math.floor(size / 2) - 1;
  const start = `${left}${" ".repeat(Math.max(0, before))}${text}`;
  const after = width - 1 - (left.length + before + size);
  return `${start}${" ".repeat(Math.max(0, after))}|`;
}

function leftAligned(text: string, width: number, left: string): string {
  const size = textWidth(text);
  const padding = width - (size + 2 + left.length + 1) >= 0 ? 2 : 0;
  const after = width - left.length - padding - size - 1;
  return `${left}${" ".repeat(padding)}${text}${" ".repeat(Math.max(0, after))}|`;
}

/** Columns a text takes: East Asian wide and fullwidth characters take two. */
function textWidth(text: string): number {
  let width = 0;
  for (const ch of text)
    width +=
      /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u.test(
        ch,
      )
        ? 2
        : 1;
  return width;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "" || value === 0 || value === false) return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isContainer(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
