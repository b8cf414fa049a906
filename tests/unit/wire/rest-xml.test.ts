import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../workers/model/errors.ts";
import type { HttpRequest } from "../../../workers/wire/http.ts";
import { plainRequest } from "../../../workers/wire/rest-xml.ts";
import { parseXml, type XmlElement } from "../../../workers/wire/xml-parse.ts";
import { fakeDoor, REQUEST_ID, signed, textOf, wireOver } from "./fake.ts";

const utf8 = new TextEncoder();
const request = (method: string, path: string, more: Partial<HttpRequest> & { readonly text?: string } = {}): HttpRequest => ({
  method,
  path,
  query: more.query ?? "",
  headers: { ...signed("s3"), ...more.headers },
  body: more.body ?? utf8.encode(more.text ?? ""),
});

describe("requests to S3", () => {
  it.each([
    ["GET", "/", "", "ListBuckets", {}],
    ["PUT", "/b", "", "CreateBucket", { Bucket: "b" }],
    ["HEAD", "/b", "", "HeadBucket", { Bucket: "b" }],
    ["GET", "/b/", "location=", "GetBucketLocation", { Bucket: "b" }],
    ["GET", "/b", "list-type=2&max-keys=5&prefix=a%2Fb", "ListObjectsV2", { Bucket: "b", MaxKeys: 5, Prefix: "a/b" }],
    ["GET", "/b", "policy", "GetBucketPolicy", { Bucket: "b" }],
    ["GET", "/b/a/b c", "x-id=GetObject", "GetObject", { Bucket: "b", Key: "a/b c" }],
    ["DELETE", "/b/k", "versionId=v", "DeleteObject", { Bucket: "b", Key: "k", VersionId: "v" }],
    ["GET", "/b", "", "ListObjects", {}],
    ["GET", "/b", "acl", "GetBucketAcl", {}],
    ["POST", "/b/k", "uploadId=u", "CompleteMultipartUpload", {}],
    ["PUT", "/b/k", "partNumber=1&uploadId=u", "UploadPart", {}],
  ])("%s %s?%s is %s", async (method, path, query, operation, input) => {
    const door = fakeDoor();
    const wire = await wireOver(door);
    await wire(request(method, path, { query }));
    expect(door.asked[0]).toMatchObject({ service: "s3", operation, input });
  });

  it("takes members from headers, and the body as it is", async () => {
    const door = fakeDoor();
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      "content-encoding": "gzip",
      "x-amz-meta-who": "me",
      "if-modified-since": "Wed, 21 Oct 2015 07:28:00 GMT",
    };
    const wire = await wireOver(door);
    await wire(request("PUT", "/b/k", { headers, body: new Uint8Array([31, 139, 1]) }));
    expect(door.asked[0]).toMatchObject({
      operation: "PutObject",
      input: {
        ContentType: headers["content-type"],
        ContentEncoding: "gzip",
        Metadata: { who: "me" },
        Body: new Uint8Array([31, 139, 1]),
      },
    });
    await wire(request("GET", "/b/k", { headers }));
    expect(door.asked[1]?.input["IfModifiedSince"]).toBe(Date.UTC(2015, 9, 21, 7, 28));
    await wire(request("PUT", "/b/k", { headers: { "x-amz-copy-source": "b/other" } }));
    expect(door.asked[2]?.operation).toBe("CopyObject");
  });

  it("reads the bucket from the host as well", async () => {
    const door = fakeDoor();
    const wire = await wireOver(door);
    for (const host of ["photos.localhost:4566", "photos.s3.localhost"]) await wire(request("GET", "/a/b", { headers: { host } }));
    await wire(request("GET", "/a/b", { headers: { host: "localhost:4566" } }));
    expect(door.asked.map(({ input }) => [input["Bucket"], input["Key"]])).toEqual([
      ["photos", "a/b"],
      ["photos", "a/b"],
      ["a", "b"],
    ]);
  });

  it("reads XML bodies by the model, lists without a wrapper too", async () => {
    const door = fakeDoor();
    const text = `<?xml version="1.0"?><NotificationConfiguration xmlns="x"><!-- none --><EventBridgeConfiguration/>
      <QueueConfiguration><Queue>q&amp;a</Queue><Event>s3:a</Event><Event>s3:b</Event></QueueConfiguration></NotificationConfiguration>`;
    await (await wireOver(door))(request("PUT", "/b", { query: "notification", text }));
    expect(door.asked[0]?.input).toEqual({
      Bucket: "b",
      NotificationConfiguration: { EventBridgeConfiguration: {}, QueueConfigurations: [{ QueueArn: "q&a", Events: ["s3:a", "s3:b"] }] },
    });
  });
});

