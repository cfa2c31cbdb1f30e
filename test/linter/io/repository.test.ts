import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryOf } from "../../../linter/io/repository";

describe("the repository of a folder", () => {
  const before = process.env.GITHUB_WORKSPACE;
  let top: string;
  let folder: string;
  beforeEach(() => {
    delete process.env.GITHUB_WORKSPACE;
    top = mkdtempSync(join(tmpdir(), "repository-"));
    folder = join(top, "infra", "mail");
    mkdirSync(folder, { recursive: true });
  });
  afterEach(() => {
    if (before === undefined) delete process.env.GITHUB_WORKSPACE;
    else process.env.GITHUB_WORKSPACE = before;
    rmSync(top, { recursive: true });
  });

  test("is git's", () => {
    mkdirSync(join(top, ".git"));
    expect(repositoryOf(folder)).toBe(top);
  });

  test("is the checkout of GitHub, for what is inside of it", () => {
    mkdirSync(join(top, "infra", ".git"));
    process.env.GITHUB_WORKSPACE = top;
    expect(repositoryOf(folder)).toBe(top);
    process.env.GITHUB_WORKSPACE = join(top, "other");
    expect(repositoryOf(folder)).toBe(join(top, "infra"));
  });

  test("is the folder itself where there is none", () => {
    expect(repositoryOf(folder)).toBe(folder);
  });
});
