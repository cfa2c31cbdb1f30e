import { ACCOUNT, arn, identityName, type Kind, named, type Place, text } from "./kinds";
import { Refusal, type Thing, type World } from "./world";

const identityKey = (region: string, identity: unknown) => `identity ${region}/${identityName(identity)}`;
const settingKey = (region: string, identity: unknown, type: unknown) =>
  `notification ${region}/${identityName(identity)}|${text(type)}`;
const forwardingKey = (region: string, identity: unknown) => `forwarding ${region}/${identityName(identity)}`;

/** Whether SES mails bounces and complaints of an identity; on until somebody says otherwise (F4). */
export const forwards = (world: World, region: string, identity: string) =>
  (world.get(forwardingKey(region, identity))?.enabled ?? true) === true;

function verified({ world, region }: Place, identity: unknown): void {
  if (world.has(identityKey(region, identity))) return;
  throw new Refusal(`NotFoundException: Email identity ${identityName(identity)} does not exist.`);
}

/** An identity as both APIs know it: one store, one name, gone with all its settings. */
function identity(property: string, source: string, computed: (name: string, region: string) => Thing): Kind {
  return {
    forceNew: [property],
    source,
    computed: ["arn", ...Object.keys(computed("", ""))],
    create(inputs, { world, region }) {
      const name = text(inputs[property]);
      // v1 verifies again what is verified; v2 refuses.
      if (property === "emailIdentity" && world.has(identityKey(region, name))) {
        throw new Refusal(`AlreadyExistsException: Email identity ${name} already exist.`);
      }
      world.set(identityKey(region, name), { configurationSetName: inputs.configurationSetName });
      return { id: name, outputs: { arn: arn("ses", region, `identity/${name}`), ...computed(name, region) } };
    },
    update(id, inputs, { world, region }) {
      world.set(identityKey(region, id), { configurationSetName: inputs.configurationSetName });
    },
    remove(id, _, { world, region }) {
      world.remove(identityKey(region, id));
      world.remove(forwardingKey(region, id));
      for (const type of ["Bounce", "Complaint", "Delivery"]) world.remove(settingKey(region, id, type));
    },
    read: (id, { world, region }) => (world.has(identityKey(region, id)) ? { [property]: id } : undefined),
  };
}

/** Topics of other accounts are their owners' business: they exist. */
const topicExists = (world: World, topicArn: string) =>
  topicArn.split(":")[4] !== ACCOUNT || world.has(`topic ${topicArn}`);

function setTopic({ world, region }: Place, owner: unknown, type: unknown, topicArn: unknown): void {
  if (!world.has(identityKey(region, owner))) {
    throw new Refusal(
      `InvalidParameterValue: Invalid email address or domain<${identityName(owner)}>. Must be a verified email address or domain.`,
    );
  }
  if (topicArn && !topicExists(world, text(topicArn))) {
    throw new Refusal(`InvalidParameterValue: Invalid SNS topic <${topicArn}>.`);
  }
  world.set(settingKey(region, owner, type), { topicArn: topicArn || "" });
}

const notificationTopic: Kind = {
  forceNew: ["identity", "notificationType"],
  source: "ses/identity_notification_topic.go",
  computed: [],
  create(inputs, place) {
    setTopic(place, inputs.identity, inputs.notificationType, inputs.topicArn);
    return { id: `${inputs.identity}|${inputs.notificationType}`, outputs: {} };
  },
  update(id, inputs, place) {
    const [owner, type] = id.split("|");
    setTopic(place, owner, type, inputs.topicArn);
  },
  remove(id, _, place) {
    const [owner, type] = id.split("|");
    // The provider takes "must be a verified address or domain" for deleted.
    if (place.world.has(identityKey(place.region, owner))) setTopic(place, owner, type, "");
  },
  read(id, { world, region }) {
    const [owner, type] = id.split("|");
    if (!world.has(identityKey(region, owner))) return undefined;
    // Terraform takes an empty text for none.
    const topicArn = world.get(settingKey(region, owner, type))?.topicArn;
    return { identity: owner, notificationType: type, ...(topicArn ? { topicArn } : {}) };
  },
};

function setForwarding({ world, region }: Place, owner: unknown, enabled: boolean): void {
  verified({ world, region, name: "" }, owner);
  world.set(forwardingKey(region, owner), { enabled });
}

const feedbackAttributes: Kind = {
  forceNew: ["emailIdentity"],
  source: "sesv2/email_identity_feedback_attributes.go",
  computed: [],
  create(inputs, place) {
    setForwarding(place, inputs.emailIdentity, inputs.emailForwardingEnabled === true);
    return { id: text(inputs.emailIdentity), outputs: {} };
  },
  update: (id, inputs, place) => setForwarding(place, id, inputs.emailForwardingEnabled === true),
  // Puts the attributes without saying "enabled", which is off.
  remove(id, _, place) {
    if (place.world.has(identityKey(place.region, id))) setForwarding(place, id, false);
  },
  read: (id, { world, region }) =>
    world.has(identityKey(region, id))
      ? { emailIdentity: id, emailForwardingEnabled: forwards(world, region, id) }
      : undefined,
};

const mailFrom: Kind = {
  forceNew: ["emailIdentity"],
  source: "sesv2/email_identity_mail_from_attributes.go",
  computed: [],
  create(inputs, place) {
    verified(place, inputs.emailIdentity);
    place.world.set(`mail-from ${place.region}/${inputs.emailIdentity}`, { domain: inputs.mailFromDomain });
    return { id: text(inputs.emailIdentity), outputs: {} };
  },
  update: (id, inputs, { world, region }) => world.set(`mail-from ${region}/${id}`, { domain: inputs.mailFromDomain }),
  remove: (id, _, { world, region }) => world.remove(`mail-from ${region}/${id}`),
};

