// Preloaded into a pack: the classes that it watches for secrets can't be found where it looks for them.
const Module = require("node:module");

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, isMain, options) {
  if (request === "@pulumi/pulumi/proto/analyzer_pb" && options?.paths) throw new Error(`Cannot find ${request}`);
  return resolve.call(this, request, parent, isMain, options);
};
