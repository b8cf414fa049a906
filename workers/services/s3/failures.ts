/** Errors of S3 in its own words (API reference, Error responses). */
import { ServiceError } from "../../model/errors.ts";

const refused =
  (code: string, status: number, message: string) =>
  (details: Readonly<Record<string, unknown>> = {}, hint?: string): ServiceError =>
    new ServiceError(code, message, { status, details, ...(hint === undefined ? {} : { hint }) });

export const noSuchBucket = (BucketName: string): ServiceError =>
  refused("NoSuchBucket", 404, "The specified bucket does not exist")({ BucketName });
export const noSuchKey = (Key: string): ServiceError => refused("NoSuchKey", 404, "The specified key does not exist.")({ Key });
/** HEAD answers have no body: all that a client sees is the status. */
export const notFound = refused("NotFound", 404, "Not Found");
export const notModified = refused("NotModified", 304, "Not Modified");
export const preconditionFailed = (Condition: string): ServiceError =>
  refused("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold")({ Condition });
export const bucketNotEmpty = (BucketName: string): ServiceError =>
  refused("BucketNotEmpty", 409, "The bucket you tried to delete is not empty")({ BucketName });
export const alreadyOwned = (BucketName: string): ServiceError =>
  refused(
    "BucketAlreadyOwnedByYou",
    409,
    "Your previous request to create the named bucket succeeded and you already own it.",
  )({ BucketName });
export const invalidBucketName = (BucketName: string): ServiceError =>
  refused(
    "InvalidBucketName",
    400,
    "The specified bucket is not valid.",
  )({ BucketName }, "3 to 63 small letters, digits, periods and hyphens; it begins and ends with a letter or digit and is no IP address.");
export const noSuchBucketPolicy = (BucketName: string): ServiceError =>
  refused("NoSuchBucketPolicy", 404, "The bucket policy does not exist")({ BucketName });
export const malformedPolicy = (message: string, hint?: string): ServiceError => refused("MalformedPolicy", 400, message)({}, hint);
export const keyTooLong = refused("KeyTooLongError", 400, "Your key is too long");
export const badDigest = (message: string): ServiceError => refused("BadDigest", 400, message)();
export const invalidDigest = refused("InvalidDigest", 400, "The Content-MD5 you specified was invalid.");
export const invalidRange = refused("InvalidRange", 416, "The requested range is not satisfiable");
export const invalidArgument = (message: string): ServiceError => refused("InvalidArgument", 400, message)();
export const notBuilt = (what: string): ServiceError =>
  new ServiceError("NotImplemented", `Nephoscope's S3 does not have ${what} yet.`, { status: 501 });
