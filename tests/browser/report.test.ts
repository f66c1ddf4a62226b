import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageAssets } from '#cli/page-file';
import { palette, type ReportedRun, renderCompare, renderReport } from '#report';
import { game, negotiation, row, run } from '../report/runs.ts';
import { chromiumPath, launchChromium, visit } from './chromium.ts';

const hostile = `</script><script>alert('in')</script><b onmouseover="alert('over')">`;
const labels = ['Cooperate', 'Defect'];

function bargainingRun(seed: number, variant: string | null = null): ReportedRun {
  const rows = Array.from({ length: 21 }, (_, i) => {
    const learned = 1 - Math.exp(-i / (4 + seed));
    return row('eval', 5000 * i, {
      'episode/return': 3 + 9 * learned,
      'negotiation/agreementRate': 0.3 + 0.69 * learned,
      'negotiation/utilityShare/player_0': 0.2 + 0.5 * learned,
      'negotiation/utilityShare/player_1': 0.2 + 0.3 * learned,
      'baseline/random/episode/return': 3.5,
      'baseline/random/negotiation/agreementRate': 0.35,
      'vs/random/return': 1 + 4 * learned,
      'vs/boulware/return': 2 + 5 * learned,
    });
  });
  const train = Array.from({ length: 50 }, (_, i) =>
    row('train', 2000 * (i + 1), { 'policy/entropy': 3 - i / 25, 'loss/value': 5 / (i + 1) }),
  );
  return run({
    config: { seed, variant, description: `Do they agree? ${hostile}` },
    rows: [...rows, ...train],
    episodes: [
      negotiation({}),
      negotiation({ utilities: [1, 4] }),
      negotiation({ utilities: [1, 2] }),
      negotiation({ agreement: false, utilities: [0, 0] }),
      negotiation({}, ['learner:player', hostile]),
    ],
  });
}

function gameRun(seed: number): ReportedRun {
  const shares = { 'C,C': 0.1, 'C,D': 0.2, 'D,C': 0.3, 'D,D': 0.4 };
  const named = (group: string) =>
    Object.fromEntries(
      Object.entries(shares).map(([name, share]) => {
        const [a, b] = name.split(',').map((letter) => labels[letter === 'C' ? 0 : 1]);
        return [`game/${group}/${a},${b}`, share];
      }),
    );
  const metrics = { 'episode/return': seed, ...named('jointAction'), ...named('conditionalCooperation') };
  return run({
    config: { name: 'dilemma', env: { id: 'matrix-game' }, seed },
    rows: [row('eval', 0, metrics), row('eval', 1000, metrics)],
    episodes: [game([labels, labels])],
  });
}

const folder = mkdtempSync(join(tmpdir(), 'polity-pages-'));
const pages: Readonly<Record<string, (assets: ReturnType<typeof pageAssets>) => string>> = {
  bargaining: (assets) =>
    renderReport(
      [1, 2, 3].map((seed) => bargainingRun(seed)),
      assets,
    ),
  'one seed': (assets) => renderReport([bargainingRun(1)], assets),
  'a matrix game': (assets) => renderReport([1, 2].map(gameRun), assets),
  'a comparison': (assets) =>
    renderCompare(
      [1, 2, 3].flatMap((seed) => [bargainingRun(seed), bargainingRun(seed, 'prosocial')]),
      assets,
    ),
  'an empty run': (assets) => renderReport([run()], assets),
};
const fileOf = (name: string) => join(folder, `${name.replaceAll(' ', '-')}.html`);

const desktop = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

interface Measures {
  readonly width: number;
  readonly screen: number;
  readonly plots: number;
  readonly undrawn: number;
}

/** Pictures go there where somebody wants to look at them. */
const pictures = process.env.POLITY_PICTURES;

