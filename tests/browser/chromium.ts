import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where this machine's Chromium is; `POLITY_CHROMIUM` names another place. Undefined where there is none. */
export const chromiumPath = process.env.POLITY_CHROMIUM ?? places.find((path) => existsSync(path));

if (chromiumPath === undefined) {
  console.warn(
    `\n*** NO BROWSER TESTS: no Chromium at ${places.join(', ')}.\n*** Install it (apt-get install chromium) or set POLITY_CHROMIUM to its path.\n`,
  );
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] });
}

const inPage = fileURLToPath(new URL('./in-page.js', import.meta.url));

/** A page of a file with everything that it complained about or asked the network for. */
export interface Visit {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Opens a file and waits until its figures are drawn. */
export async function visit(browser: Browser, file: string, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext({ ...options, offline: true });
  const page = await context.newPage();
  await page.addInitScript({ path: inPage });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${file}`);
  await page.waitForSelector('html[data-figures="drawn"]');
  return { page, complaints };
}
