// Generated from policies/config/schema.ts by `npm run generate`.
// @ts-nocheck: Ajv writes JavaScript.
import * as formats from "../config/date";

const validateConfig = validate10;
const schema11 = { "additionalProperties": false, "type": "object", "properties": { "$schema": { "type": "string" }, "emailForwarding": { "type": "string", "enum": ["when-declared", "accept", "reject"] }, "intendedOverrides": { "type": "array", "items": { "additionalProperties": false, "type": "object", "required": ["identity", "reason"], "properties": { "identity": { "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "type": "string" }, "reason": { "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "type": "string" }, "expires": { "format": "date", "type": "string" } } } }, "exceptions": { "type": "array", "items": { "additionalProperties": false, "type": "object", "required": ["rule", "identity", "reason"], "properties": { "rule": { "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "type": "string" }, "identity": { "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "type": "string" }, "region": { "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "type": "string" }, "account": { "pattern": "^\\d{12}$", "type": "string" }, "stack": { "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "type": "string" }, "reason": { "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "type": "string" }, "expires": { "format": "date", "type": "string" } } } }, "accounts": { "type": "object", "patternProperties": { "^[^/\\s]+/[^/\\s]+$": { "pattern": "^\\d{12}$", "type": "string" } }, "additionalProperties": false }, "sendTimeConfigurationSets": { "type": "array", "items": { "additionalProperties": false, "type": "object", "required": ["configurationSet", "identities", "reason"], "properties": { "configurationSet": { "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "type": "string" }, "identities": { "minItems": 1, "type": "array", "items": { "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "type": "string" } }, "reason": { "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "type": "string" } } } }, "externalIdentities": { "type": "array", "items": { "type": "object", "required": ["identity", "kind", "account", "region", "bounce", "complaint", "delivery"], "properties": { "identity": { "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "type": "string" }, "kind": { "type": "string", "enum": ["domain", "address"] }, "account": { "type": ["string", "null"] }, "region": { "type": ["string", "null"] }, "bounce": { "type": "array", "items": { "type": "object", "required": ["channel", "target"], "properties": { "channel": { "type": "string", "enum": ["forwarding", "topic", "event-destination"] }, "target": { "type": ["string", "null"] }, "declared": { "type": "boolean" } } } }, "complaint": { "type": "array", "items": { "type": "object", "required": ["channel", "target"], "properties": { "channel": { "type": "string", "enum": ["forwarding", "topic", "event-destination"] }, "target": { "type": ["string", "null"] }, "declared": { "type": "boolean" } } } }, "delivery": { "type": "array", "items": { "type": "object", "required": ["channel", "target"], "properties": { "channel": { "type": "string", "enum": ["forwarding", "topic", "event-destination"] }, "target": { "type": ["string", "null"] }, "declared": { "type": "boolean" } } } }, "seen": { "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "type": "string" }, "source": { "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "type": "string" }, "expires": { "format": "date", "type": "string" }, "doubt": { "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "type": "string" } } } }, "defaultConfigurationSet": { "pattern": "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "type": "string" }, "rules": { "type": "object", "additionalProperties": { "type": "string", "enum": ["mandatory", "advisory", "disabled"] } } } };
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]", "u");
const pattern5 = new RegExp("^\\d{12}$", "u");
const pattern8 = new RegExp("^[^/\\s]+/[^/\\s]+$", "u");
const formats0 = formats.date;
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!func2.call(schema11.properties, key0)) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.$schema !== void 0) {
      if (typeof data.$schema !== "string") {
        const err1 = { instancePath: instancePath + "/$schema", schemaPath: "#/properties/%24schema/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.emailForwarding !== void 0) {
      let data1 = data.emailForwarding;
      if (typeof data1 !== "string") {
        const err2 = { instancePath: instancePath + "/emailForwarding", schemaPath: "#/properties/emailForwarding/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
      if (!(data1 === "when-declared" || data1 === "accept" || data1 === "reject")) {
        const err3 = { instancePath: instancePath + "/emailForwarding", schemaPath: "#/properties/emailForwarding/enum", keyword: "enum", params: { allowedValues: schema11.properties.emailForwarding.enum } };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.intendedOverrides !== void 0) {
      let data2 = data.intendedOverrides;
      if (Array.isArray(data2)) {
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data3 = data2[i0];
          if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
            if (data3.identity === void 0) {
              const err4 = { instancePath: instancePath + "/intendedOverrides/" + i0, schemaPath: "#/properties/intendedOverrides/items/required", keyword: "required", params: { missingProperty: "identity" } };
              if (vErrors === null) {
                vErrors = [err4];
              } else {
                vErrors.push(err4);
              }
              errors++;
            }
            if (data3.reason === void 0) {
              const err5 = { instancePath: instancePath + "/intendedOverrides/" + i0, schemaPath: "#/properties/intendedOverrides/items/required", keyword: "required", params: { missingProperty: "reason" } };
              if (vErrors === null) {
                vErrors = [err5];
              } else {
                vErrors.push(err5);
              }
              errors++;
            }
            for (const key1 in data3) {
              if (!(key1 === "identity" || key1 === "reason" || key1 === "expires")) {
                const err6 = { instancePath: instancePath + "/intendedOverrides/" + i0, schemaPath: "#/properties/intendedOverrides/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 } };
                if (vErrors === null) {
                  vErrors = [err6];
                } else {
                  vErrors.push(err6);
                }
                errors++;
              }
            }
            if (data3.identity !== void 0) {
              let data4 = data3.identity;
              if (typeof data4 === "string") {
                if (!pattern0.test(data4)) {
                  const err7 = { instancePath: instancePath + "/intendedOverrides/" + i0 + "/identity", schemaPath: "#/properties/intendedOverrides/items/properties/identity/pattern", keyword: "pattern", params: { pattern: "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]" } };
                  if (vErrors === null) {
                    vErrors = [err7];
                  } else {
                    vErrors.push(err7);
                  }
                  errors++;
                }
              } else {
                const err8 = { instancePath: instancePath + "/intendedOverrides/" + i0 + "/identity", schemaPath: "#/properties/intendedOverrides/items/properties/identity/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err8];
                } else {
                  vErrors.push(err8);
                }
                errors++;
              }
            }
            if (data3.reason !== void 0) {
              let data5 = data3.reason;
              if (typeof data5 === "string") {
                if (!pattern0.test(data5)) {
                  const err9 = { instancePath: instancePath + "/intendedOverrides/" + i0 + "/reason", schemaPath: "#/properties/intendedOverrides/items/properties/reason/pattern", keyword: "pattern", params: { pattern: "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]" } };
                  if (vErrors === null) {
                    vErrors = [err9];
                  } else {
                    vErrors.push(err9);
                  }
                  errors++;
                }
              } else {
                const err10 = { instancePath: instancePath + "/intendedOverrides/" + i0 + "/reason", schemaPath: "#/properties/intendedOverrides/items/properties/reason/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err10];
                } else {
                  vErrors.push(err10);
                }
                errors++;
              }
            }
            if (data3.expires !== void 0) {
              let data6 = data3.expires;
              if (typeof data6 === "string") {
                if (!formats0(data6)) {
                  const err11 = { instancePath: instancePath + "/intendedOverrides/" + i0 + "/expires", schemaPath: "#/properties/intendedOverrides/items/properties/expires/format", keyword: "format", params: { format: "date" } };
                  if (vErrors === null) {
                    vErrors = [err11];
                  } else {
                    vErrors.push(err11);
                  }
                  errors++;
                }
              } else {
                const err12 = { instancePath: instancePath + "/intendedOverrides/" + i0 + "/expires", schemaPath: "#/properties/intendedOverrides/items/properties/expires/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err12];
                } else {
                  vErrors.push(err12);
                }
                errors++;
              }
            }
          } else {
            const err13 = { instancePath: instancePath + "/intendedOverrides/" + i0, schemaPath: "#/properties/intendedOverrides/items/type", keyword: "type", params: { type: "object" } };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
        }
      } else {
        const err14 = { instancePath: instancePath + "/intendedOverrides", schemaPath: "#/properties/intendedOverrides/type", keyword: "type", params: { type: "array" } };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    if (data.exceptions !== void 0) {
      let data7 = data.exceptions;
      if (Array.isArray(data7)) {
        const len1 = data7.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data8 = data7[i1];
          if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
            if (data8.rule === void 0) {
              const err15 = { instancePath: instancePath + "/exceptions/" + i1, schemaPath: "#/properties/exceptions/items/required", keyword: "required", params: { missingProperty: "rule" } };
              if (vErrors === null) {
                vErrors = [err15];
              } else {
                vErrors.push(err15);
              }
              errors++;
            }
            if (data8.identity === void 0) {
              const err16 = { instancePath: instancePath + "/exceptions/" + i1, schemaPath: "#/properties/exceptions/items/required", keyword: "required", params: { missingProperty: "identity" } };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
            if (data8.reason === void 0) {
              const err17 = { instancePath: instancePath + "/exceptions/" + i1, schemaPath: "#/properties/exceptions/items/required", keyword: "required", params: { missingProperty: "reason" } };
              if (vErrors === null) {
                vErrors = [err17];
              } else {
                vErrors.push(err17);
              }
              errors++;
            }
            for (const key2 in data8) {
              if (!(key2 === "rule" || key2 === "identity" || key2 === "region" || key2 === "account" || key2 === "stack" || key2 === "reason" || key2 === "expires")) {
                const err18 = { instancePath: instancePath + "/exceptions/" + i1, schemaPath: "#/properties/exceptions/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 } };
                if (vErrors === null) {
                  vErrors = [err18];
                } else {
                  vErrors.push(err18);
                }
                errors++;
              }
            }
            if (data8.rule !== void 0) {
              let data9 = data8.rule;
              if (typeof data9 === "string") {
                if (!pattern0.test(data9)) {
                  const err19 = { instancePath: instancePath + "/exceptions/" + i1 + "/rule", schemaPath: "#/properties/exceptions/items/properties/rule/pattern", keyword: "pattern", params: { pattern: "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]" } };
                  if (vErrors === null) {
                    vErrors = [err19];
                  } else {
                    vErrors.push(err19);
                  }
                  errors++;
                }
              } else {
                const err20 = { instancePath: instancePath + "/exceptions/" + i1 + "/rule", schemaPath: "#/properties/exceptions/items/properties/rule/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err20];
                } else {
                  vErrors.push(err20);
                }
                errors++;
              }
            }
            if (data8.identity !== void 0) {
              let data10 = data8.identity;
              if (typeof data10 === "string") {
                if (!pattern0.test(data10)) {
                  const err21 = { instancePath: instancePath + "/exceptions/" + i1 + "/identity", schemaPath: "#/properties/exceptions/items/properties/identity/pattern", keyword: "pattern", params: { pattern: "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]" } };
                  if (vErrors === null) {
                    vErrors = [err21];
                  } else {
                    vErrors.push(err21);
                  }
                  errors++;
                }
              } else {
                const err22 = { instancePath: instancePath + "/exceptions/" + i1 + "/identity", schemaPath: "#/properties/exceptions/items/properties/identity/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err22];
                } else {
                  vErrors.push(err22);
                }
                errors++;
              }
            }
            if (data8.region !== void 0) {
              let data11 = data8.region;
              if (typeof data11 === "string") {
                if (!pattern0.test(data11)) {
                  const err23 = { instancePath: instancePath + "/exceptions/" + i1 + "/region", schemaPath: "#/properties/exceptions/items/properties/region/pattern", keyword: "pattern", params: { pattern: "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]" } };
                  if (vErrors === null) {
                    vErrors = [err23];
                  } else {
                    vErrors.push(err23);
                  }
                  errors++;
                }
              } else {
                const err24 = { instancePath: instancePath + "/exceptions/" + i1 + "/region", schemaPath: "#/properties/exceptions/items/properties/region/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err24];
                } else {
                  vErrors.push(err24);
                }
                errors++;
              }
            }
            if (data8.account !== void 0) {
              let data12 = data8.account;
              if (typeof data12 === "string") {
                if (!pattern5.test(data12)) {
                  const err25 = { instancePath: instancePath + "/exceptions/" + i1 + "/account", schemaPath: "#/properties/exceptions/items/properties/account/pattern", keyword: "pattern", params: { pattern: "^\\d{12}$" } };
                  if (vErrors === null) {
                    vErrors = [err25];
                  } else {
                    vErrors.push(err25);
                  }
                  errors++;
                }
              } else {
                const err26 = { instancePath: instancePath + "/exceptions/" + i1 + "/account", schemaPath: "#/properties/exceptions/items/properties/account/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err26];
                } else {
                  vErrors.push(err26);
                }
                errors++;
              }
            }
            if (data8.stack !== void 0) {
              let data13 = data8.stack;
              if (typeof data13 === "string") {
                if (!pattern0.test(data13)) {
                  const err27 = { instancePath: instancePath + "/exceptions/" + i1 + "/stack", schemaPath: "#/properties/exceptions/items/properties/stack/pattern", keyword: "pattern", params: { pattern: "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]" } };
                  if (vErrors === null) {
                    vErrors = [err27];
                  } else {
                    vErrors.push(err27);
                  }
                  errors++;
                }
              } else {
                const err28 = { instancePath: instancePath + "/exceptions/" + i1 + "/stack", schemaPath: "#/properties/exceptions/items/properties/stack/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err28];
                } else {
                  vErrors.push(err28);
                }
                errors++;
              }
            }
            if (data8.reason !== void 0) {
              let data14 = data8.reason;
              if (typeof data14 === "string") {
                if (!pattern0.test(data14)) {
                  const err29 = { instancePath: instancePath + "/exceptions/" + i1 + "/reason", schemaPath: "#/properties/exceptions/items/properties/reason/pattern", keyword: "pattern", params: { pattern: "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]" } };
                  if (vErrors === null) {
                    vErrors = [err29];
                  } else {
                    vErrors.push(err29);
                  }
                  errors++;
                }
              } else {
                const err30 = { instancePath: instancePath + "/exceptions/" + i1 + "/reason", schemaPath: "#/properties/exceptions/items/properties/reason/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err30];
                } else {
                  vErrors.push(err30);
                }
                errors++;
              }
            }
            if (data8.expires !== void 0) {
              let data15 = data8.expires;
              if (typeof data15 === "string") {
                if (!formats0(data15)) {
                  const err31 = { instancePath: instancePath + "/exceptions/" + i1 + "/expires", schemaPath: "#/properties/exceptions/items/properties/expires/format", keyword: "format", params: { format: "date" } };
                  if (vErrors === null) {
                    vErrors = [err31];
                  } else {
                    vErrors.push(err31);
                  }
                  errors++;
                }
              } else {
                const err32 = { instancePath: instancePath + "/exceptions/" + i1 + "/expires", schemaPath: "#/properties/exceptions/items/properties/expires/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err32];
                } else {
                  vErrors.push(err32);
                }
                errors++;
              }
            }
          } else {
            const err33 = { instancePath: instancePath + "/exceptions/" + i1, schemaPath: "#/properties/exceptions/items/type", keyword: "type", params: { type: "object" } };
            if (vErrors === null) {
              vErrors = [err33];
            } else {
              vErrors.push(err33);
            }
            errors++;
          }
        }
      } else {
        const err34 = { instancePath: instancePath + "/exceptions", schemaPath: "#/properties/exceptions/type", keyword: "type", params: { type: "array" } };
        if (vErrors === null) {
          vErrors = [err34];
        } else {
          vErrors.push(err34);
        }
        errors++;
      }
    }
    if (data.accounts !== void 0) {
      let data16 = data.accounts;
      if (data16 && typeof data16 == "object" && !Array.isArray(data16)) {
        for (const key3 in data16) {
          if (!pattern8.test(key3)) {
            const err35 = { instancePath: instancePath + "/accounts", schemaPath: "#/properties/accounts/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 } };
            if (vErrors === null) {
              vErrors = [err35];
            } else {
              vErrors.push(err35);
            }
            errors++;
          }
        }
        for (const key4 in data16) {
          if (pattern8.test(key4)) {
            let data17 = data16[key4];
            if (typeof data17 === "string") {
              if (!pattern5.test(data17)) {
                const err36 = { instancePath: instancePath + "/accounts/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/accounts/patternProperties/%5E%5B%5E~1%5Cs%5D%2B~1%5B%5E~1%5Cs%5D%2B%24/pattern", keyword: "pattern", params: { pattern: "^\\d{12}$" } };
                if (vErrors === null) {
                  vErrors = [err36];
                } else {
                  vErrors.push(err36);
                }
                errors++;
              }
            } else {
              const err37 = { instancePath: instancePath + "/accounts/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/accounts/patternProperties/%5E%5B%5E~1%5Cs%5D%2B~1%5B%5E~1%5Cs%5D%2B%24/type", keyword: "type", params: { type: "string" } };
              if (vErrors === null) {
                vErrors = [err37];
              } else {
                vErrors.push(err37);
              }
              errors++;
            }
          }
        }
      } else {
        const err38 = { instancePath: instancePath + "/accounts", schemaPath: "#/properties/accounts/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err38];
        } else {
          vErrors.push(err38);
        }
        errors++;
      }
    }
    if (data.sendTimeConfigurationSets !== void 0) {
      let data18 = data.sendTimeConfigurationSets;
      if (Array.isArray(data18)) {
        const len2 = data18.length;
        for (let i2 = 0; i2 < len2; i2++) {
          let data19 = data18[i2];
          if (data19 && typeof data19 == "object" && !Array.isArray(data19)) {
            if (data19.configurationSet === void 0) {
              const err39 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2, schemaPath: "#/properties/sendTimeConfigurationSets/items/required", keyword: "required", params: { missingProperty: "configurationSet" } };
              if (vErrors === null) {
                vErrors = [err39];
              } else {
                vErrors.push(err39);
              }
              errors++;
            }
            if (data19.identities === void 0) {
              const err40 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2, schemaPath: "#/properties/sendTimeConfigurationSets/items/required", keyword: "required", params: { missingProperty: "identities" } };
              if (vErrors === null) {
                vErrors = [err40];
              } else {
                vErrors.push(err40);
              }
              errors++;
            }
            if (data19.reason === void 0) {
              const err41 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2, schemaPath: "#/properties/sendTimeConfigurationSets/items/required", keyword: "required", params: { missingProperty: "reason" } };
              if (vErrors === null) {
                vErrors = [err41];
              } else {
                vErrors.push(err41);
              }
              errors++;
            }
            for (const key5 in data19) {
              if (!(key5 === "configurationSet" || key5 === "identities" || key5 === "reason")) {
                const err42 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2, schemaPath: "#/properties/sendTimeConfigurationSets/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 } };
                if (vErrors === null) {
                  vErrors = [err42];
                } else {
                  vErrors.push(err42);
                }
                errors++;
              }
            }
            if (data19.configurationSet !== void 0) {
              let data20 = data19.configurationSet;
              if (typeof data20 === "string") {
                if (!pattern0.test(data20)) {
                  const err43 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/configurationSet", schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/configurationSet/pattern", keyword: "pattern", params: { pattern: "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]" } };
                  if (vErrors === null) {
                    vErrors = [err43];
                  } else {
                    vErrors.push(err43);
                  }
                  errors++;
                }
              } else {
                const err44 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/configurationSet", schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/configurationSet/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err44];
                } else {
                  vErrors.push(err44);
                }
                errors++;
              }
            }
            if (data19.identities !== void 0) {
              let data21 = data19.identities;
              if (Array.isArray(data21)) {
                if (data21.length < 1) {
                  const err45 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/identities", schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/identities/minItems", keyword: "minItems", params: { limit: 1 } };
                  if (vErrors === null) {
                    vErrors = [err45];
                  } else {
                    vErrors.push(err45);
                  }
                  errors++;
                }
                const len3 = data21.length;
                for (let i3 = 0; i3 < len3; i3++) {
                  let data22 = data21[i3];
                  if (typeof data22 === "string") {
                    if (!pattern0.test(data22)) {
                      const err46 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/identities/" + i3, schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/identities/items/pattern", keyword: "pattern", params: { pattern: "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]" } };
                      if (vErrors === null) {
                        vErrors = [err46];
                      } else {
                        vErrors.push(err46);
                      }
                      errors++;
                    }
                  } else {
                    const err47 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/identities/" + i3, schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/identities/items/type", keyword: "type", params: { type: "string" } };
                    if (vErrors === null) {
                      vErrors = [err47];
                    } else {
                      vErrors.push(err47);
                    }
                    errors++;
                  }
                }
              } else {
                const err48 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/identities", schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/identities/type", keyword: "type", params: { type: "array" } };
                if (vErrors === null) {
                  vErrors = [err48];
                } else {
                  vErrors.push(err48);
                }
                errors++;
              }
            }
            if (data19.reason !== void 0) {
              let data23 = data19.reason;
              if (typeof data23 === "string") {
                if (!pattern0.test(data23)) {
                  const err49 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/reason", schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/reason/pattern", keyword: "pattern", params: { pattern: "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]" } };
                  if (vErrors === null) {
                    vErrors = [err49];
                  } else {
                    vErrors.push(err49);
                  }
                  errors++;
                }
              } else {
                const err50 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/reason", schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/reason/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err50];
                } else {
                  vErrors.push(err50);
                }
                errors++;
              }
            }
          } else {
            const err51 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2, schemaPath: "#/properties/sendTimeConfigurationSets/items/type", keyword: "type", params: { type: "object" } };
            if (vErrors === null) {
              vErrors = [err51];
            } else {
              vErrors.push(err51);
            }
            errors++;
          }
        }
      } else {
        const err52 = { instancePath: instancePath + "/sendTimeConfigurationSets", schemaPath: "#/properties/sendTimeConfigurationSets/type", keyword: "type", params: { type: "array" } };
        if (vErrors === null) {
          vErrors = [err52];
        } else {
          vErrors.push(err52);
        }
        errors++;
      }
    }
    if (data.externalIdentities !== void 0) {
      let data24 = data.externalIdentities;
      if (Array.isArray(data24)) {
        const len4 = data24.length;
        for (let i4 = 0; i4 < len4; i4++) {
          let data25 = data24[i4];
          if (data25 && typeof data25 == "object" && !Array.isArray(data25)) {
            if (data25.identity === void 0) {
              const err53 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/required", keyword: "required", params: { missingProperty: "identity" } };
              if (vErrors === null) {
                vErrors = [err53];
              } else {
                vErrors.push(err53);
              }
              errors++;
            }
            if (data25.kind === void 0) {
              const err54 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/required", keyword: "required", params: { missingProperty: "kind" } };
              if (vErrors === null) {
                vErrors = [err54];
              } else {
                vErrors.push(err54);
              }
              errors++;
            }
            if (data25.account === void 0) {
              const err55 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/required", keyword: "required", params: { missingProperty: "account" } };
              if (vErrors === null) {
                vErrors = [err55];
              } else {
                vErrors.push(err55);
              }
              errors++;
            }
            if (data25.region === void 0) {
              const err56 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/required", keyword: "required", params: { missingProperty: "region" } };
              if (vErrors === null) {
                vErrors = [err56];
              } else {
                vErrors.push(err56);
              }
              errors++;
            }
            if (data25.bounce === void 0) {
              const err57 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/required", keyword: "required", params: { missingProperty: "bounce" } };
              if (vErrors === null) {
                vErrors = [err57];
              } else {
                vErrors.push(err57);
              }
              errors++;
            }
            if (data25.complaint === void 0) {
              const err58 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/required", keyword: "required", params: { missingProperty: "complaint" } };
              if (vErrors === null) {
                vErrors = [err58];
              } else {
                vErrors.push(err58);
              }
              errors++;
            }
            if (data25.delivery === void 0) {
              const err59 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/required", keyword: "required", params: { missingProperty: "delivery" } };
              if (vErrors === null) {
                vErrors = [err59];
              } else {
                vErrors.push(err59);
              }
              errors++;
            }
            if (data25.identity !== void 0) {
              let data26 = data25.identity;
              if (typeof data26 === "string") {
                if (!pattern0.test(data26)) {
                  const err60 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/identity", schemaPath: "#/properties/externalIdentities/items/properties/identity/pattern", keyword: "pattern", params: { pattern: "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]" } };
                  if (vErrors === null) {
                    vErrors = [err60];
                  } else {
                    vErrors.push(err60);
                  }
                  errors++;
                }
              } else {
                const err61 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/identity", schemaPath: "#/properties/externalIdentities/items/properties/identity/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err61];
                } else {
                  vErrors.push(err61);
                }
                errors++;
              }
            }
            if (data25.kind !== void 0) {
              let data27 = data25.kind;
              if (typeof data27 !== "string") {
                const err62 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/kind", schemaPath: "#/properties/externalIdentities/items/properties/kind/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err62];
                } else {
                  vErrors.push(err62);
                }
                errors++;
              }
              if (!(data27 === "domain" || data27 === "address")) {
                const err63 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/kind", schemaPath: "#/properties/externalIdentities/items/properties/kind/enum", keyword: "enum", params: { allowedValues: schema11.properties.externalIdentities.items.properties.kind.enum } };
                if (vErrors === null) {
                  vErrors = [err63];
                } else {
                  vErrors.push(err63);
                }
                errors++;
              }
            }
            if (data25.account !== void 0) {
              let data28 = data25.account;
              if (typeof data28 !== "string" && data28 !== null) {
                const err64 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/account", schemaPath: "#/properties/externalIdentities/items/properties/account/type", keyword: "type", params: { type: schema11.properties.externalIdentities.items.properties.account.type } };
                if (vErrors === null) {
                  vErrors = [err64];
                } else {
                  vErrors.push(err64);
                }
                errors++;
              }
            }
            if (data25.region !== void 0) {
              let data29 = data25.region;
              if (typeof data29 !== "string" && data29 !== null) {
                const err65 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/region", schemaPath: "#/properties/externalIdentities/items/properties/region/type", keyword: "type", params: { type: schema11.properties.externalIdentities.items.properties.region.type } };
                if (vErrors === null) {
                  vErrors = [err65];
                } else {
                  vErrors.push(err65);
                }
                errors++;
              }
            }
            if (data25.bounce !== void 0) {
              let data30 = data25.bounce;
              if (Array.isArray(data30)) {
                const len5 = data30.length;
                for (let i5 = 0; i5 < len5; i5++) {
                  let data31 = data30[i5];
                  if (data31 && typeof data31 == "object" && !Array.isArray(data31)) {
                    if (data31.channel === void 0) {
                      const err66 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce/" + i5, schemaPath: "#/properties/externalIdentities/items/properties/bounce/items/required", keyword: "required", params: { missingProperty: "channel" } };
                      if (vErrors === null) {
                        vErrors = [err66];
                      } else {
                        vErrors.push(err66);
                      }
                      errors++;
                    }
                    if (data31.target === void 0) {
                      const err67 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce/" + i5, schemaPath: "#/properties/externalIdentities/items/properties/bounce/items/required", keyword: "required", params: { missingProperty: "target" } };
                      if (vErrors === null) {
                        vErrors = [err67];
                      } else {
                        vErrors.push(err67);
                      }
                      errors++;
                    }
                    if (data31.channel !== void 0) {
                      let data32 = data31.channel;
                      if (typeof data32 !== "string") {
                        const err68 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce/" + i5 + "/channel", schemaPath: "#/properties/externalIdentities/items/properties/bounce/items/properties/channel/type", keyword: "type", params: { type: "string" } };
                        if (vErrors === null) {
                          vErrors = [err68];
                        } else {
                          vErrors.push(err68);
                        }
                        errors++;
                      }
                      if (!(data32 === "forwarding" || data32 === "topic" || data32 === "event-destination")) {
                        const err69 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce/" + i5 + "/channel", schemaPath: "#/properties/externalIdentities/items/properties/bounce/items/properties/channel/enum", keyword: "enum", params: { allowedValues: schema11.properties.externalIdentities.items.properties.bounce.items.properties.channel.enum } };
                        if (vErrors === null) {
                          vErrors = [err69];
                        } else {
                          vErrors.push(err69);
                        }
                        errors++;
                      }
                    }
                    if (data31.target !== void 0) {
                      let data33 = data31.target;
                      if (typeof data33 !== "string" && data33 !== null) {
                        const err70 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce/" + i5 + "/target", schemaPath: "#/properties/externalIdentities/items/properties/bounce/items/properties/target/type", keyword: "type", params: { type: schema11.properties.externalIdentities.items.properties.bounce.items.properties.target.type } };
                        if (vErrors === null) {
                          vErrors = [err70];
                        } else {
                          vErrors.push(err70);
                        }
                        errors++;
                      }
                    }
                    if (data31.declared !== void 0) {
                      if (typeof data31.declared !== "boolean") {
                        const err71 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce/" + i5 + "/declared", schemaPath: "#/properties/externalIdentities/items/properties/bounce/items/properties/declared/type", keyword: "type", params: { type: "boolean" } };
                        if (vErrors === null) {
                          vErrors = [err71];
                        } else {
                          vErrors.push(err71);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err72 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce/" + i5, schemaPath: "#/properties/externalIdentities/items/properties/bounce/items/type", keyword: "type", params: { type: "object" } };
                    if (vErrors === null) {
                      vErrors = [err72];
                    } else {
                      vErrors.push(err72);
                    }
                    errors++;
                  }
                }
              } else {
                const err73 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce", schemaPath: "#/properties/externalIdentities/items/properties/bounce/type", keyword: "type", params: { type: "array" } };
                if (vErrors === null) {
                  vErrors = [err73];
                } else {
                  vErrors.push(err73);
                }
                errors++;
              }
            }
            if (data25.complaint !== void 0) {
              let data35 = data25.complaint;
              if (Array.isArray(data35)) {
                const len6 = data35.length;
                for (let i6 = 0; i6 < len6; i6++) {
                  let data36 = data35[i6];
                  if (data36 && typeof data36 == "object" && !Array.isArray(data36)) {
                    if (data36.channel === void 0) {
                      const err74 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint/" + i6, schemaPath: "#/properties/externalIdentities/items/properties/complaint/items/required", keyword: "required", params: { missingProperty: "channel" } };
                      if (vErrors === null) {
                        vErrors = [err74];
                      } else {
                        vErrors.push(err74);
                      }
                      errors++;
                    }
                    if (data36.target === void 0) {
                      const err75 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint/" + i6, schemaPath: "#/properties/externalIdentities/items/properties/complaint/items/required", keyword: "required", params: { missingProperty: "target" } };
                      if (vErrors === null) {
                        vErrors = [err75];
                      } else {
                        vErrors.push(err75);
                      }
                      errors++;
                    }
                    if (data36.channel !== void 0) {
                      let data37 = data36.channel;
                      if (typeof data37 !== "string") {
                        const err76 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint/" + i6 + "/channel", schemaPath: "#/properties/externalIdentities/items/properties/complaint/items/properties/channel/type", keyword: "type", params: { type: "string" } };
                        if (vErrors === null) {
                          vErrors = [err76];
                        } else {
                          vErrors.push(err76);
                        }
                        errors++;
                      }
                      if (!(data37 === "forwarding" || data37 === "topic" || data37 === "event-destination")) {
                        const err77 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint/" + i6 + "/channel", schemaPath: "#/properties/externalIdentities/items/properties/complaint/items/properties/channel/enum", keyword: "enum", params: { allowedValues: schema11.properties.externalIdentities.items.properties.complaint.items.properties.channel.enum } };
                        if (vErrors === null) {
                          vErrors = [err77];
                        } else {
                          vErrors.push(err77);
                        }
                        errors++;
                      }
                    }
                    if (data36.target !== void 0) {
                      let data38 = data36.target;
                      if (typeof data38 !== "string" && data38 !== null) {
                        const err78 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint/" + i6 + "/target", schemaPath: "#/properties/externalIdentities/items/properties/complaint/items/properties/target/type", keyword: "type", params: { type: schema11.properties.externalIdentities.items.properties.complaint.items.properties.target.type } };
                        if (vErrors === null) {
                          vErrors = [err78];
                        } else {
                          vErrors.push(err78);
                        }
                        errors++;
                      }
                    }
                    if (data36.declared !== void 0) {
                      if (typeof data36.declared !== "boolean") {
                        const err79 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint/" + i6 + "/declared", schemaPath: "#/properties/externalIdentities/items/properties/complaint/items/properties/declared/type", keyword: "type", params: { type: "boolean" } };
                        if (vErrors === null) {
                          vErrors = [err79];
                        } else {
                          vErrors.push(err79);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err80 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint/" + i6, schemaPath: "#/properties/externalIdentities/items/properties/complaint/items/type", keyword: "type", params: { type: "object" } };
                    if (vErrors === null) {
                      vErrors = [err80];
                    } else {
                      vErrors.push(err80);
                    }
                    errors++;
                  }
                }
              } else {
                const err81 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint", schemaPath: "#/properties/externalIdentities/items/properties/complaint/type", keyword: "type", params: { type: "array" } };
                if (vErrors === null) {
                  vErrors = [err81];
                } else {
                  vErrors.push(err81);
                }
                errors++;
              }
            }
            if (data25.delivery !== void 0) {
              let data40 = data25.delivery;
              if (Array.isArray(data40)) {
                const len7 = data40.length;
                for (let i7 = 0; i7 < len7; i7++) {
                  let data41 = data40[i7];
                  if (data41 && typeof data41 == "object" && !Array.isArray(data41)) {
                    if (data41.channel === void 0) {
                      const err82 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery/" + i7, schemaPath: "#/properties/externalIdentities/items/properties/delivery/items/required", keyword: "required", params: { missingProperty: "channel" } };
                      if (vErrors === null) {
                        vErrors = [err82];
                      } else {
                        vErrors.push(err82);
                      }
                      errors++;
                    }
                    if (data41.target === void 0) {
                      const err83 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery/" + i7, schemaPath: "#/properties/externalIdentities/items/properties/delivery/items/required", keyword: "required", params: { missingProperty: "target" } };
                      if (vErrors === null) {
                        vErrors = [err83];
                      } else {
                        vErrors.push(err83);
                      }
                      errors++;
                    }
                    if (data41.channel !== void 0) {
                      let data42 = data41.channel;
                      if (typeof data42 !== "string") {
                        const err84 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery/" + i7 + "/channel", schemaPath: "#/properties/externalIdentities/items/properties/delivery/items/properties/channel/type", keyword: "type", params: { type: "string" } };
                        if (vErrors === null) {
                          vErrors = [err84];
                        } else {
                          vErrors.push(err84);
                        }
                        errors++;
                      }
                      if (!(data42 === "forwarding" || data42 === "topic" || data42 === "event-destination")) {
                        const err85 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery/" + i7 + "/channel", schemaPath: "#/properties/externalIdentities/items/properties/delivery/items/properties/channel/enum", keyword: "enum", params: { allowedValues: schema11.properties.externalIdentities.items.properties.delivery.items.properties.channel.enum } };
                        if (vErrors === null) {
                          vErrors = [err85];
                        } else {
                          vErrors.push(err85);
                        }
                        errors++;
                      }
                    }
                    if (data41.target !== void 0) {
                      let data43 = data41.target;
                      if (typeof data43 !== "string" && data43 !== null) {
                        const err86 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery/" + i7 + "/target", schemaPath: "#/properties/externalIdentities/items/properties/delivery/items/properties/target/type", keyword: "type", params: { type: schema11.properties.externalIdentities.items.properties.delivery.items.properties.target.type } };
                        if (vErrors === null) {
                          vErrors = [err86];
                        } else {
                          vErrors.push(err86);
                        }
                        errors++;
                      }
                    }
                    if (data41.declared !== void 0) {
                      if (typeof data41.declared !== "boolean") {
                        const err87 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery/" + i7 + "/declared", schemaPath: "#/properties/externalIdentities/items/properties/delivery/items/properties/declared/type", keyword: "type", params: { type: "boolean" } };
                        if (vErrors === null) {
                          vErrors = [err87];
                        } else {
                          vErrors.push(err87);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err88 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery/" + i7, schemaPath: "#/properties/externalIdentities/items/properties/delivery/items/type", keyword: "type", params: { type: "object" } };
                    if (vErrors === null) {
                      vErrors = [err88];
                    } else {
                      vErrors.push(err88);
                    }
                    errors++;
                  }
                }
              } else {
                const err89 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery", schemaPath: "#/properties/externalIdentities/items/properties/delivery/type", keyword: "type", params: { type: "array" } };
                if (vErrors === null) {
                  vErrors = [err89];
                } else {
                  vErrors.push(err89);
                }
                errors++;
              }
            }
            if (data25.seen !== void 0) {
              let data45 = data25.seen;
              if (typeof data45 === "string") {
                if (!pattern0.test(data45)) {
                  const err90 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/seen", schemaPath: "#/properties/externalIdentities/items/properties/seen/pattern", keyword: "pattern", params: { pattern: "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]" } };
                  if (vErrors === null) {
                    vErrors = [err90];
                  } else {
                    vErrors.push(err90);
                  }
                  errors++;
                }
              } else {
                const err91 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/seen", schemaPath: "#/properties/externalIdentities/items/properties/seen/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err91];
                } else {
                  vErrors.push(err91);
                }
                errors++;
              }
            }
            if (data25.source !== void 0) {
              let data46 = data25.source;
              if (typeof data46 === "string") {
                if (!pattern0.test(data46)) {
                  const err92 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/source", schemaPath: "#/properties/externalIdentities/items/properties/source/pattern", keyword: "pattern", params: { pattern: "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]" } };
                  if (vErrors === null) {
                    vErrors = [err92];
                  } else {
                    vErrors.push(err92);
                  }
                  errors++;
                }
              } else {
                const err93 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/source", schemaPath: "#/properties/externalIdentities/items/properties/source/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err93];
                } else {
                  vErrors.push(err93);
                }
                errors++;
              }
            }
            if (data25.expires !== void 0) {
              let data47 = data25.expires;
              if (typeof data47 === "string") {
                if (!formats0(data47)) {
                  const err94 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/expires", schemaPath: "#/properties/externalIdentities/items/properties/expires/format", keyword: "format", params: { format: "date" } };
                  if (vErrors === null) {
                    vErrors = [err94];
                  } else {
                    vErrors.push(err94);
                  }
                  errors++;
                }
              } else {
                const err95 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/expires", schemaPath: "#/properties/externalIdentities/items/properties/expires/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err95];
                } else {
                  vErrors.push(err95);
                }
                errors++;
              }
            }
            if (data25.doubt !== void 0) {
              let data48 = data25.doubt;
              if (typeof data48 === "string") {
                if (!pattern0.test(data48)) {
                  const err96 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/doubt", schemaPath: "#/properties/externalIdentities/items/properties/doubt/pattern", keyword: "pattern", params: { pattern: "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]" } };
                  if (vErrors === null) {
                    vErrors = [err96];
                  } else {
                    vErrors.push(err96);
                  }
                  errors++;
                }
              } else {
                const err97 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/doubt", schemaPath: "#/properties/externalIdentities/items/properties/doubt/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err97];
                } else {
                  vErrors.push(err97);
                }
                errors++;
              }
            }
          } else {
            const err98 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/type", keyword: "type", params: { type: "object" } };
            if (vErrors === null) {
              vErrors = [err98];
            } else {
              vErrors.push(err98);
            }
            errors++;
          }
        }
      } else {
        const err99 = { instancePath: instancePath + "/externalIdentities", schemaPath: "#/properties/externalIdentities/type", keyword: "type", params: { type: "array" } };
        if (vErrors === null) {
          vErrors = [err99];
        } else {
          vErrors.push(err99);
        }
        errors++;
      }
    }
    if (data.defaultConfigurationSet !== void 0) {
      let data49 = data.defaultConfigurationSet;
      if (typeof data49 === "string") {
        if (!pattern0.test(data49)) {
          const err100 = { instancePath: instancePath + "/defaultConfigurationSet", schemaPath: "#/properties/defaultConfigurationSet/pattern", keyword: "pattern", params: { pattern: "[^\\p{C}\\p{M}\\p{Z}\u115F\u1160\u2800\u3164\uFFA0]" } };
          if (vErrors === null) {
            vErrors = [err100];
          } else {
            vErrors.push(err100);
          }
          errors++;
        }
      } else {
        const err101 = { instancePath: instancePath + "/defaultConfigurationSet", schemaPath: "#/properties/defaultConfigurationSet/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err101];
        } else {
          vErrors.push(err101);
        }
        errors++;
      }
    }
    if (data.rules !== void 0) {
      let data50 = data.rules;
      if (data50 && typeof data50 == "object" && !Array.isArray(data50)) {
        for (const key6 in data50) {
          let data51 = data50[key6];
          if (typeof data51 !== "string") {
            const err102 = { instancePath: instancePath + "/rules/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/rules/additionalProperties/type", keyword: "type", params: { type: "string" } };
            if (vErrors === null) {
              vErrors = [err102];
            } else {
              vErrors.push(err102);
            }
            errors++;
          }
          if (!(data51 === "mandatory" || data51 === "advisory" || data51 === "disabled")) {
            const err103 = { instancePath: instancePath + "/rules/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/rules/additionalProperties/enum", keyword: "enum", params: { allowedValues: schema11.properties.rules.additionalProperties.enum } };
            if (vErrors === null) {
              vErrors = [err103];
            } else {
              vErrors.push(err103);
            }
            errors++;
          }
        }
      } else {
        const err104 = { instancePath: instancePath + "/rules", schemaPath: "#/properties/rules/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err104];
        } else {
          vErrors.push(err104);
        }
        errors++;
      }
    }
  } else {
    const err105 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err105];
    } else {
      vErrors.push(err105);
    }
    errors++;
  }
  validate10.errors = vErrors;
  return errors === 0;
}
export {
  validateConfig
};