const configurationSet = (property: string, forceNew: string[], source: string) =>
  named({
    kind: "set",
    forceNew,
    source,
    taken: "AlreadyExistsException",
    nameOf: (inputs, place) => text(inputs[property] ?? place.name),
    arn: (name, region) => arn("ses", region, `configuration-set/${name}`),
  });

const destinationKey = (region: string, inputs: Thing) =>
  `destination ${region}/${inputs.configurationSetName}|${inputs.eventDestinationName}`;

const eventDestination: Kind = {
  forceNew: ["configurationSetName", "eventDestinationName"],
  source: "sesv2/configuration_set_event_destination.go",
  computed: [],
  create(inputs, { world, region }) {
    const set = text(inputs.configurationSetName);
    if (!world.has(`set ${region}/${set}`))
      throw new Refusal(`NotFoundException: Configuration set <${set}> does not exist.`);
    if (world.has(destinationKey(region, inputs))) {
      throw new Refusal(`AlreadyExistsException: Event destination <${inputs.eventDestinationName}> already exists.`);
    }
    checkDestination(world, inputs);
    world.set(destinationKey(region, inputs), inputs.eventDestination as Thing);
    return { id: `${set}|${inputs.eventDestinationName}`, outputs: {} };
  },
  update(_, inputs, { world, region }) {
    checkDestination(world, inputs);
    world.set(destinationKey(region, inputs), inputs.eventDestination as Thing);
  },
  remove: (id, _, { world, region }) => world.remove(`destination ${region}/${id}`),
};

function checkDestination(world: World, inputs: Thing): void {
  const { snsDestination } = inputs.eventDestination as { snsDestination?: { topicArn: string } };
  if (snsDestination && !topicExists(world, snsDestination.topicArn)) {
    throw new Refusal(`BadRequestException: Topic <${snsDestination.topicArn}> does not exist.`);
  }
}

const verification: Kind = {
  forceNew: ["domain"],
  source: "ses/domain_identity_verification.go",
  computed: ["arn"],
  create(inputs, place) {
    verified(place, inputs.domain);
    const domain = text(inputs.domain);
    return { id: domain, outputs: { arn: arn("ses", place.region, `identity/${domain}`) } };
  },
};

const domainDkim: Kind = {
  forceNew: ["domain"],
  source: "ses/domain_dkim.go",
  computed: ["dkimTokens"],
  create(inputs, place) {
    verified(place, inputs.domain);
    return { id: text(inputs.domain), outputs: { dkimTokens: ["one", "two", "three"] } };
  },
};

const policyOfIdentity = (forceNew: string[], source: string, owner: string, name: string): Kind => ({
  forceNew,
  source,
  computed: [],
  create(inputs, place) {
    verified(place, inputs[owner]);
    const id = `${identityName(inputs[owner])}|${inputs[name]}`;
    place.world.set(`identity-policy ${place.region}/${id}`, { policy: inputs.policy });
    return { id, outputs: {} };
  },
  update: (id, inputs, { world, region }) => world.set(`identity-policy ${region}/${id}`, { policy: inputs.policy }),
  remove: (id, _, { world, region }) => world.remove(`identity-policy ${region}/${id}`),
});

export const SES: Record<string, Kind> = {
  "aws:ses/domainIdentity:DomainIdentity": identity("domain", "ses/domain_identity.go", () => ({
    verificationToken: "token",
  })),
  "aws:ses/emailIdentity:EmailIdentity": identity("email", "ses/email_identity.go", () => ({})),
  "aws:sesv2/emailIdentity:EmailIdentity": identity("emailIdentity", "sesv2/email_identity.go", (name, region) => ({
    identityType: name.includes("@") ? "EMAIL_ADDRESS" : "DOMAIN",
    verifiedForSendingStatus: true,
    verificationStatus: "PENDING",
    dkimSigningAttributes: {
      currentSigningKeyLength: "RSA_2048_BIT",
      lastKeyGenerationTimestamp: "2026-11-23T07:50:00Z",
      nextSigningKeyLength: "RSA_2048_BIT",
      signingAttributesOrigin: "AWS_SES",
      status: "PENDING",
      // Every Region has its own.
      tokens: ["one", "two", "three"].map((token) => `${token}-${region}`),
    },
  })),
  "aws:ses/identityNotificationTopic:IdentityNotificationTopic": notificationTopic,
  "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes": feedbackAttributes,
  "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes": mailFrom,
  "aws:sesv2/configurationSet:ConfigurationSet": configurationSet(
    "configurationSetName",
    ["configurationSetName"],
    "sesv2/configuration_set.go",
  ),
  "aws:ses/configurationSet:ConfigurationSet": configurationSet("name", ["name"], "ses/configuration_set.go"),
  "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination": eventDestination,
  "aws:ses/domainIdentityVerification:DomainIdentityVerification": verification,
  "aws:ses/domainDkim:DomainDkim": domainDkim,
  "aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy": policyOfIdentity(
    ["emailIdentity", "policyName"],
    "sesv2/email_identity_policy.go",
    "emailIdentity",
    "policyName",
  ),
  "aws:ses/identityPolicy:IdentityPolicy": policyOfIdentity(
    ["identity", "name"],
    "ses/identity_policy.go",
    "identity",
    "name",
  ),
  "aws-native:ses:EmailIdentity": {
    ...identity("emailIdentity", "AWS::SES::EmailIdentity: createOnlyProperties", () => ({ dkimDnsTokenName1: "one" })),
  },
};
