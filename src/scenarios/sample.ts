/** What is known about the sample log without making it: its name, and what tells it from any other file. */
export const SAMPLE_NAME = "corner-shop-checkout.log";
/** SHA-256 of the text that `sampleLog()` makes; links name a file by it. */
export const SAMPLE_SHA256 = "a7832e3eefc98e6af2a41bb4d8939252a22b553b82803c9e03474b650e27cd16";

/** The sample as a file, made on the spot. */
export async function sampleFile(): Promise<File> {
  const { sampleLog } = await import("./sample-log.ts");
  return new File([sampleLog()], SAMPLE_NAME, { type: "text/plain" });
}