describe("answers of S3", () => {
  it("writes lists as S3 does", async () => {
    const door = fakeDoor(() => ({
      Name: "b",
      IsTruncated: false,
      Contents: [{ Key: "a<b", LastModified: 0, Size: 5, ETag: '"e"' }],
      CommonPrefixes: [{ Prefix: "p/" }],
    }));
    const reply = await (await wireOver(door))(request("GET", "/b", { query: "list-type=2" }));
    expect(reply.headers["content-type"]).toBe("application/xml");
    expect(textOf(reply)).toContain(
      '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated><Contents><Key>a&lt;b</Key><LastModified>1970-01-01T00:00:00.000Z</LastModified>',
    );
    expect(textOf(reply)).toContain("<CommonPrefixes><Prefix>p/</Prefix></CommonPrefixes>");
  });

  it("sends an object's headers beside its bytes, and says when they are a part", async () => {
    const output = {
      Body: new Uint8Array([1, 2]),
      ContentLength: 2,
      LastModified: 0,
      Metadata: { who: "jo", name: "é" },
      ContentRange: "bytes 0-1/9",
    };
    const reply = await (await wireOver(fakeDoor(() => output)))(request("GET", "/b/k"));
    expect([reply.status, [...reply.body]]).toEqual([206, [1, 2]]);
    expect(reply.headers).toMatchObject({
      "content-length": "2",
      "last-modified": "Thu, 01 Jan 1970 00:00:00 GMT",
      "x-amz-meta-who": "jo",
      "x-amz-meta-name": "=?UTF-8?B?w6k=?=",
      "x-amz-request-id": REQUEST_ID,
    });
  });

  it("answers without a body where there is nothing to say", async () => {
    const reply = await (await wireOver(fakeDoor()))(request("DELETE", "/b/k"));
    expect([reply.status, reply.body.length]).toEqual([204, 0]);
  });

  it("writes errors in S3's form", async () => {
    const door = fakeDoor(() => {
      throw new ServiceError("NoSuchBucket", "The specified bucket does not exist", { status: 404, details: { BucketName: "b" } });
    });
    const reply = await (await wireOver(door))(request("GET", "/b/k"));
    expect(reply.status).toBe(404);
    expect(textOf(reply)).toContain(
      "<Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message><BucketName>b</BucketName><RequestId>",
    );
    const wire = await wireOver(fakeDoor());
    expect(textOf(await wire(request("PUT", "/b", { query: "notification", text: "<a><b></a>" })))).toContain("<Code>MalformedXML</Code>");
    expect((await wire(request("PATCH", "/b"))).status).toBe(405);
  });
});

describe("bodies in chunks", () => {
  const chunked = (parts: readonly Uint8Array[], trailer = ""): Uint8Array => {
    const pieces = parts.flatMap((part) => [utf8.encode(`${part.length.toString(16)};chunk-signature=x\r\n`), part, utf8.encode("\r\n")]);
    return Uint8Array.from([...pieces, utf8.encode(`0\r\n${trailer}\r\n`)].flatMap((piece) => [...piece]));
  };
  const headers = { "content-encoding": "aws-chunked,gzip", "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER" };

  it("are put together again, whatever is in them", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 5 }), (parts) => {
        const plain = plainRequest(request("PUT", "/b/k", { headers, body: chunked(parts, "x-amz-checksum-crc32:AAAA==\r\n") }));
        expect([...plain.body]).toEqual(parts.flatMap((part) => [...part]));
        expect(plain.headers).toMatchObject({ "content-encoding": "gzip", "x-amz-checksum-crc32": "AAAA==" });
      }),
    );
  });

  it.each(["", "5\r\nabc", "zz\r\n", "3\r\nabcX\r\n0\r\n"])("are refused when they end early or are none: %o", (text) => {
    expect(() => plainRequest(request("PUT", "/b/k", { headers, text }))).toThrow("terminated unexpectedly");
  });
});

describe("the reader of XML", () => {
  it("reads what a writer wrote", () => {
    const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.record({ name: fc.constantFrom("A", "b-c", "d.e"), children: fc.constant([]), text: fc.string({ unit: "grapheme" }) }),
        fc.record({ name: fc.constantFrom("A", "B"), children: fc.array(tie("tree"), { maxLength: 3 }), text: fc.constant("") }),
      ),
    }));
    const escaped = (text: string): string => text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&#62;" })[c] ?? c);
    const written = ({ name, children, text }: XmlElement): string =>
      `<${name}>${escaped(text)}${children.map(written).join("")}</${name}>`;
    const isSame = (element: XmlElement): void => expect(parseXml(written(element))).toEqual(element);
    fc.assert(fc.property(tree, (element) => void isSame(element)));
  });

  it.each(["", "text", "<a>", "<a></b>", "</a>", "<a/><b/>", "<a>&nope;</a>", "<a>&#x110000;</a>", "<a b=c/>", `${"<a>".repeat(40)}`])(
    "refuses %s",
    (text) => {
      expect(() => parseXml(text)).toThrow("not well-formed");
    },
  );

  it("takes CDATA, attributes, declarations and prefixes", () => {
    expect(parseXml('<?xml version="1.0"?><s:a x="1" y=\'2\'><![CDATA[<&]]><b /></s:a>')).toEqual({
      name: "a",
      children: [{ name: "b", children: [], text: "" }],
      text: "<&",
    });
  });
});
