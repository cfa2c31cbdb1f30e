import { createServer, type IncomingMessage, request } from "node:http";
import type { Running } from "./server";

/** Topics of identities, by type. */
export type Topics = Readonly<Record<string, Readonly<Partial<Record<"Bounce" | "Complaint" | "Delivery", string>>>>>;

/**
 * Stands in front of an emulator that has no `GetIdentityNotificationAttributes`, and answers that call; every other
 * one goes on. Tells the actions that come through, of the services that name them in the body or a header.
 * @param onAction may hold a call up
 */
export async function answerNotifications(
  emulator: string,
  topics: Topics,
  onAction: (action: string) => void | Promise<void> = () => {},
): Promise<Running> {
  const server = createServer(async (incoming, outgoing) => {
    const body = await bodyOf(incoming);
    const form = new URLSearchParams(body.toString());
    const target = incoming.headers["x-amz-target"];
    await onAction(form.get("Action") ?? (typeof target === "string" ? (target.split(".").at(-1) ?? "") : ""));
    if (form.get("Action") === "GetIdentityNotificationAttributes") {
      outgoing.writeHead(200, { "content-type": "text/xml" }).end(attributes(form, topics));
      return;
    }
    const { method, url = "/", headers } = incoming;
    const onward = request(new URL(url, emulator), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    // A call that waits ends with its caller.
    outgoing.on("close", () => onward.destroy());
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function attributes(form: URLSearchParams, topics: Topics): string {
  const names = [...form].flatMap(([key, value]) => (key.startsWith("Identities.member.") ? [value] : []));
  const entries = names.flatMap((name) => {
    const own = topics[name];
    if (own === undefined) return [];
    const lines = Object.entries(own).map(([type, arn]) => `<${type}Topic>${arn}</${type}Topic>`);
    const value = `<ForwardingEnabled>false</ForwardingEnabled>${lines.join("")}`;
    return [`<entry><key>${name}</key><value>${value}</value></entry>`];
  });
  return (
    '<GetIdentityNotificationAttributesResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">' +
    `<GetIdentityNotificationAttributesResult><NotificationAttributes>${entries.join("")}</NotificationAttributes>` +
    "</GetIdentityNotificationAttributesResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>" +
    "</GetIdentityNotificationAttributesResponse>"
  );
}
