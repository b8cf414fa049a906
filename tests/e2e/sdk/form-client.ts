/** Clients of form protocols that are no packages of this repository: their requests are written here as those send them. */
import { signed } from "../../unit/wire/fake.ts";
import { ADMIN_KEY, type Book } from "./book.ts";

type Fields = Readonly<Record<string, string>>;

export interface FormClient {
  /** Answers the XML of a success; counts in the book. */
  ok(name: string, fields?: Fields): Promise<string>;
  /** Must be refused with that code. */
  no(code: string, name: string, fields?: Fields): Promise<void>;
}

export function formClient(book: Book, service: string, version: string): FormClient {
  async function send(command: object): Promise<unknown> {
    const { fields } = command as { readonly fields: Fields };
    const headers = { ...signed(service, "us-east-1", ADMIN_KEY), "content-type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams({ ...fields, Version: version }).toString();
    const { response } = await book.settings.requestHandler.handle({ method: "POST", path: "/", headers, body });
    const parts: Buffer[] = [];
    for await (const part of response.body) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    if (response.statusCode < 400) return { text };
    throw Object.assign(new Error(text), { name: /<Code>([\w.]+)<\/Code>/.exec(text)?.[1] ?? "none" });
  }
  /** A request under the operation's name, by which the book keeps count. */
  function request(name: string, fields: Fields = {}): object {
    const command = new (Object.defineProperty(class {}, "name", { value: `${name}Command` }))();
    return Object.assign(command, { fields: { Action: name, ...fields } });
  }
  return {
    ok: async (name, fields) => String((await book.ok(send, request(name, fields)))["text"]),
    no: (code, name, fields) => book.no(send, request(name, fields), code),
  };
}

/** Text of the first element of that name. */
export const tag = (text: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? "";
