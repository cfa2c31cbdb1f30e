import { existsSync } from "node:fs";
import type { Browser, Page } from "puppeteer-core";

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where a Chromium is installed; undefined where there is none. `CHROMIUM` names another. */
export const CHROMIUM = PLACES.find((path) => path !== undefined && existsSync(path));

/** A browser without a window. */
export async function startBrowser(): Promise<Browser> {
  const { default: puppeteer } = await import("puppeteer-core");
  return puppeteer.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

export interface Opened {
  page: Page;
  /** What the page asked for beyond itself, and what went wrong in it. */
  requests: string[];
  errors: string[];
}

/** Opens a file as somebody would who double-clicks it. */
export async function open(
  browser: Browser,
  path: string,
  { width = 1280, dark = false, scripts = true }: { width?: number; dark?: boolean; scripts?: boolean } = {},
): Promise<Opened> {
  const page = await browser.newPage();
  const opened: Opened = { page, requests: [], errors: [] };
  const url = `file://${path}`;
  page.on("request", (request) => {
    if (request.url() !== url) opened.requests.push(request.url());
  });
  page.on("pageerror", (error) => opened.errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") opened.errors.push(message.text());
  });
  page.on("dialog", (dialog) => {
    opened.errors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.setViewport({ width, height: 800 });
  await page.setJavaScriptEnabled(scripts);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  await page.goto(url, { waitUntil: "load" });
  return opened;
}
