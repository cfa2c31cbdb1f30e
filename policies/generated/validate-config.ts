// Generated from policies/config/schema.ts by `npm run generate`.
// @ts-nocheck: Ajv writes JavaScript.
import * as formats from "../config/date";

const validateConfig = validate10;
const schema11 = { "additionalProperties": false, "type": "object", "properties": { "emailForwarding": { "type": "string", "enum": ["when-declared", "accept", "reject"] }, "intendedOverrides": { "type": "array", "items": { "additionalProperties": false, "type": "object", "required": ["identity", "reason"], "properties": { "identity": { "pattern": "\\S", "type": "string" }, "reason": { "pattern": "\\S", "type": "string" }, "expires": { "format": "date", "type": "string" } } } }, "exceptions": { "type": "array", "items": { "additionalProperties": false, "type": "object", "required": ["rule", "identity", "reason"], "properties": { "rule": { "pattern": "\\S", "type": "string" }, "identity": { "pattern": "\\S", "type": "string" }, "reason": { "pattern": "\\S", "type": "string" }, "expires": { "format": "date", "type": "string" } } } }, "sendTimeConfigurationSets": { "type": "array", "items": { "additionalProperties": false, "type": "object", "required": ["configurationSet", "identities", "reason"], "properties": { "configurationSet": { "pattern": "\\S", "type": "string" }, "identities": { "minItems": 1, "type": "array", "items": { "pattern": "\\S", "type": "string" } }, "reason": { "pattern": "\\S", "type": "string" } } } }, "accounts": { "type": "object", "additionalProperties": { "type": "string", "pattern": "^\\d{12}$" } }, "externalIdentities": { "type": "array", "items": { "type": "object", "required": ["identity", "kind", "account", "region", "bounce", "complaint", "delivery"], "properties": { "identity": { "pattern": "\\S", "type": "string" }, "kind": { "type": "string", "enum": ["domain", "address"] }, "account": { "type": ["string", "null"] }, "region": { "type": ["string", "null"] }, "bounce": { "type": "array", "items": { "type": "object", "required": ["channel", "target"], "properties": { "channel": { "type": "string", "enum": ["forwarding", "topic", "event-destination"] }, "target": { "type": ["string", "null"] }, "declared": { "type": "boolean" } } } }, "complaint": { "type": "array", "items": { "type": "object", "required": ["channel", "target"], "properties": { "channel": { "type": "string", "enum": ["forwarding", "topic", "event-destination"] }, "target": { "type": ["string", "null"] }, "declared": { "type": "boolean" } } } }, "delivery": { "type": "array", "items": { "type": "object", "required": ["channel", "target"], "properties": { "channel": { "type": "string", "enum": ["forwarding", "topic", "event-destination"] }, "target": { "type": ["string", "null"] }, "declared": { "type": "boolean" } } } } } } }, "defaultConfigurationSet": { "pattern": "\\S", "type": "string" }, "rules": { "type": "object", "additionalProperties": { "type": "string", "enum": ["mandatory", "advisory", "disabled"] } } } };
const pattern0 = new RegExp("\\S", "u");
const pattern8 = new RegExp("^\\d{12}$", "u");
const formats0 = formats.date;
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "emailForwarding" || key0 === "intendedOverrides" || key0 === "exceptions" || key0 === "sendTimeConfigurationSets" || key0 === "accounts" || key0 === "externalIdentities" || key0 === "defaultConfigurationSet" || key0 === "rules")) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.emailForwarding !== void 0) {
      let data0 = data.emailForwarding;
      if (typeof data0 !== "string") {
        const err1 = { instancePath: instancePath + "/emailForwarding", schemaPath: "#/properties/emailForwarding/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      if (!(data0 === "when-declared" || data0 === "accept" || data0 === "reject")) {
        const err2 = { instancePath: instancePath + "/emailForwarding", schemaPath: "#/properties/emailForwarding/enum", keyword: "enum", params: { allowedValues: schema11.properties.emailForwarding.enum } };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.intendedOverrides !== void 0) {
      let data1 = data.intendedOverrides;
      if (Array.isArray(data1)) {
        const len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data2 = data1[i0];
          if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
            if (data2.identity === void 0) {
              const err3 = { instancePath: instancePath + "/intendedOverrides/" + i0, schemaPath: "#/properties/intendedOverrides/items/required", keyword: "required", params: { missingProperty: "identity" } };
              if (vErrors === null) {
                vErrors = [err3];
              } else {
                vErrors.push(err3);
              }
              errors++;
            }
            if (data2.reason === void 0) {
              const err4 = { instancePath: instancePath + "/intendedOverrides/" + i0, schemaPath: "#/properties/intendedOverrides/items/required", keyword: "required", params: { missingProperty: "reason" } };
              if (vErrors === null) {
                vErrors = [err4];
              } else {
                vErrors.push(err4);
              }
              errors++;
            }
            for (const key1 in data2) {
              if (!(key1 === "identity" || key1 === "reason" || key1 === "expires")) {
                const err5 = { instancePath: instancePath + "/intendedOverrides/" + i0, schemaPath: "#/properties/intendedOverrides/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 } };
                if (vErrors === null) {
                  vErrors = [err5];
                } else {
                  vErrors.push(err5);
                }
                errors++;
              }
            }
            if (data2.identity !== void 0) {
              let data3 = data2.identity;
              if (typeof data3 === "string") {
                if (!pattern0.test(data3)) {
                  const err6 = { instancePath: instancePath + "/intendedOverrides/" + i0 + "/identity", schemaPath: "#/properties/intendedOverrides/items/properties/identity/pattern", keyword: "pattern", params: { pattern: "\\S" } };
                  if (vErrors === null) {
                    vErrors = [err6];
                  } else {
                    vErrors.push(err6);
                  }
                  errors++;
                }
              } else {
                const err7 = { instancePath: instancePath + "/intendedOverrides/" + i0 + "/identity", schemaPath: "#/properties/intendedOverrides/items/properties/identity/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err7];
                } else {
                  vErrors.push(err7);
                }
                errors++;
              }
            }
            if (data2.reason !== void 0) {
              let data4 = data2.reason;
              if (typeof data4 === "string") {
                if (!pattern0.test(data4)) {
                  const err8 = { instancePath: instancePath + "/intendedOverrides/" + i0 + "/reason", schemaPath: "#/properties/intendedOverrides/items/properties/reason/pattern", keyword: "pattern", params: { pattern: "\\S" } };
                  if (vErrors === null) {
                    vErrors = [err8];
                  } else {
                    vErrors.push(err8);
                  }
                  errors++;
                }
              } else {
                const err9 = { instancePath: instancePath + "/intendedOverrides/" + i0 + "/reason", schemaPath: "#/properties/intendedOverrides/items/properties/reason/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err9];
                } else {
                  vErrors.push(err9);
                }
                errors++;
              }
            }
            if (data2.expires !== void 0) {
              let data5 = data2.expires;
              if (typeof data5 === "string") {
                if (!formats0(data5)) {
                  const err10 = { instancePath: instancePath + "/intendedOverrides/" + i0 + "/expires", schemaPath: "#/properties/intendedOverrides/items/properties/expires/format", keyword: "format", params: { format: "date" } };
                  if (vErrors === null) {
                    vErrors = [err10];
                  } else {
                    vErrors.push(err10);
                  }
                  errors++;
                }
              } else {
                const err11 = { instancePath: instancePath + "/intendedOverrides/" + i0 + "/expires", schemaPath: "#/properties/intendedOverrides/items/properties/expires/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err11];
                } else {
                  vErrors.push(err11);
                }
                errors++;
              }
            }
          } else {
            const err12 = { instancePath: instancePath + "/intendedOverrides/" + i0, schemaPath: "#/properties/intendedOverrides/items/type", keyword: "type", params: { type: "object" } };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
      } else {
        const err13 = { instancePath: instancePath + "/intendedOverrides", schemaPath: "#/properties/intendedOverrides/type", keyword: "type", params: { type: "array" } };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.exceptions !== void 0) {
      let data6 = data.exceptions;
      if (Array.isArray(data6)) {
        const len1 = data6.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data7 = data6[i1];
          if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
            if (data7.rule === void 0) {
              const err14 = { instancePath: instancePath + "/exceptions/" + i1, schemaPath: "#/properties/exceptions/items/required", keyword: "required", params: { missingProperty: "rule" } };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
            if (data7.identity === void 0) {
              const err15 = { instancePath: instancePath + "/exceptions/" + i1, schemaPath: "#/properties/exceptions/items/required", keyword: "required", params: { missingProperty: "identity" } };
              if (vErrors === null) {
                vErrors = [err15];
              } else {
                vErrors.push(err15);
              }
              errors++;
            }
            if (data7.reason === void 0) {
              const err16 = { instancePath: instancePath + "/exceptions/" + i1, schemaPath: "#/properties/exceptions/items/required", keyword: "required", params: { missingProperty: "reason" } };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
            for (const key2 in data7) {
              if (!(key2 === "rule" || key2 === "identity" || key2 === "reason" || key2 === "expires")) {
                const err17 = { instancePath: instancePath + "/exceptions/" + i1, schemaPath: "#/properties/exceptions/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 } };
                if (vErrors === null) {
                  vErrors = [err17];
                } else {
                  vErrors.push(err17);
                }
                errors++;
              }
            }
            if (data7.rule !== void 0) {
              let data8 = data7.rule;
              if (typeof data8 === "string") {
                if (!pattern0.test(data8)) {
                  const err18 = { instancePath: instancePath + "/exceptions/" + i1 + "/rule", schemaPath: "#/properties/exceptions/items/properties/rule/pattern", keyword: "pattern", params: { pattern: "\\S" } };
                  if (vErrors === null) {
                    vErrors = [err18];
                  } else {
                    vErrors.push(err18);
                  }
                  errors++;
                }
              } else {
                const err19 = { instancePath: instancePath + "/exceptions/" + i1 + "/rule", schemaPath: "#/properties/exceptions/items/properties/rule/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err19];
                } else {
                  vErrors.push(err19);
                }
                errors++;
              }
            }
            if (data7.identity !== void 0) {
              let data9 = data7.identity;
              if (typeof data9 === "string") {
                if (!pattern0.test(data9)) {
                  const err20 = { instancePath: instancePath + "/exceptions/" + i1 + "/identity", schemaPath: "#/properties/exceptions/items/properties/identity/pattern", keyword: "pattern", params: { pattern: "\\S" } };
                  if (vErrors === null) {
                    vErrors = [err20];
                  } else {
                    vErrors.push(err20);
                  }
                  errors++;
                }
              } else {
                const err21 = { instancePath: instancePath + "/exceptions/" + i1 + "/identity", schemaPath: "#/properties/exceptions/items/properties/identity/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err21];
                } else {
                  vErrors.push(err21);
                }
                errors++;
              }
            }
            if (data7.reason !== void 0) {
              let data10 = data7.reason;
              if (typeof data10 === "string") {
                if (!pattern0.test(data10)) {
                  const err22 = { instancePath: instancePath + "/exceptions/" + i1 + "/reason", schemaPath: "#/properties/exceptions/items/properties/reason/pattern", keyword: "pattern", params: { pattern: "\\S" } };
                  if (vErrors === null) {
                    vErrors = [err22];
                  } else {
                    vErrors.push(err22);
                  }
                  errors++;
                }
              } else {
                const err23 = { instancePath: instancePath + "/exceptions/" + i1 + "/reason", schemaPath: "#/properties/exceptions/items/properties/reason/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err23];
                } else {
                  vErrors.push(err23);
                }
                errors++;
              }
            }
            if (data7.expires !== void 0) {
              let data11 = data7.expires;
              if (typeof data11 === "string") {
                if (!formats0(data11)) {
                  const err24 = { instancePath: instancePath + "/exceptions/" + i1 + "/expires", schemaPath: "#/properties/exceptions/items/properties/expires/format", keyword: "format", params: { format: "date" } };
                  if (vErrors === null) {
                    vErrors = [err24];
                  } else {
                    vErrors.push(err24);
                  }
                  errors++;
                }
              } else {
                const err25 = { instancePath: instancePath + "/exceptions/" + i1 + "/expires", schemaPath: "#/properties/exceptions/items/properties/expires/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err25];
                } else {
                  vErrors.push(err25);
                }
                errors++;
              }
            }
          } else {
            const err26 = { instancePath: instancePath + "/exceptions/" + i1, schemaPath: "#/properties/exceptions/items/type", keyword: "type", params: { type: "object" } };
            if (vErrors === null) {
              vErrors = [err26];
            } else {
              vErrors.push(err26);
            }
            errors++;
          }
        }
      } else {
        const err27 = { instancePath: instancePath + "/exceptions", schemaPath: "#/properties/exceptions/type", keyword: "type", params: { type: "array" } };
        if (vErrors === null) {
          vErrors = [err27];
        } else {
          vErrors.push(err27);
        }
        errors++;
      }
    }
    if (data.sendTimeConfigurationSets !== void 0) {
      let data12 = data.sendTimeConfigurationSets;
      if (Array.isArray(data12)) {
        const len2 = data12.length;
        for (let i2 = 0; i2 < len2; i2++) {
          let data13 = data12[i2];
          if (data13 && typeof data13 == "object" && !Array.isArray(data13)) {
            if (data13.configurationSet === void 0) {
              const err28 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2, schemaPath: "#/properties/sendTimeConfigurationSets/items/required", keyword: "required", params: { missingProperty: "configurationSet" } };
              if (vErrors === null) {
                vErrors = [err28];
              } else {
                vErrors.push(err28);
              }
              errors++;
            }
            if (data13.identities === void 0) {
              const err29 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2, schemaPath: "#/properties/sendTimeConfigurationSets/items/required", keyword: "required", params: { missingProperty: "identities" } };
              if (vErrors === null) {
                vErrors = [err29];
              } else {
                vErrors.push(err29);
              }
              errors++;
            }
            if (data13.reason === void 0) {
              const err30 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2, schemaPath: "#/properties/sendTimeConfigurationSets/items/required", keyword: "required", params: { missingProperty: "reason" } };
              if (vErrors === null) {
                vErrors = [err30];
              } else {
                vErrors.push(err30);
              }
              errors++;
            }
            for (const key3 in data13) {
              if (!(key3 === "configurationSet" || key3 === "identities" || key3 === "reason")) {
                const err31 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2, schemaPath: "#/properties/sendTimeConfigurationSets/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 } };
                if (vErrors === null) {
                  vErrors = [err31];
                } else {
                  vErrors.push(err31);
                }
                errors++;
              }
            }
            if (data13.configurationSet !== void 0) {
              let data14 = data13.configurationSet;
              if (typeof data14 === "string") {
                if (!pattern0.test(data14)) {
                  const err32 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/configurationSet", schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/configurationSet/pattern", keyword: "pattern", params: { pattern: "\\S" } };
                  if (vErrors === null) {
                    vErrors = [err32];
                  } else {
                    vErrors.push(err32);
                  }
                  errors++;
                }
              } else {
                const err33 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/configurationSet", schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/configurationSet/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err33];
                } else {
                  vErrors.push(err33);
                }
                errors++;
              }
            }
            if (data13.identities !== void 0) {
              let data15 = data13.identities;
              if (Array.isArray(data15)) {
                if (data15.length < 1) {
                  const err34 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/identities", schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/identities/minItems", keyword: "minItems", params: { limit: 1 } };
                  if (vErrors === null) {
                    vErrors = [err34];
                  } else {
                    vErrors.push(err34);
                  }
                  errors++;
                }
                const len3 = data15.length;
                for (let i3 = 0; i3 < len3; i3++) {
                  let data16 = data15[i3];
                  if (typeof data16 === "string") {
                    if (!pattern0.test(data16)) {
                      const err35 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/identities/" + i3, schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/identities/items/pattern", keyword: "pattern", params: { pattern: "\\S" } };
                      if (vErrors === null) {
                        vErrors = [err35];
                      } else {
                        vErrors.push(err35);
                      }
                      errors++;
                    }
                  } else {
                    const err36 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/identities/" + i3, schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/identities/items/type", keyword: "type", params: { type: "string" } };
                    if (vErrors === null) {
                      vErrors = [err36];
                    } else {
                      vErrors.push(err36);
                    }
                    errors++;
                  }
                }
              } else {
                const err37 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/identities", schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/identities/type", keyword: "type", params: { type: "array" } };
                if (vErrors === null) {
                  vErrors = [err37];
                } else {
                  vErrors.push(err37);
                }
                errors++;
              }
            }
            if (data13.reason !== void 0) {
              let data17 = data13.reason;
              if (typeof data17 === "string") {
                if (!pattern0.test(data17)) {
                  const err38 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/reason", schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/reason/pattern", keyword: "pattern", params: { pattern: "\\S" } };
                  if (vErrors === null) {
                    vErrors = [err38];
                  } else {
                    vErrors.push(err38);
                  }
                  errors++;
                }
              } else {
                const err39 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2 + "/reason", schemaPath: "#/properties/sendTimeConfigurationSets/items/properties/reason/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err39];
                } else {
                  vErrors.push(err39);
                }
                errors++;
              }
            }
          } else {
            const err40 = { instancePath: instancePath + "/sendTimeConfigurationSets/" + i2, schemaPath: "#/properties/sendTimeConfigurationSets/items/type", keyword: "type", params: { type: "object" } };
            if (vErrors === null) {
              vErrors = [err40];
            } else {
              vErrors.push(err40);
            }
            errors++;
          }
        }
      } else {
        const err41 = { instancePath: instancePath + "/sendTimeConfigurationSets", schemaPath: "#/properties/sendTimeConfigurationSets/type", keyword: "type", params: { type: "array" } };
        if (vErrors === null) {
          vErrors = [err41];
        } else {
          vErrors.push(err41);
        }
        errors++;
      }
    }
    if (data.accounts !== void 0) {
      let data18 = data.accounts;
      if (data18 && typeof data18 == "object" && !Array.isArray(data18)) {
        for (const key4 in data18) {
          let data19 = data18[key4];
          if (typeof data19 === "string") {
            if (!pattern8.test(data19)) {
              const err42 = { instancePath: instancePath + "/accounts/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/accounts/additionalProperties/pattern", keyword: "pattern", params: { pattern: "^\\d{12}$" } };
              if (vErrors === null) {
                vErrors = [err42];
              } else {
                vErrors.push(err42);
              }
              errors++;
            }
          } else {
            const err43 = { instancePath: instancePath + "/accounts/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/accounts/additionalProperties/type", keyword: "type", params: { type: "string" } };
            if (vErrors === null) {
              vErrors = [err43];
            } else {
              vErrors.push(err43);
            }
            errors++;
          }
        }
      } else {
        const err44 = { instancePath: instancePath + "/accounts", schemaPath: "#/properties/accounts/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err44];
        } else {
          vErrors.push(err44);
        }
        errors++;
      }
    }
    if (data.externalIdentities !== void 0) {
      let data20 = data.externalIdentities;
      if (Array.isArray(data20)) {
        const len4 = data20.length;
        for (let i4 = 0; i4 < len4; i4++) {
          let data21 = data20[i4];
          if (data21 && typeof data21 == "object" && !Array.isArray(data21)) {
            if (data21.identity === void 0) {
              const err45 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/required", keyword: "required", params: { missingProperty: "identity" } };
              if (vErrors === null) {
                vErrors = [err45];
              } else {
                vErrors.push(err45);
              }
              errors++;
            }
            if (data21.kind === void 0) {
              const err46 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/required", keyword: "required", params: { missingProperty: "kind" } };
              if (vErrors === null) {
                vErrors = [err46];
              } else {
                vErrors.push(err46);
              }
              errors++;
            }
            if (data21.account === void 0) {
              const err47 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/required", keyword: "required", params: { missingProperty: "account" } };
              if (vErrors === null) {
                vErrors = [err47];
              } else {
                vErrors.push(err47);
              }
              errors++;
            }
            if (data21.region === void 0) {
              const err48 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/required", keyword: "required", params: { missingProperty: "region" } };
              if (vErrors === null) {
                vErrors = [err48];
              } else {
                vErrors.push(err48);
              }
              errors++;
            }
            if (data21.bounce === void 0) {
              const err49 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/required", keyword: "required", params: { missingProperty: "bounce" } };
              if (vErrors === null) {
                vErrors = [err49];
              } else {
                vErrors.push(err49);
              }
              errors++;
            }
            if (data21.complaint === void 0) {
              const err50 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/required", keyword: "required", params: { missingProperty: "complaint" } };
              if (vErrors === null) {
                vErrors = [err50];
              } else {
                vErrors.push(err50);
              }
              errors++;
            }
            if (data21.delivery === void 0) {
              const err51 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/required", keyword: "required", params: { missingProperty: "delivery" } };
              if (vErrors === null) {
                vErrors = [err51];
              } else {
                vErrors.push(err51);
              }
              errors++;
            }
            if (data21.identity !== void 0) {
              let data22 = data21.identity;
              if (typeof data22 === "string") {
                if (!pattern0.test(data22)) {
                  const err52 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/identity", schemaPath: "#/properties/externalIdentities/items/properties/identity/pattern", keyword: "pattern", params: { pattern: "\\S" } };
                  if (vErrors === null) {
                    vErrors = [err52];
                  } else {
                    vErrors.push(err52);
                  }
                  errors++;
                }
              } else {
                const err53 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/identity", schemaPath: "#/properties/externalIdentities/items/properties/identity/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err53];
                } else {
                  vErrors.push(err53);
                }
                errors++;
              }
            }
            if (data21.kind !== void 0) {
              let data23 = data21.kind;
              if (typeof data23 !== "string") {
                const err54 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/kind", schemaPath: "#/properties/externalIdentities/items/properties/kind/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err54];
                } else {
                  vErrors.push(err54);
                }
                errors++;
              }
              if (!(data23 === "domain" || data23 === "address")) {
                const err55 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/kind", schemaPath: "#/properties/externalIdentities/items/properties/kind/enum", keyword: "enum", params: { allowedValues: schema11.properties.externalIdentities.items.properties.kind.enum } };
                if (vErrors === null) {
                  vErrors = [err55];
                } else {
                  vErrors.push(err55);
                }
                errors++;
              }
            }
            if (data21.account !== void 0) {
              let data24 = data21.account;
              if (typeof data24 !== "string" && data24 !== null) {
                const err56 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/account", schemaPath: "#/properties/externalIdentities/items/properties/account/type", keyword: "type", params: { type: schema11.properties.externalIdentities.items.properties.account.type } };
                if (vErrors === null) {
                  vErrors = [err56];
                } else {
                  vErrors.push(err56);
                }
                errors++;
              }
            }
            if (data21.region !== void 0) {
              let data25 = data21.region;
              if (typeof data25 !== "string" && data25 !== null) {
                const err57 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/region", schemaPath: "#/properties/externalIdentities/items/properties/region/type", keyword: "type", params: { type: schema11.properties.externalIdentities.items.properties.region.type } };
                if (vErrors === null) {
                  vErrors = [err57];
                } else {
                  vErrors.push(err57);
                }
                errors++;
              }
            }
            if (data21.bounce !== void 0) {
              let data26 = data21.bounce;
              if (Array.isArray(data26)) {
                const len5 = data26.length;
                for (let i5 = 0; i5 < len5; i5++) {
                  let data27 = data26[i5];
                  if (data27 && typeof data27 == "object" && !Array.isArray(data27)) {
                    if (data27.channel === void 0) {
                      const err58 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce/" + i5, schemaPath: "#/properties/externalIdentities/items/properties/bounce/items/required", keyword: "required", params: { missingProperty: "channel" } };
                      if (vErrors === null) {
                        vErrors = [err58];
                      } else {
                        vErrors.push(err58);
                      }
                      errors++;
                    }
                    if (data27.target === void 0) {
                      const err59 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce/" + i5, schemaPath: "#/properties/externalIdentities/items/properties/bounce/items/required", keyword: "required", params: { missingProperty: "target" } };
                      if (vErrors === null) {
                        vErrors = [err59];
                      } else {
                        vErrors.push(err59);
                      }
                      errors++;
                    }
                    if (data27.channel !== void 0) {
                      let data28 = data27.channel;
                      if (typeof data28 !== "string") {
                        const err60 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce/" + i5 + "/channel", schemaPath: "#/properties/externalIdentities/items/properties/bounce/items/properties/channel/type", keyword: "type", params: { type: "string" } };
                        if (vErrors === null) {
                          vErrors = [err60];
                        } else {
                          vErrors.push(err60);
                        }
                        errors++;
                      }
                      if (!(data28 === "forwarding" || data28 === "topic" || data28 === "event-destination")) {
                        const err61 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce/" + i5 + "/channel", schemaPath: "#/properties/externalIdentities/items/properties/bounce/items/properties/channel/enum", keyword: "enum", params: { allowedValues: schema11.properties.externalIdentities.items.properties.bounce.items.properties.channel.enum } };
                        if (vErrors === null) {
                          vErrors = [err61];
                        } else {
                          vErrors.push(err61);
                        }
                        errors++;
                      }
                    }
                    if (data27.target !== void 0) {
                      let data29 = data27.target;
                      if (typeof data29 !== "string" && data29 !== null) {
                        const err62 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce/" + i5 + "/target", schemaPath: "#/properties/externalIdentities/items/properties/bounce/items/properties/target/type", keyword: "type", params: { type: schema11.properties.externalIdentities.items.properties.bounce.items.properties.target.type } };
                        if (vErrors === null) {
                          vErrors = [err62];
                        } else {
                          vErrors.push(err62);
                        }
                        errors++;
                      }
                    }
                    if (data27.declared !== void 0) {
                      if (typeof data27.declared !== "boolean") {
                        const err63 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce/" + i5 + "/declared", schemaPath: "#/properties/externalIdentities/items/properties/bounce/items/properties/declared/type", keyword: "type", params: { type: "boolean" } };
                        if (vErrors === null) {
                          vErrors = [err63];
                        } else {
                          vErrors.push(err63);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err64 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce/" + i5, schemaPath: "#/properties/externalIdentities/items/properties/bounce/items/type", keyword: "type", params: { type: "object" } };
                    if (vErrors === null) {
                      vErrors = [err64];
                    } else {
                      vErrors.push(err64);
                    }
                    errors++;
                  }
                }
              } else {
                const err65 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/bounce", schemaPath: "#/properties/externalIdentities/items/properties/bounce/type", keyword: "type", params: { type: "array" } };
                if (vErrors === null) {
                  vErrors = [err65];
                } else {
                  vErrors.push(err65);
                }
                errors++;
              }
            }
            if (data21.complaint !== void 0) {
              let data31 = data21.complaint;
              if (Array.isArray(data31)) {
                const len6 = data31.length;
                for (let i6 = 0; i6 < len6; i6++) {
                  let data32 = data31[i6];
                  if (data32 && typeof data32 == "object" && !Array.isArray(data32)) {
                    if (data32.channel === void 0) {
                      const err66 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint/" + i6, schemaPath: "#/properties/externalIdentities/items/properties/complaint/items/required", keyword: "required", params: { missingProperty: "channel" } };
                      if (vErrors === null) {
                        vErrors = [err66];
                      } else {
                        vErrors.push(err66);
                      }
                      errors++;
                    }
                    if (data32.target === void 0) {
                      const err67 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint/" + i6, schemaPath: "#/properties/externalIdentities/items/properties/complaint/items/required", keyword: "required", params: { missingProperty: "target" } };
                      if (vErrors === null) {
                        vErrors = [err67];
                      } else {
                        vErrors.push(err67);
                      }
                      errors++;
                    }
                    if (data32.channel !== void 0) {
                      let data33 = data32.channel;
                      if (typeof data33 !== "string") {
                        const err68 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint/" + i6 + "/channel", schemaPath: "#/properties/externalIdentities/items/properties/complaint/items/properties/channel/type", keyword: "type", params: { type: "string" } };
                        if (vErrors === null) {
                          vErrors = [err68];
                        } else {
                          vErrors.push(err68);
                        }
                        errors++;
                      }
                      if (!(data33 === "forwarding" || data33 === "topic" || data33 === "event-destination")) {
                        const err69 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint/" + i6 + "/channel", schemaPath: "#/properties/externalIdentities/items/properties/complaint/items/properties/channel/enum", keyword: "enum", params: { allowedValues: schema11.properties.externalIdentities.items.properties.complaint.items.properties.channel.enum } };
                        if (vErrors === null) {
                          vErrors = [err69];
                        } else {
                          vErrors.push(err69);
                        }
                        errors++;
                      }
                    }
                    if (data32.target !== void 0) {
                      let data34 = data32.target;
                      if (typeof data34 !== "string" && data34 !== null) {
                        const err70 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint/" + i6 + "/target", schemaPath: "#/properties/externalIdentities/items/properties/complaint/items/properties/target/type", keyword: "type", params: { type: schema11.properties.externalIdentities.items.properties.complaint.items.properties.target.type } };
                        if (vErrors === null) {
                          vErrors = [err70];
                        } else {
                          vErrors.push(err70);
                        }
                        errors++;
                      }
                    }
                    if (data32.declared !== void 0) {
                      if (typeof data32.declared !== "boolean") {
                        const err71 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint/" + i6 + "/declared", schemaPath: "#/properties/externalIdentities/items/properties/complaint/items/properties/declared/type", keyword: "type", params: { type: "boolean" } };
                        if (vErrors === null) {
                          vErrors = [err71];
                        } else {
                          vErrors.push(err71);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err72 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint/" + i6, schemaPath: "#/properties/externalIdentities/items/properties/complaint/items/type", keyword: "type", params: { type: "object" } };
                    if (vErrors === null) {
                      vErrors = [err72];
                    } else {
                      vErrors.push(err72);
                    }
                    errors++;
                  }
                }
              } else {
                const err73 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/complaint", schemaPath: "#/properties/externalIdentities/items/properties/complaint/type", keyword: "type", params: { type: "array" } };
                if (vErrors === null) {
                  vErrors = [err73];
                } else {
                  vErrors.push(err73);
                }
                errors++;
              }
            }
            if (data21.delivery !== void 0) {
              let data36 = data21.delivery;
              if (Array.isArray(data36)) {
                const len7 = data36.length;
                for (let i7 = 0; i7 < len7; i7++) {
                  let data37 = data36[i7];
                  if (data37 && typeof data37 == "object" && !Array.isArray(data37)) {
                    if (data37.channel === void 0) {
                      const err74 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery/" + i7, schemaPath: "#/properties/externalIdentities/items/properties/delivery/items/required", keyword: "required", params: { missingProperty: "channel" } };
                      if (vErrors === null) {
                        vErrors = [err74];
                      } else {
                        vErrors.push(err74);
                      }
                      errors++;
                    }
                    if (data37.target === void 0) {
                      const err75 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery/" + i7, schemaPath: "#/properties/externalIdentities/items/properties/delivery/items/required", keyword: "required", params: { missingProperty: "target" } };
                      if (vErrors === null) {
                        vErrors = [err75];
                      } else {
                        vErrors.push(err75);
                      }
                      errors++;
                    }
                    if (data37.channel !== void 0) {
                      let data38 = data37.channel;
                      if (typeof data38 !== "string") {
                        const err76 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery/" + i7 + "/channel", schemaPath: "#/properties/externalIdentities/items/properties/delivery/items/properties/channel/type", keyword: "type", params: { type: "string" } };
                        if (vErrors === null) {
                          vErrors = [err76];
                        } else {
                          vErrors.push(err76);
                        }
                        errors++;
                      }
                      if (!(data38 === "forwarding" || data38 === "topic" || data38 === "event-destination")) {
                        const err77 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery/" + i7 + "/channel", schemaPath: "#/properties/externalIdentities/items/properties/delivery/items/properties/channel/enum", keyword: "enum", params: { allowedValues: schema11.properties.externalIdentities.items.properties.delivery.items.properties.channel.enum } };
                        if (vErrors === null) {
                          vErrors = [err77];
                        } else {
                          vErrors.push(err77);
                        }
                        errors++;
                      }
                    }
                    if (data37.target !== void 0) {
                      let data39 = data37.target;
                      if (typeof data39 !== "string" && data39 !== null) {
                        const err78 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery/" + i7 + "/target", schemaPath: "#/properties/externalIdentities/items/properties/delivery/items/properties/target/type", keyword: "type", params: { type: schema11.properties.externalIdentities.items.properties.delivery.items.properties.target.type } };
                        if (vErrors === null) {
                          vErrors = [err78];
                        } else {
                          vErrors.push(err78);
                        }
                        errors++;
                      }
                    }
                    if (data37.declared !== void 0) {
                      if (typeof data37.declared !== "boolean") {
                        const err79 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery/" + i7 + "/declared", schemaPath: "#/properties/externalIdentities/items/properties/delivery/items/properties/declared/type", keyword: "type", params: { type: "boolean" } };
                        if (vErrors === null) {
                          vErrors = [err79];
                        } else {
                          vErrors.push(err79);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err80 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery/" + i7, schemaPath: "#/properties/externalIdentities/items/properties/delivery/items/type", keyword: "type", params: { type: "object" } };
                    if (vErrors === null) {
                      vErrors = [err80];
                    } else {
                      vErrors.push(err80);
                    }
                    errors++;
                  }
                }
              } else {
                const err81 = { instancePath: instancePath + "/externalIdentities/" + i4 + "/delivery", schemaPath: "#/properties/externalIdentities/items/properties/delivery/type", keyword: "type", params: { type: "array" } };
                if (vErrors === null) {
                  vErrors = [err81];
                } else {
                  vErrors.push(err81);
                }
                errors++;
              }
            }
          } else {
            const err82 = { instancePath: instancePath + "/externalIdentities/" + i4, schemaPath: "#/properties/externalIdentities/items/type", keyword: "type", params: { type: "object" } };
            if (vErrors === null) {
              vErrors = [err82];
            } else {
              vErrors.push(err82);
            }
            errors++;
          }
        }
      } else {
        const err83 = { instancePath: instancePath + "/externalIdentities", schemaPath: "#/properties/externalIdentities/type", keyword: "type", params: { type: "array" } };
        if (vErrors === null) {
          vErrors = [err83];
        } else {
          vErrors.push(err83);
        }
        errors++;
      }
    }
    if (data.defaultConfigurationSet !== void 0) {
      let data41 = data.defaultConfigurationSet;
      if (typeof data41 === "string") {
        if (!pattern0.test(data41)) {
          const err84 = { instancePath: instancePath + "/defaultConfigurationSet", schemaPath: "#/properties/defaultConfigurationSet/pattern", keyword: "pattern", params: { pattern: "\\S" } };
          if (vErrors === null) {
            vErrors = [err84];
          } else {
            vErrors.push(err84);
          }
          errors++;
        }
      } else {
        const err85 = { instancePath: instancePath + "/defaultConfigurationSet", schemaPath: "#/properties/defaultConfigurationSet/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err85];
        } else {
          vErrors.push(err85);
        }
        errors++;
      }
    }
    if (data.rules !== void 0) {
      let data42 = data.rules;
      if (data42 && typeof data42 == "object" && !Array.isArray(data42)) {
        for (const key5 in data42) {
          let data43 = data42[key5];
          if (typeof data43 !== "string") {
            const err86 = { instancePath: instancePath + "/rules/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/rules/additionalProperties/type", keyword: "type", params: { type: "string" } };
            if (vErrors === null) {
              vErrors = [err86];
            } else {
              vErrors.push(err86);
            }
            errors++;
          }
          if (!(data43 === "mandatory" || data43 === "advisory" || data43 === "disabled")) {
            const err87 = { instancePath: instancePath + "/rules/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/rules/additionalProperties/enum", keyword: "enum", params: { allowedValues: schema11.properties.rules.additionalProperties.enum } };
            if (vErrors === null) {
              vErrors = [err87];
            } else {
              vErrors.push(err87);
            }
            errors++;
          }
        }
      } else {
        const err88 = { instancePath: instancePath + "/rules", schemaPath: "#/properties/rules/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err88];
        } else {
          vErrors.push(err88);
        }
        errors++;
      }
    }
  } else {
    const err89 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err89];
    } else {
      vErrors.push(err89);
    }
    errors++;
  }
  validate10.errors = vErrors;
  return errors === 0;
}
export {
  validateConfig
};
