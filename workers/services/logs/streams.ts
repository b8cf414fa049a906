/** Log streams: CreateLogStream, DeleteLogStream, DescribeLogStreams. */
import { ServiceError } from "../../model/errors.ts";
import type {
  CreateLogStreamRequest,
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
  LogStream,
} from "../../model/generated/logs.ts";
import type { Context } from "../contract.ts";
import {
  existingGroup,
  existingStream,
  type GroupDoc,
  groupKey,
  groupNamed,
  idIn,
  type StreamDoc,
  streamArn,
  streamDocs,
  withPrefix,
} from "./documents.ts";
import { invalidParameter } from "./failures.ts";
import { pageOf, sequenceToken } from "./tokens.ts";

export function createLogStream(ctx: Context, input: CreateLogStreamRequest): Record<string, never> {
  const { logGroupName, logStreamName } = input;
  existingGroup(ctx, logGroupName);
  const streams = streamDocs(ctx);
  const id = idIn(logGroupName, logStreamName);
  if (streams.has(id)) throw new ServiceError("ResourceAlreadyExistsException", "The specified log stream already exists");
  streams.put(id, { logStreamName, creationTime: ctx.now });
  return {};
}

export function deleteLogStream(ctx: Context, input: CreateLogStreamRequest): Record<string, never> {
  const { logGroupName, logStreamName } = input;
  existingGroup(ctx, logGroupName);
  existingStream(ctx, logGroupName, logStreamName);
  streamDocs(ctx).delete(idIn(logGroupName, logStreamName));
  ctx.logs.deleteStream(groupKey(ctx, logGroupName), logStreamName);
  return {};
}

export function describeLogStreams(ctx: Context, input: DescribeLogStreamsRequest): DescribeLogStreamsResponse {
  const { logStreamNamePrefix, orderBy = "LogStreamName", descending = false } = input;
  // Seen on AWS: this operation words it under another code than the reading operations do.
  const group = groupNamed(
    ctx,
    input,
    () => new ServiceError("ValidationException", "LogGroup name and LogGroup ARN are mutually exclusive parameters."),
  );
  const isByTime = orderBy === "LastEventTime";
  if (isByTime && logStreamNamePrefix !== undefined) throw invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
  const key = groupKey(ctx, group.logGroupName);
  const streams = withPrefix(streamDocs(ctx), `${group.logGroupName}:${logStreamNamePrefix ?? ""}`);
  // A text to sort and page by: streams without events come before all others.
  const sortKey = ({ logStreamName }: StreamDoc): string => {
    if (!isByTime) return logStreamName;
    return `${String(ctx.logs.stats(key, logStreamName)?.lastTimestamp ?? -1).padStart(15, "0")} ${logStreamName}`;
  };
  const sorted = streams.map((stream) => ({ stream, by: sortKey(stream) }));
  sorted.sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0));
  const owner = JSON.stringify(["DescribeLogStreams", group.logGroupName, logStreamNamePrefix, orderBy, descending]);
  const answer = (page: readonly { readonly stream: StreamDoc }[], nextToken: string | undefined): DescribeLogStreamsResponse => ({
    logStreams: page.map(({ stream }) => describedStream(ctx, group, stream)),
    ...(nextToken === undefined ? {} : { nextToken }),
  });
  if (!descending) {
    const { page, nextToken } = pageOf(owner, sorted, ({ by }) => by, input, ctx.now);
    return answer(page, nextToken);
  }
  // The same paging walks downwards when every character of the key is mirrored.
  sorted.reverse();
  const { page, nextToken } = pageOf(owner, sorted, ({ by }) => mirrored(by), input, ctx.now);
  return answer(page, nextToken);
}

/** A text that sorts the other way round; U+FFFF closes it, so that a prefix comes after what it begins. */
const mirrored = (text: string): string =>
  `${[...text.split("")].map((unit) => String.fromCharCode(0xfffe - unit.charCodeAt(0))).join("")}\uffff`;

function describedStream(ctx: Context, group: GroupDoc, stream: StreamDoc): LogStream {
  const { logStreamName, creationTime } = stream;
  const stats = ctx.logs.stats(groupKey(ctx, group.logGroupName), logStreamName);
  return {
    logStreamName,
    creationTime,
    ...(stats === undefined
      ? {}
      : {
          firstEventTimestamp: stats.firstTimestamp,
          lastEventTimestamp: stats.lastTimestamp,
          lastIngestionTime: stats.lastIngestion,
          uploadSequenceToken: sequenceToken(group.logGroupName, logStreamName, stats.events),
        }),
    arn: streamArn(ctx, group.logGroupName, logStreamName),
    storedBytes: 0,
  };
}
