import type { DescribedFigure, Figure } from './figure.ts';
import { escapeHtml, slug } from './html-text.ts';
import type { Block, Cell, Chooser, NotedFinding, PageModel, Section, Table, Tile } from './page-model.ts';
import { paletteStyle } from './palette.ts';

/** The page's own script and style, as the build writes them to `dist/assets/`. */
export interface PageAssets {
  /** Text of `report-page.js`: plotly and what draws with it. */
  readonly script: string;
  /** Text of `report-page.css`. */
  readonly style: string;
}

/** Figures by the id of the place that they are drawn in; a chooser's place has several. */
export type PageFigures = Readonly<Record<string, readonly Figure[]>>;

/** What the beginning of every page holds, by which it is told from other files. */
export const pageMark = '<meta name="generator" content="Polity">';

/** Id of the element that holds the figures as JSON. */
export const figuresElement = 'figures';

/**
 * Writes a page down as one file that needs nothing else: text and tables as HTML, figures as JSON that the page's script draws.
 * The same model gives the same bytes.
 */
export function pageHtml(page: PageModel, assets: PageAssets): string {
  const figures: Record<string, readonly Figure[]> = {};
  const place = (...drawn: readonly Figure[]) => {
    const id = `figure-${Object.keys(figures).length + 1}`;
    figures[id] = drawn;
    return id;
  };
  const sections = page.sections.map((section) => sectionHtml(section, place)).join('\n');
  const title = escapeHtml(page.title);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${pageMark}
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:">
<title>${title} · ${escapeHtml(page.kind)}</title>
<link rel="icon" href="data:,">
<style>${paletteStyle()}
${assets.style}</style>
</head>
<body>
<a class="skip" href="#${page.sections[0]?.id ?? 'content'}">Skip to the results</a>
<header class="top">
<p class="kind">${escapeHtml(page.kind)}</p>
<h1>${title}</h1>
${page.lead === '' ? '' : `<p class="lead">${escapeHtml(page.lead)}</p>`}
<dl class="facts">${page.facts.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`).join('')}</dl>
</header>
<nav aria-label="Sections"><ul>${page.sections.map(({ id, heading }) => `<li><a href="#${id}">${escapeHtml(heading)}</a></li>`).join('')}</ul></nav>
<main id="content">
<noscript><p class="notice warning">Figures are drawn by a script in this page, which is switched off. Texts and tables are complete without it.</p></noscript>
${sections}
</main>
<script type="application/json" id="${figuresElement}">${scriptJson(figures)}</script>
<script>${assets.script}</script>
</body>
</html>
`;
}

type Place = (...figures: readonly Figure[]) => string;

function sectionHtml({ id, heading, blocks }: Section, place: Place): string {
  const inside = blocks.map((block) => blockHtml(block, place)).join('\n');
  return `<section id="${id}" aria-labelledby="${id}-heading">\n<h2 id="${id}-heading">${escapeHtml(heading)}</h2>\n${inside}\n</section>`;
}

function blockHtml(block: Block, place: Place): string {
  switch (block.kind) {
    case 'text':
      return `<p class="text">${richText(block.text)}</p>`;
    case 'notice':
      return `<p class="notice ${block.tone}">${richText(block.text)}</p>`;
    case 'heading':
      return `<h3 class="group">${escapeHtml(block.text)}</h3>`;
    case 'list':
      return `<ul class="text">${block.items.map((item) => `<li>${richText(item)}</li>`).join('')}</ul>`;
    case 'tiles':
      return `<ul class="tiles">${block.tiles.map(tileHtml).join('')}</ul>`;
    case 'figures':
      return `<div class="figures ${block.width}">${block.figures.map((figure) => figureHtml(figure, place)).join('\n')}</div>`;
    case 'findings':
      return `<ul class="findings ${block.tone}">${block.findings.map(findingHtml).join('')}</ul>`;
    case 'chooser':
      return chooserHtml(block, place);
    case 'table':
      return tableHtml(block.table);
    case 'details':
      return `<details><summary>${escapeHtml(block.summary)}</summary>\n${block.blocks.map((inner) => blockHtml(inner, place)).join('\n')}\n</details>`;
  }
}

function figureHtml({ title, caption, summary, figure }: DescribedFigure, place: Place): string {
  const id = place(figure);
  const sentence = caption === '' ? '' : `<figcaption>${escapeHtml(caption)}</figcaption>`;
  return `<figure class="card"><h4>${escapeHtml(title)}</h4>${plotHtml(id, figure, summary)}${sentence}</figure>`;
}

function chooserHtml({ title, caption, label, choices }: Chooser, place: Place): string {
  const id = place(...choices.map(({ figure }) => figure));
  const options = choices
    .map(
      (choice, i) =>
        `<option value="${i}" data-summary="${escapeHtml(choice.summary)}">${escapeHtml(choice.label)}</option>`,
    )
    .join('');
  const only = choices.length === 1;
  const control = only
    ? `<p class="choice">${escapeHtml(choices[0].label)}</p>`
    : `<div class="choice" data-for="${id}"><label for="${id}-choice">${escapeHtml(label)}</label><select id="${id}-choice">${options}</select><span class="steps"><button type="button" data-step="-1" aria-label="Previous: ${escapeHtml(label)}">‹</button><button type="button" data-step="1" aria-label="Next: ${escapeHtml(label)}">›</button></span></div>`;
  return `<figure class="card plane"><h4>${escapeHtml(title)}</h4>${control}${plotHtml(id, choices[0].figure, choices[0].summary)}<p class="summary" id="${id}-summary" aria-live="polite">${escapeHtml(choices[0].summary)}</p><figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

/** The place has its height before the script draws, so that nothing jumps. */
function plotHtml(id: string, figure: Figure, summary: string): string {
  return `<div class="plot" id="${id}" role="img" aria-label="${escapeHtml(summary)}" style="height:${Number(figure.layout.height)}px"></div>`;
}

function tileHtml({ title, value, interval, comparisons }: Tile): string {
  const marks = { above: '▲', below: '▼', open: '≈' };
  const beside = comparisons
    .map(
      ({ text, tone, verdict }) =>
        `<span class="beside ${verdict ?? 'open'}"><span aria-hidden="true">${marks[tone]}</span> ${escapeHtml(text)}</span>`,
    )
    .join('');
  return `<li class="card"><span class="name">${escapeHtml(title)}</span><span class="value">${escapeHtml(value)}</span>${
    interval === '' ? '' : `<span class="interval">${escapeHtml(interval)}</span>`
  }${beside}</li>`;
}

function findingHtml({ title, where, evidence, turns, note }: NotedFinding): string {
  const seen = where === '' ? '' : ` <span class="where">${escapeHtml(where)}</span>`;
  const keys = turns
    .map(
      ({ key, now, advice }) =>
        `<li><code>${escapeHtml(key)}</code> <span class="now">(now ${escapeHtml(now)})</span>: ${richText(advice)}</li>`,
    )
    .join('');
  return `<li class="card"><h3>${escapeHtml(title)}${seen}</h3><p>${richText(evidence)}</p>${
    keys === '' ? '' : `<ul class="turns">${keys}</ul>`
  }<p class="note">${richText(note)}</p></li>`;
}

function tableHtml({ caption, columns, rows }: Table): string {
  const head = columns
    .map(({ label, numeric, swatch }) => {
      const mark = swatch === undefined ? '' : swatchHtml(swatch);
      return `<th scope="col"${numeric ? ' class="number"' : ''}>${mark}${escapeHtml(label)}</th>`;
    })
    .join('');
  const body = rows
    .map((cells) => {
      const inner = cells.map((cell, i) => cellHtml(cell, columns[i].numeric, i === 0)).join('');
      return `<tr>${inner}</tr>`;
    })
    .join('\n');
  const id = slug(caption);
  // A box that scrolls must be reachable by keyboard and have a name; its name must not scroll away.
  return `<div class="table"><p class="caption" id="${id}">${escapeHtml(caption)}</p><div class="scroll" role="region" tabindex="0" aria-labelledby="${id}"><table aria-labelledby="${id}"><thead><tr>${head}</tr></thead><tbody>
${body}
</tbody></table></div></div>`;
}

function cellHtml(cell: Cell, numeric: boolean, heads: boolean): string {
  const { text, note, swatch, code } = typeof cell === 'string' ? ({ text: cell } as Exclude<Cell, string>) : cell;
  const written = code === true ? `<code>${escapeHtml(text)}</code>` : escapeHtml(text);
  const mark = swatch === undefined ? '' : swatchHtml(swatch);
  const under = note === undefined || note === '' ? '' : `<span class="note">${escapeHtml(note)}</span>`;
  const tag = heads ? 'th' : 'td';
  return `<${tag}${heads ? ' scope="row"' : ''}${numeric ? ' class="number"' : ''}>${mark}${written}${under}</${tag}>`;
}

function swatchHtml(name: string): string {
  return `<span class="swatch" style="background:var(--${name})"></span>`;
}

/** Escaped text in which what stands between backticks is code. */
function richText(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

/** JSON that neither ends the script element nor opens a comment in it. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
