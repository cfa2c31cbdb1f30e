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
  // Most suites wait for processes that they start; one worker for all of them grows to more than a gigabyte, and slow.
  maxWorkers: 2,
  // Tests that run the real engine, several programs and processes each.
  maxConcurrency: 3,
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/policies/dist/", "<rootDir>/policies/package.json"],
};
