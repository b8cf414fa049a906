import { describe, expect, it } from "vitest";
import { storyOf } from "../../../../src/panels/home/story.ts";

describe("the story", () => {
  it("tells state changes, deeds with what they were done to, refusals and mails, newest first", () => {
    const lines = storyOf(
      [{ AlarmName: "failing", Timestamp: 400, HistorySummary: "Alarm updated from INSUFFICIENT_DATA to ALARM" }],
      [
        {
          eventName: "PutMetricAlarm",
          eventTime: 100,
          userName: "developer",
          errorCode: "",
          record: { requestParameters: { alarmName: "failing" } },
        },
        {
          eventName: "PutMetricFilter",
          eventTime: 200,
          userName: "developer",
          errorCode: "InvalidParameterException",
          record: { requestParameters: { filterName: "f", logGroupName: "g" } },
        },
        {
          eventName: "Subscribe",
          eventTime: 250,
          userName: "",
          errorCode: "",
          record: { requestParameters: { topicArn: "arn:aws:sns:us-east-1:123456789012:pager" } },
        },
        { eventName: "CreateTopic", eventTime: 260, userName: "admin", errorCode: "", record: { requestParameters: null } },
      ],
      [{ kind: "notification", time: 300, to: "a@example.com", subject: "ALARM" }],
      (name) => `/alarms/${name}`,
    );
    expect(lines.map((line) => line.text)).toEqual([
      "failing: insufficient data → in alarm",
      "mail to a@example.com: ALARM",
      "admin: CreateTopic",
      "agent: Subscribe pager",
      "developer: PutMetricFilter refused (InvalidParameterException) f",
      "developer: PutMetricAlarm failing",
    ]);
    expect(lines[0]).toMatchObject({ path: "/alarms/failing", hue: "c-alarm" });
  });

  it("keeps cause before effect within one moment: evaluation, calls in order, what each set off", () => {
    const call = (eventName: string, requestParameters = {}) => ({
      eventName,
      eventTime: 720,
      userName: "developer",
      errorCode: "",
      record: { requestParameters },
    });
    const change = (from: string, to: string) => ({
      AlarmName: "cpu",
      Timestamp: 720,
      HistorySummary: `Alarm updated from ${from} to ${to}`,
    });
    const lines = storyOf(
      [change("OK", "ALARM"), change("ALARM", "OK")],
      [call("DeleteTopic"), call("SetAlarmState", { alarmName: "cpu" }), call("CreateQueue", { queueName: "q" })],
      [{ kind: "notification", time: 720, to: "a@example.com", subject: "ALARM: cpu" }],
      (name) => `/alarms/${name}`,
    );
    expect(lines.map((line) => line.text)).toEqual([
      "developer: DeleteTopic",
      "mail to a@example.com: ALARM: cpu",
      "cpu: OK → in alarm",
      "developer: SetAlarmState cpu",
      "developer: CreateQueue q",
      "cpu: in alarm → OK",
    ]);
  });
});