async function takePicture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name.replaceAll(' ', '-')}.png`), fullPage: true });
}

describe.skipIf(chromiumPath === undefined)('a page in Chromium', () => {
  let browser: Browser;

  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/build-page.mjs'], { stdio: 'inherit' });
    const assets = pageAssets();
    for (const [name, render] of Object.entries(pages)) writeFileSync(fileOf(name), render(assets));
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const screens = [
    ['a desktop', desktop],
    ['a phone', phone],
  ] as const;
  const cases = Object.keys(pages).flatMap((name) =>
    screens.flatMap(([screen, options]) =>
      (['light', 'dark'] as const).map((colorScheme) => [name, screen, colorScheme, options] as const),
    ),
  );

  it.each(cases)(
    'about %s on %s, %s: no complaint, no request, every figure drawn, nothing cut off',
    async (...one) => {
      const [name, screen, colorScheme, options] = one;
      const { page, complaints } = await visit(browser, fileOf(name), { ...options, colorScheme });
      await takePicture(page, `${name} ${screen} ${colorScheme}`);
      expect(complaints).toEqual([]);
      const found = await page.evaluate<Measures>('inPage.measures()');
      expect(found.width).toBeLessThanOrEqual(found.screen);
      expect(found.undrawn).toBe(0);
      expect(found.plots > 0).toBe(name !== 'an empty run');
      // A picture of the whole page changes the window for a moment, and figures follow it back.
      await expect.poll(() => page.evaluate('inPage.textOutside()')).toEqual([]);
      await page.context().close();
    },
  );

  it('is drawn in the colours of the theme, and again when the theme changes', async () => {
    const { page, complaints } = await visit(browser, fileOf('bargaining'), { ...desktop, colorScheme: 'light' });
    const stroke = () => page.evaluate<string[]>('inPage.lineColours()');
    expect(await stroke()).toContain(rgb(palette.series0.light));
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(stroke).toContain(rgb(palette.series0.dark));
    expect(await stroke()).not.toContain(rgb(palette.series0.light));
    expect(await page.evaluate('inPage.background()')).toBe(rgb(palette.page.dark));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is drawn again at the width of the window', async () => {
    const { page } = await visit(browser, fileOf('bargaining'), desktop);
    const widths = () => page.evaluate<[place: number, drawn: number][]>('inPage.plotWidths()');
    const before = await widths();
    await page.setViewportSize({ width: 600, height: 900 });
    await expect.poll(async () => (await widths()).every(([place, drawn]) => place === drawn)).toBe(true);
    expect(await widths()).not.toEqual(before);
    // What had no room for a while is drawn again when it has some.
    await page.evaluate("inPage.show('none')");
    await page.setViewportSize({ width: 900, height: 900 });
    await page.evaluate("inPage.show('')");
    await expect.poll(async () => (await widths()).every(([place, drawn]) => place === drawn)).toBe(true);
    await page.context().close();
  });

  it('lets readers go through negotiations, by list and by buttons, round and round', async () => {
    const { page, complaints } = await visit(browser, fileOf('one seed'), desktop);
    const chooser = page.locator('figure', { hasText: 'One negotiation' });
    const plot = chooser.locator('.plot');
    const said = () => Promise.all([plot.getAttribute('aria-label'), chooser.locator('.summary').textContent()]);
    const first = await said();
    expect(first[0]).toContain('agreement after 2 offers, utilities 2 and 2');
    expect(first[1]).toBe(first[0]);
    await chooser.locator('select').selectOption('3');
    expect((await said())[0]).toContain('no agreement');
    await expect.poll(() => plot.textContent()).toContain('no agreement');
    await chooser.getByRole('button', { name: 'Next' }).click();
    await chooser.getByRole('button', { name: 'Next' }).click();
    expect(await said()).toEqual(first);
    await chooser.getByRole('button', { name: 'Previous' }).click();
    expect(await chooser.locator('select').inputValue()).toBe('4');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows hostile names as letters', async () => {
    const { page, complaints } = await visit(browser, fileOf('bargaining'), desktop);
    expect(await page.locator('.lead').textContent()).toBe(`Do they agree? ${hostile}`);
    const plane = page.locator('figure', { hasText: 'Utility plane' });
    await plane.locator('select').selectOption('1');
    await expect.poll(() => plane.locator('.plot .ytitle').textContent()).toContain('</script><script>alert');
    expect(await page.locator('.plot [onmouseover]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('prints in the colours of paper', async () => {
    const { page, complaints } = await visit(browser, fileOf('one seed'), { ...desktop, colorScheme: 'dark' });
    const stroke = () => page.evaluate<string[]>('inPage.lineColours()');
    expect(await stroke()).toContain(rgb(palette.series0.dark));
    await page.evaluate('inPage.beginPrint()');
    await expect.poll(stroke).toContain(rgb(palette.series0.light));
    expect((await page.pdf()).byteLength).toBeGreaterThan(10_000);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

function rgb(hex: string): string {
  return `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
}
