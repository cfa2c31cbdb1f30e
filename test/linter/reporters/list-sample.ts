import type { ReportIdentity, ReportReception, ReportWay } from "../../../linter/report/shapes";
import { identity } from "./sample";

const RECEIVED: ReportWay = {
  channel: "topic",
  target: "arn:aws:sns:us-east-1:123456789012:feedback",
  destination: null,
  to: { kind: "topic", name: "feedback" },
  receivers: [
    {
      ...{
        kind: "queue",
        name: "feedback-queue",
        receives: true,
        hindrance: null,
        deadLetters: "feedback-dead-letters",
      },
      next: [{ kind: "function", name: "feedback", receives: true, hindrance: null, deadLetters: null, next: [] }],
    },
  ],
};
const UNHEARD: ReportWay = {
  channel: "event-destination",
  target: null,
  destination: "archive",
  to: { kind: "event bus", name: null },
  receivers: [],
};
const WAITING: ReportWay = {
  channel: "topic",
  target: null,
  destination: null,
  to: { kind: "topic", name: null },
  receivers: [
    {
      kind: "mailbox",
      name: "ops@example.com",
      receives: false,
      hindrance: "not-confirmed",
      deadLetters: null,
      next: [],
    },
    { kind: "webhook", name: "hooks.example.net", receives: null, hindrance: "filtered", deadLetters: "", next: [] },
  ],
};
const FORWARDED: ReportWay = {
  ...{ channel: "forwarding", target: null, declared: false, destination: null, to: null, receivers: [] },
};
const NONE: ReportReception = { ending: "none", ways: [] };

const ending = (name: ReportReception["ending"], ...ways: ReportWay[]): ReportReception => ({ ending: name, ways });
const both = (one: ReportReception, delivery = NONE) => ({ bounce: one, complaint: one, delivery });
const below = (name: string, differs: boolean | null, over: Partial<ReportIdentity["ancestor"]> = {}) => ({
  ...{ identity: name, differs, settings: [], intended: false },
  ...over,
});

/** Two Regions; a domain with an address, a subdomain and an address below that; every ending. */
export function family(): ReportIdentity[] {
  return [
    identity({ reception: both(ending("received", RECEIVED), ending("elsewhere", UNHEARD)) }),
    identity({
      ...{ identity: "ceo@example.com", kind: "address", reception: both(ending("nobody", FORWARDED)) },
      ancestor: below("example.com", true, { settings: ["bounce", "complaint"] }),
    }),
    identity({
      ...{ identity: "customer-10.example.com", reception: both(ending("received", RECEIVED)) },
      ancestor: below("example.com", false),
    }),
    identity({
      ...{ identity: "customer-2.example.com", reception: both(ending("unknown", WAITING)) },
      ancestor: below("example.com", null, { settings: ["forwarding"], intended: true }),
    }),
    identity({
      ...{ identity: "a@customer-2.example.com", kind: "address", stack: "mail/tenants" },
      reception: { bounce: ending("received", RECEIVED), complaint: ending("nobody"), delivery: NONE },
      ancestor: below("customer-2.example.com", true, { settings: ["complaint"] }),
    }),
    identity({
      ...{ identity: `${"long-".repeat(14)}name.example`, region: null, account: null },
      reception: both(ending("elsewhere", UNHEARD)),
    }),
  ];
}
