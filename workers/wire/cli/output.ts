/** The three ways the CLI prints an answer. */

import { tableText } from "./output-table.ts";
import type { Printable } from "./printable.ts";
import { floatText, integerText, scalarText } from "./python-text.ts";

export type IsFloat = Printable["isFloat"];

/** Text for standard output, with its line end; empty where the CLI prints nothing. */
export function render(format: "json" | "text" | "table", operation: string, value: unknown, isFloat: IsFloat, width = 80): string {
  if (format === "text") return renderText(value, isFloat);
  if (format === "table") return tableText(operation, value, isFloat, width);
  if (isObject(value) && Object.keys(value).length === 0) return "";
  return `${renderJson(value, isFloat, undefined, "", "")}\n`;
}

/** JSON with four spaces; floats keep their point. */
export function renderJson(value: unknown, isFloat: IsFloat, container: object | undefined, key: string | number, indent: string): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "number") return isFloat(value, container, key) ? floatText(value) : integerText(value);
  if (typeof value !== "object") return JSON.stringify(value);
  const deeper = `${indent}    `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    const items = value.map((each, index) => deeper + renderJson(each, isFloat, value, index, deeper));
    return `[\n${items.join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return "{}";
  const members = entries.map(([name, each]) => `${deeper}${JSON.stringify(name)}: ${renderJson(each, isFloat, value, name, deeper)}`);
  return `{\n${members.join(",\n")}\n${indent}}`;
}

/** Tab separated lines: scalars of a structure on one line in order of name, each list below under its name in capitals. */
export function renderText(value: unknown, isFloat: IsFloat): string {
  const lines: string[] = [];
  const str = (each: unknown, container: object | undefined, key: string | number): string =>
    scalarText(each, (number) => isFloat(number, container, key));

  const write = (
    item: unknown,
    name: string | undefined,
    keys: readonly string[] | undefined,
    container: object | undefined,
    key: string | number,
  ): void => {
    if (isObject(item)) structure(item, name, keys);
    else if (Array.isArray(item)) list(item, name);
    else lines.push(str(item, container, key));
  };
  const structure = (item: Readonly<Record<string, unknown>>, name: string | undefined, keys: readonly string[] | undefined): void => {
    const names = Object.keys(item).sort();
    const scalars = keys ?? names.filter((each) => !isContainer(item[each]));
    const cells = scalars.map((each) => (Object.hasOwn(item, each) ? str(item[each], item, each) : ""));
    if (cells.length > 0) lines.push([...(name === undefined ? [] : [name.toUpperCase()]), ...cells].join("\t"));
    for (const each of names) if (!scalars.includes(each)) write(item[each], each, undefined, item, each);
  };
  const list = (items: readonly unknown[], name: string | undefined): void => {
    if (items.length === 0) return;
    if (items.some(isObject)) {
      const keys = [
        ...new Set(items.filter(isObject).flatMap((item) => Object.keys(item).filter((key) => !isContainer(item[key])))),
      ].sort();
      items.forEach((item, index) => {
        write(item, name, keys, items, index);
      });
    } else if (items.some(Array.isArray)) {
      const scalars = items.filter((item) => !isContainer(item));
      if (scalars.length > 0) scalarList(scalars, name);
      for (const item of items) if (isContainer(item)) write(item, name, undefined, items, 0);
    } else scalarList(items, name);
  };
  const scalarList = (items: readonly unknown[], name: string | undefined): void => {
    const texts = items.map((item, index) => str(item, items, index));
    if (name === undefined) lines.push(texts.join("\t"));
    else for (const text of texts) lines.push(`${name.toUpperCase()}\t${text}`);
  };

  write(value, undefined, undefined, undefined, "");
  return lines.map((line) => `${line}\n`).join("");
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isContainer(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
