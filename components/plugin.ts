import { main } from "@pulumi/pulumi/provider";
import { ComponentProvider } from "./provider";

/**
 * What `require` of the package's folder gives; programs import the package by name and get `index`. The engine starts
 * a plugin by requiring its folder from the plugin runner: then, and only then, this is the provider. The runner would
 * start a second one, named after the package, if it found components among the exports.
 */
if (/run-plugin[\\/]run\.js$/.test(module.parent?.filename ?? "")) {
  void main(new ComponentProvider(), process.argv.slice(2));
} else {
  module.exports = require("./index");
}
