/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  testTimeout: 60_000,
  // Tests that run the real engine, several programs and processes each.
  maxConcurrency: 3,
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/policies/dist/", "<rootDir>/policies/package.json"],
};
