// Generated from policies/config/schema.ts by `npm run generate`.
export const SETTINGS_SCHEMA = {
  "additionalProperties": false,
  "type": "object",
  "properties": {
    "emailForwarding": {
      "type": "string",
      "enum": [
        "when-declared",
        "accept",
        "reject"
      ],
      "description": "Whether feedback by email counts: when a resource asks for it (default), also as the SES default, or never."
    },
    "intendedOverrides": {
      "description": "Differences someone decided.",
      "type": "array",
      "items": {
        "additionalProperties": false,
        "description": "A difference someone decided. It excuses shadowing, not missing handling.",
        "type": "object",
        "required": [
          "identity",
          "reason"
        ],
        "properties": {
          "identity": {
            "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]",
            "description": "The address or subdomain that differs from its domain.",
            "type": "string"
          },
          "reason": {
            "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]",
            "description": "Why, in words for whoever reads this in a year.",
            "type": "string"
          },
          "expires": {
            "format": "date",
            "description": "Last day on which it holds, YYYY-MM-DD. Without it, it always holds.",
            "type": "string"
          }
        }
      }
    },
    "exceptions": {
      "description": "Findings someone accepted.",
      "type": "array",
      "items": {
        "additionalProperties": false,
        "description": "A finding someone accepted; it is reported as waived.",
        "type": "object",
        "required": [
          "rule",
          "identity",
          "reason"
        ],
        "properties": {
          "rule": {
            "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]",
            "description": "Id of the rule.",
            "type": "string"
          },
          "identity": {
            "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]",
            "description": "The identity it is accepted for: name, ARN (in its Region and account alone), or a name with * in it.",
            "type": "string"
          },
          "region": {
            "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]",
            "description": "Accepted in this Region only.",
            "type": "string"
          },
          "account": {
            "pattern": "^\\d{12}$",
            "description": "Accepted in this account only.",
            "type": "string"
          },
          "stack": {
            "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]",
            "description": "Accepted in this stack only: project/stack.",
            "type": "string"
          },
          "reason": {
            "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]",
            "description": "Why, in words for whoever reads this in a year.",
            "type": "string"
          },
          "expires": {
            "format": "date",
            "description": "Last day on which it holds, YYYY-MM-DD. Without it, it always holds.",
            "type": "string"
          }
        }
      }
    },
    "accounts": {
      "type": "object",
      "description": "Account that a stack (project/stack) deploys to, where no document tells.",
      "patternProperties": {
        "^[^/\\s]+/[^/\\s]+$": {
          "pattern": "^\\d{12}$",
          "description": "Twelve digits, in quotes.",
          "type": "string"
        }
      },
      "additionalProperties": false
    },
    "sendTimeConfigurationSets": {
      "description": "Sets named at send time; they count as channels.",
      "type": "array",
      "items": {
        "additionalProperties": false,
        "description": "A configuration set that the application names when it sends.",
        "type": "object",
        "required": [
          "configurationSet",
          "identities",
          "reason"
        ],
        "properties": {
          "configurationSet": {
            "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]",
            "description": "Name of the configuration set.",
            "type": "string"
          },
          "identities": {
            "minItems": 1,
            "type": "array",
            "items": {
              "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]",
              "description": "An identity that is sent from with this set.",
              "type": "string"
            }
          },
          "reason": {
            "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]",
            "description": "Why, in words for whoever reads this in a year.",
            "type": "string"
          }
        }
      }
    },
    "externalIdentities": {
      "description": "Identities managed elsewhere.",
      "type": "array",
      "items": {
        "description": "An identity managed elsewhere, as `ses-guard inventory` and JSON reports write it.",
        "type": "object",
        "required": [
          "identity",
          "kind",
          "account",
          "region",
          "bounce",
          "complaint",
          "delivery"
        ],
        "properties": {
          "identity": {
            "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]",
            "description": "Domain or address.",
            "type": "string"
          },
          "kind": {
            "type": "string",
            "enum": [
              "domain",
              "address"
            ],
            "description": "What it is."
          },
          "account": {
            "type": [
              "string",
              "null"
            ],
            "description": "AWS account, null where it is not known."
          },
          "region": {
            "type": [
              "string",
              "null"
            ],
            "description": "Region, null where it is not known."
          },
          "bounce": {
            "description": "Where bounces go.",
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "channel",
                "target"
              ],
              "properties": {
                "channel": {
                  "type": "string",
                  "enum": [
                    "forwarding",
                    "topic",
                    "event-destination"
                  ],
                  "description": "How the notification leaves."
                },
                "target": {
                  "type": [
                    "string",
                    "null"
                  ],
                  "description": "ARN of the destination; null for forwarding and where nobody knows it."
                },
                "declared": {
                  "description": "Forwarding only: a resource says so explicitly.",
                  "type": "boolean"
                }
              }
            }
          },
          "complaint": {
            "description": "Where complaints go.",
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "channel",
                "target"
              ],
              "properties": {
                "channel": {
                  "type": "string",
                  "enum": [
                    "forwarding",
                    "topic",
                    "event-destination"
                  ],
                  "description": "How the notification leaves."
                },
                "target": {
                  "type": [
                    "string",
                    "null"
                  ],
                  "description": "ARN of the destination; null for forwarding and where nobody knows it."
                },
                "declared": {
                  "description": "Forwarding only: a resource says so explicitly.",
                  "type": "boolean"
                }
              }
            }
          },
          "delivery": {
            "description": "Where deliveries go.",
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "channel",
                "target"
              ],
              "properties": {
                "channel": {
                  "type": "string",
                  "enum": [
                    "forwarding",
                    "topic",
                    "event-destination"
                  ],
                  "description": "How the notification leaves."
                },
                "target": {
                  "type": [
                    "string",
                    "null"
                  ],
                  "description": "ARN of the destination; null for forwarding and where nobody knows it."
                },
                "declared": {
                  "description": "Forwarding only: a resource says so explicitly.",
                  "type": "boolean"
                }
              }
            }
          },
          "seen": {
            "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]",
            "description": "When it was so: date and time.",
            "type": "string"
          },
          "source": {
            "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]",
            "description": "Whence it is known: a file, a folder, a live account.",
            "type": "string"
          },
          "expires": {
            "format": "date",
            "description": "Last day on which it is believed, YYYY-MM-DD. Afterwards its settings are not known.",
            "type": "string"
          },
          "doubt": {
            "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]",
            "description": "Why its settings are not known, although the identity is there.",
            "type": "string"
          }
        }
      }
    },
    "defaultConfigurationSet": {
      "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]",
      "description": "What the rule default-configuration-set expects.",
      "type": "string"
    }
  }
} as const;
