// Builds the script and the style of report pages once, into dist/assets/report-page.js and report-page.css. Every page holds
// a copy of them, so that it opens from disk without a network. plotly.js-dist comes whole and unminified (10 MB); only the
// kinds of traces that figures use are kept.
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, defaultClientConditions } from 'vite';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const entry = '\0report-page';
const outputs = ['dist/assets/report-page.js', 'dist/assets/report-page.css'];
const inputs = ['scripts/build-page.mjs', 'package-lock.json', 'src/web', 'src/report'];

/** What `lib/index.js` registers beside scatter, which the core brings. */
const traces = ['bar', 'heatmap'];

/** Drops the traces that no figure uses; every other module falls away because nothing asks for it any more. */
const plotlyParts = {
  name: 'plotly-parts',
  transform(code, id) {
    if (!id.endsWith('plotly.js-dist/plotly.js')) return undefined;
    const kept = traces.map((name) => `require_${name}2()`);
    const list = /Plotly\.register\(\[\s*\/\/ traces[^\]]*\]\)/;
    if (!list.test(code) || kept.some((name) => !code.includes(name))) {
      throw new Error(
        'plotly.js-dist registers its traces in another way than this script knows; look at its lib/index.js',
      );
    }
    return code
      .replace(list, `Plotly.register([${kept.join(', ')}])`)
      .replace(/ = __(commonJS|esm)\(/g, ' = /* @__PURE__ */ __$1(');
  },
};

const pageEntry = {
  name: 'page-entry',
  resolveId: (id) => (id === entry ? id : undefined),
  load: (id) =>
    id === entry
      ? `import ${JSON.stringify(path('src/web/report-page.css'))}; import ${JSON.stringify(path('src/web/report-page.ts'))};`
      : undefined,
};

/** Builds both files and returns their sizes in bytes, by name. */
export async function buildPage() {
  const { output } = await build({
    configFile: false,
    root: path('.'),
    logLevel: 'warn',
    plugins: [pageEntry, plotlyParts],
    resolve: { conditions: ['polity-source', ...defaultClientConditions] },
    build: {
      write: false,
      target: 'es2023',
      // `light-dark()` is left as it is written: the palette in the page's head uses it as well.
      cssCodeSplit: false,
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      rollupOptions: { input: entry, output: { format: 'iife' } },
    },
  });
  const script = output.find(({ type }) => type === 'chunk').code;
  const style = output.find(({ fileName }) => fileName.endsWith('.css')).source.toString();
  const notice = `/*! plotly.js, ${await plotlyVersion()}, Copyright Plotly, Inc., MIT license: https://github.com/plotly/plotly.js/blob/master/LICENSE */\n`;
  // The script stands inside an element of the page, which these would end.
  const files = {
    'report-page.js': notice + script.replaceAll(/<(?=\/script|!--)/g, '<\\').trimEnd(),
    'report-page.css': style,
  };
  await mkdir(path('dist/assets'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(path(`dist/assets/${name}`), text);
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.byteLength(text)]));
}

async function plotlyVersion() {
  const { version } = JSON.parse(await readFile(path('node_modules/plotly.js-dist/package.json'), 'utf8'));
  return version;
}

/** Whether both files are there and nothing that they are made from has changed since. */
export async function isUpToDate() {
  const built = await Promise.all(outputs.map(lastChange));
  const changed = await Promise.all(inputs.map(lastChange));
  return Math.min(...built) > Math.max(...changed);
}

/** When a file, or anything in a folder, was last written; 0 for what is not there. */
async function lastChange(name) {
  const found = await stat(path(name)).catch(() => undefined);
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await readdir(path(name));
  return Math.max(found.mtimeMs, ...(await Promise.all(inside.map((one) => lastChange(`${name}/${one}`)))));
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !(await isUpToDate())) {
  for (const [name, size] of Object.entries(await buildPage())) console.log(`dist/assets/${name}: ${size} bytes`);
}
