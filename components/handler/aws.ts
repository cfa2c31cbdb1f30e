/** The calls to AWS, with the SDK that the Lambda runtime ships. */
import type { Services } from "./act";
import type { Feedback, Json } from "./read";

/** What the SDK clients below have in common. */
interface Client {
  send(command: unknown): Promise<Json>;
}
type Sdk = Record<string, new (input: object) => Client>;

/**
 * The services that the environment asks for: `SUPPRESS` ("true"), `TABLE_NAME`, `EVENT_BUS_NAME`. Clients are loaded
 * on first use, so that a function loads no more of the SDK than it needs.
 *
 * @param load `require`
 */
export function awsServices(env: Record<string, string | undefined>, load: (module: string) => unknown): Services {
  const services: Services = {};
  const clients = new Map<string, Client>();
  const call = (module: string, clientName: string, command: string, input: object): Promise<Json> => {
    const sdk = load(module) as Sdk;
    const create = (name: string, argument: object) => new (sdk[name] as Sdk[string])(argument);
    let client = clients.get(module);
    if (client === undefined) {
      client = create(clientName, {});
      clients.set(module, client);
    }
    return client.send(create(command, input));
  };
  const dynamo = (command: string, input: object) =>
    call("@aws-sdk/client-dynamodb", "DynamoDBClient", command, { TableName: env.TABLE_NAME, ...input });

  if (env.SUPPRESS === "true") {
    services.suppress = async (EmailAddress, Reason) => {
      await call("@aws-sdk/client-sesv2", "SESv2Client", "PutSuppressedDestinationCommand", { EmailAddress, Reason });
    };
  }
  if (env.TABLE_NAME) {
    services.has = async (feedbackId) => {
      const Key = { feedbackId: { S: feedbackId } };
      const answer = await dynamo("GetItemCommand", { Key, ProjectionExpression: "feedbackId", ConsistentRead: true });
      return answer.Item !== undefined;
    };
    services.store = async (feedback) => {
      try {
        await dynamo("PutItemCommand", {
          Item: item(feedback),
          ConditionExpression: "attribute_not_exists(feedbackId)",
        });
      } catch (error) {
        // The same message, handled twice at the same time: it is stored.
        if ((error as Error).name !== "ConditionalCheckFailedException") throw error;
      }
    };
  }
  if (env.EVENT_BUS_NAME) {
    services.publish = async (feedback) => {
      const Entries = [
        {
          EventBusName: env.EVENT_BUS_NAME,
          Source: "ses-guard",
          DetailType: feedback.type,
          Detail: JSON.stringify(feedback),
        },
      ];
      const answer = await call("@aws-sdk/client-eventbridge", "EventBridgeClient", "PutEventsCommand", { Entries });
      // PutEvents succeeds as a call even where the event was refused.
      if (answer.FailedEntryCount) throw new Error("the event bus refused the event");
    };
  }
  return services;
}

/** In DynamoDB's attribute format; what is null is left out. */
function item(feedback: Feedback): Json {
  const attributes = Object.entries(feedback).filter(([, value]) => value !== null);
  return Object.fromEntries(attributes.map(([key, value]) => [key, attribute(value)]));
}

function attribute(value: string | boolean | string[]): Json {
  if (Array.isArray(value)) return { L: value.map(attribute) };
  return typeof value === "boolean" ? { BOOL: value } : { S: value };
}
