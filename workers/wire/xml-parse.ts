/** As much of XML as requests to S3 hold: elements, text, entities, CDATA. Attributes, comments and declarations are passed over. */
import { ServiceError } from "../model/errors.ts";

export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** Text directly in it, entities resolved. */
  readonly text: string;
}

/** No request nests further. */
const DEEPEST = 32;

const malformed = (): ServiceError =>
  new ServiceError("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function resolved(text: string): string {
  return text.replace(/&([^;&]*);?/g, (whole, name: string) => {
    const [, hex, decimal] = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name) ?? [];
    const code = hex !== undefined ? Number.parseInt(hex, 16) : decimal !== undefined ? Number(decimal) : undefined;
    const found = code === undefined ? ENTITIES[name] : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
    if (found === undefined || !whole.endsWith(";")) throw malformed();
    return found;
  });
}

interface Open {
  readonly name: string;
  readonly children: XmlElement[];
  text: string;
}

/** One tag, comment, declaration or CDATA section at the place of `lastIndex`. */
const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;

/** The root element. Throws MalformedXML. Names lose their prefix. */
export function parseXml(text: string): XmlElement {
  const stack: Open[] = [{ name: "", children: [], text: "" }];
  let at = 0;
  while (at < text.length) {
    const top = stack.at(-1) as Open;
    const next = text.indexOf("<", at);
    const end = next < 0 ? text.length : next;
    if (end > at) top.text += resolved(text.slice(at, end));
    if (next < 0) break;
    TOKEN.lastIndex = next;
    const token = TOKEN.exec(text);
    if (token === null) throw malformed();
    const [, data, closing, opening, , empty] = token;
    if (data !== undefined) top.text += data;
    if (closing !== undefined) close(stack, local(closing));
    if (opening !== undefined) {
      if (stack.length > DEEPEST) throw malformed();
      stack.push({ name: local(opening), children: [], text: "" });
      if (empty === "/") close(stack, local(opening));
    }
    at = TOKEN.lastIndex;
  }
  const [{ children, text: outside }] = stack as [Open];
  const [root] = children;
  if (stack.length > 1 || root === undefined || children.length > 1 || outside.trim() !== "") throw malformed();
  return root;
}

const local = (name: string): string => name.slice(name.indexOf(":") + 1);

function close(stack: Open[], name: string): void {
  const done = stack.pop();
  const parent = stack.at(-1);
  if (done === undefined || parent === undefined || done.name !== name) throw malformed();
  parent.children.push(done);
}
