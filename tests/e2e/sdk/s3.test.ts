/** S3's client is no package of this repository: its requests are written here as it sends them. */
import { describe, expect, it } from "vitest";
import { signed } from "../../unit/wire/fake.ts";
import { openBook } from "./book.ts";

const book = await openBook();

interface Wanted {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function send(command: object): Promise<unknown> {
  const wanted = command as Wanted;
  const { response } = await book.settings.requestHandler.handle({ ...wanted, headers: { ...signed("s3"), ...wanted.headers } });
  const parts: Buffer[] = [];
  for await (const part of response.body) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  if (response.statusCode < 400) return { status: response.statusCode, text, headers: response.headers };
  throw Object.assign(new Error(text), { name: /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? "none" });
}

/** A request under the operation's name, by which the book keeps count. */
function request(name: string, method: string, path: string, more: Partial<Wanted> = {}): object {
  const command = new (Object.defineProperty(class {}, "name", { value: `${name}Command` }))();
  return Object.assign(command, { method, path, ...more });
}
const ok = (...asked: Parameters<typeof request>) => book.ok(send, request(...asked));
const no = (code: string, ...asked: Parameters<typeof request>) => book.no(send, request(...asked), code);

const POLICY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::photos/*"}]}';

describe("S3 at the wire", () => {
  it("makes buckets and their settings", async () => {
    expect((await ok("CreateBucket", "PUT", "/photos"))["status"]).toBe(200);
    await no("InvalidBucketName", "CreateBucket", "PUT", "/Photos");
    expect((await ok("ListBuckets", "GET", "/"))["text"]).toContain("<Bucket><Name>photos</Name>");
    await no("InvalidArgument", "ListBuckets", "GET", "/", { query: { "continuation-token": "?" } });
    expect((await ok("HeadBucket", "HEAD", "/photos"))["headers"]).toMatchObject({ "x-amz-bucket-region": "us-east-1" });
    await no("NotFound", "HeadBucket", "HEAD", "/nobody");
    expect((await ok("GetBucketLocation", "GET", "/photos", { query: { location: "" } }))["text"]).toContain("<LocationConstraint xmlns=");
    await no("NoSuchBucket", "GetBucketLocation", "GET", "/nobody", { query: { location: "" } });
    const policy = { query: { policy: "" } };
    await no("NoSuchBucketPolicy", "GetBucketPolicy", "GET", "/photos", policy);
    await ok("PutBucketPolicy", "PUT", "/photos", { ...policy, body: POLICY });
    await no("MalformedPolicy", "PutBucketPolicy", "PUT", "/photos", { ...policy, body: "x" });
    expect((await ok("GetBucketPolicy", "GET", "/photos", policy))["text"]).toBe(POLICY);
    expect((await ok("DeleteBucketPolicy", "DELETE", "/photos", policy))["status"]).toBe(204);
    await no("NoSuchBucket", "DeleteBucketPolicy", "DELETE", "/nobody", policy);
    const body = "<NotificationConfiguration><EventBridgeConfiguration/></NotificationConfiguration>";
    const notification = { query: { notification: "" } };
    await ok("PutBucketNotificationConfiguration", "PUT", "/photos", { ...notification, body });
    await no("MalformedXML", "PutBucketNotificationConfiguration", "PUT", "/photos", { ...notification, body: "<a>" });
    const told = await ok("GetBucketNotificationConfiguration", "GET", "/photos", notification);
    expect(told["text"]).toContain("<EventBridgeConfiguration/>");
    await no("NoSuchBucket", "GetBucketNotificationConfiguration", "GET", "/nobody", notification);
  });

  it("puts, gets, lists and deletes objects", async () => {
    await ok("PutObject", "PUT", "/photos/a/b.txt", { body: "hello", headers: { "content-type": "text/plain" } });
    await no("NoSuchBucket", "PutObject", "PUT", "/nobody/k");
    expect(await ok("GetObject", "GET", "/photos/a/b.txt")).toMatchObject({ text: "hello", headers: { "content-type": "text/plain" } });
    await no("NoSuchKey", "GetObject", "GET", "/photos/none");
    expect((await ok("HeadObject", "HEAD", "/photos/a/b.txt"))["headers"]).toMatchObject({ "content-length": "5" });
    await no("NotFound", "HeadObject", "HEAD", "/photos/none");
    expect((await ok("ListObjectsV2", "GET", "/photos", { query: { "list-type": "2" } }))["text"]).toContain("<Key>a/b.txt</Key>");
    await no("NoSuchBucket", "ListObjectsV2", "GET", "/nobody", { query: { "list-type": "2" } });
    await no("BucketNotEmpty", "DeleteBucket", "DELETE", "/photos");
    expect((await ok("DeleteObject", "DELETE", "/photos/a/b.txt"))["status"]).toBe(204);
    await no("NoSuchBucket", "DeleteObject", "DELETE", "/nobody/k");
    await ok("DeleteBucket", "DELETE", "/photos");
  });

  it("has shown every operation", () => book.complete("s3"));
});
