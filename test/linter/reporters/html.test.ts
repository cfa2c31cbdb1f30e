import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer-core";
import type { Report } from "../../../linter/report/shapes";
import { renderReport } from "../../../linter/reporters";
import { CHROMIUM, open, startBrowser } from "../../support/pages";
import { crowd } from "./crowd";
import { hostile, identity, OPTIONS, sample } from "./sample";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

function render(what: Report, title?: string): string {
  return renderReport(what, "html", { ...OPTIONS, ...(title === undefined ? {} : { title }) });
}

describe("the page as text", () => {
  test("escapes every text and allows one script and one style, by their hashes", () => {
    const output = render(hostile());
    const drawn = output.replace(/<script>[\s\S]*?<\/script>/, "");
    expect(drawn).not.toMatch(/<script>|src=|href="(?!#|https:\/\/example\.org\/)/);
    expect(output).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;\\u{1b}[31m");
    const [, policy = ""] = /Content-Security-Policy" content="([^"]+)"/.exec(output) ?? [];
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toContain("unsafe");
    for (const tag of ["script", "style"]) {
      const found = [...output.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, "g"))].map(([, text = ""]) => text);
      expect(found).toHaveLength(1);
      const hash = createHash("sha256")
        .update(found[0] ?? "")
        .digest("base64");
      expect(policy).toContain(`${tag}-src 'sha256-${hash}'`);
    }
  });

  test("names the configuration, what it lowers, and the title", () => {
    const output = render(
      { ...sample(), configuration: { path: "mail/ses-guard.yaml", lowered: ["topic-fifo"] } },
      "Mail <b>",
    );
    expect(output).toContain("<code>mail/ses-guard.yaml</code>, which lowers <code>topic-fifo</code>");
    expect(output).toContain("<h1>Mail &lt;b&gt;</h1>");
    expect(render({ ...sample(), configuration: { path: null, lowered: [] } })).toContain("No configuration file");
    const lowered = render({ ...sample(), configuration: { path: null, lowered: ["topic-fifo"] } });
    expect(lowered).toContain("The configuration lowers <code>topic-fifo</code>.");
  });
});

const inBrowser = CHROMIUM === undefined ? describe.skip : describe;

inBrowser(`in a browser${CHROMIUM === undefined ? " (skipped: no Chromium; CHROMIUM names one)" : ""}`, () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ses-guard-html-"));
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function write(what: Report): string {
    const path = join(folder, "report.html");
    writeFileSync(path, render(what));
    return path;
  }

  const rowsOf = (page: Page) =>
    page.$$eval("[data-list=rows] bdi", (all) => all.map(({ textContent }) => textContent));
  const cardsOf = (page: Page) => page.$$eval("#findings .card", (all) => all.length);
  const settled = (page: Page) => page.evaluate(() => new Promise((done) => setTimeout(done, 250)));

  test.each([
    ["light", {}],
    ["dark", { dark: true }],
    ["400 pixels wide", { width: 400 }],
    ["400 pixels wide, dark", { width: 400, dark: true }],
  ])("has no accessibility violation: %s", async (_, options) => {
    const { page, errors, requests } = await open(browser, write(sample()), options);
    await page.$$eval("details", (all) => {
      for (const one of all) one.open = true;
    });
    const found: unknown = await page.evaluate(`${AXE};
      axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))`);
    expect(found).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect({ errors, requests, overflow }).toEqual({ errors: [], requests: [], overflow: 0 });
    await page.close();
  });

  test("hostile names run nothing, load nothing and break no layout", async () => {
    const long = `${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.example`.slice(0, 253);
    const names = [
      "<img src=x onerror=alert(1)>.example",
      "\u05d0\u05d1\u05d2.example",
      "a\u202eb\u200b.example",
      long,
    ];
    const extra = names.map((name) => identity({ identity: name, stack: name }));
    const base = hostile();
    const { page, errors, requests } = await open(
      browser,
      write({ ...base, identities: [...base.identities, ...extra] }),
      {
        width: 400,
      },
    );
    expect({ errors, requests }).toEqual({ errors: [], requests: [] });
    const shown = await rowsOf(page);
    expect(shown).toContain("<img src=x onerror=alert(1)>.example");
    expect(shown).toContain("a\\u{202e}b\\u{200b}.example");
    expect(await page.$$eval("img, iframe, object", (all) => all.length)).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
    await page.close();
  });

  test("shows the tree, searches, filters, sorts and clears", async () => {
    const { page } = await open(browser, write(crowd(60)));
    const status = () => page.$eval("output", ({ textContent }) => textContent);
    expect((await rowsOf(page)).slice(0, 3)).toEqual([
      "customer-0.example",
      "sender-1@customer-0.example",
      "sender-2@customer-0.example",
    ]);
    await page.keyboard.press("/");
    await page.keyboard.type("customer-4 sender-3");
    await settled(page);
    expect(await rowsOf(page)).toEqual(["sender-3@customer-4.example"]);
    expect(await status()).toBe("1 of 60 identities, 1 of 9 findings");
    await page.click("button[type=reset]");
    await settled(page);
    expect(await status()).toBe("60 of 60 identities, 9 of 9 findings");
    await page.select("[name=verdict]", "error");
    await page.select("[name=sort]", "worst");
    await settled(page);
    expect(await status()).toBe("6 of 60 identities, 6 of 9 findings");
    await page.select("[name=verdict]", "");
    await page.select("[name=rule]", "topic-encryption");
    await settled(page);
    expect(await status()).toBe("3 of 60 identities, 3 of 9 findings");
    await page.select("[name=rule]", "");
    await settled(page);
    // What is wrong comes first, whatever the names.
    expect((await rowsOf(page))[0]).toBe("sender-3@customer-0.example");
    await page.close();
  });

  test("works by keyboard: from an identity to its findings and back to all", async () => {
    const { page } = await open(browser, write(crowd(60)));
    await page.focus("[data-row='3']");
    await page.keyboard.press("Enter");
    expect(await cardsOf(page)).toBe(1);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("findings");
    expect(await page.$eval(".only", ({ textContent }) => textContent)).toContain("sender-3@customer-0.example");
    await page.focus("#all");
    await page.keyboard.press("Enter");
    expect(await page.$eval("[data-section=error] .number", ({ textContent }) => textContent)).toBe("6");
    await page.close();
  });

  test("says the most important without scripts", async () => {
    const { page } = await open(browser, write(crowd(60)), { scripts: false });
    const seen = await page.$$eval("#verdict, [data-static], form", (all) =>
      all.filter((one) => one.checkVisibility()).map(({ textContent }) => textContent),
    );
    expect(seen).toEqual([
      "12 violations, 3 unverified in 60 identities.",
      "The first 40 identities of 60; the rest needs scripts.",
    ]);
    await page.close();
  });

  test("prints everything, cutting no card", async () => {
    const { page } = await open(browser, write(crowd(60)));
    const before = (await rowsOf(page)).length;
    expect(before).toBeLessThanOrEqual(60);
    await page.emulateMediaType("print");
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    expect(await rowsOf(page)).toHaveLength(60);
    const breaks = await page.$$eval("#findings .card, [data-list=rows] tr", (all) =>
      all.map((one) => getComputedStyle(one).breakInside),
    );
    expect(new Set(breaks)).toEqual(new Set(["avoid"]));
    expect(await page.$$eval("details:not([open])", (all) => all.length)).toBe(0);
    // Of A4 with margins of 12 millimetres.
    await page.setViewport({ width: 703, height: 1000 });
    const tooWide = await page.$$eval("th, td", (all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth).map(({ textContent }) => textContent),
    );
    expect(tooWide).toEqual([]);
    await page.close();
  });

  test("10,000 identities open in under two seconds, and rows are made as they come into view", async () => {
    const path = write(crowd(10_000));
    const { page, errors } = await open(browser, path);
    const opened = await page.evaluate(() => {
      const [entry] = performance.getEntriesByType("navigation");
      return entry?.duration;
    });
    expect(opened).toBeLessThan(2_000);
    const drawn = (await rowsOf(page)).length;
    expect(drawn).toBeLessThan(400);
    await page.evaluate(() => document.querySelector(".mark-end")?.scrollIntoView());
    await settled(page);
    expect((await rowsOf(page)).length).toBeGreaterThan(drawn);
    const answered = await page.evaluate(async () => {
      const start = performance.now();
      const search = document.querySelector<HTMLInputElement>("[name=search]");
      if (search) search.value = "sender-3@customer-1999.";
      search?.dispatchEvent(new Event("input", { bubbles: true }));
      const output = document.querySelector("output");
      while (!output?.textContent?.startsWith("1 of")) await new Promise((done) => setTimeout(done, 10));
      return performance.now() - start;
    });
    expect(answered).toBeLessThan(1_000);
    expect(errors).toEqual([]);
    await page.close();
  });
});
