/** A line, a band (`fill: 'toself'`) or a heat map, in plotly's words. */
export interface PlotlyTrace {
  readonly type: 'scatter' | 'heatmap';
  readonly name?: string;
  readonly x: readonly (number | string)[];
  readonly y: readonly (number | string)[];
  /** Heat maps: z[row of y][column of x]. */
  readonly z?: readonly (readonly number[])[];
  readonly line?: { readonly color?: string; readonly dash?: string; readonly width?: number };
  readonly fill?: 'toself';
  readonly fillcolor?: string;
  readonly [more: string]: unknown;
}

export interface PlotlyAxis {
  readonly title?: { readonly text: string };
  readonly range?: readonly [number, number];
  readonly [more: string]: unknown;
}

/** The part of plotly's figures that the notebooks use, and `figureSvg` draws. */
export interface PlotlyFigure {
  readonly data: readonly PlotlyTrace[];
  readonly layout: {
    readonly title?: { readonly text: string };
    readonly xaxis?: PlotlyAxis;
    readonly yaxis?: PlotlyAxis;
    readonly [more: string]: unknown;
  };
}

const width = 640;
const height = 360;
const frame = { left: 70, right: width - 20, top: 50, bottom: height - 75 };
const dashes: Readonly<Record<string, string>> = { dash: '7 5', dot: '2 4' };

/** A figure of lines and bands, or one heat map, as a picture. Throws on traces that it does not know. */
export function figureSvg({ data, layout }: PlotlyFigure): string {
  const unknown = data.find(({ type }) => type !== 'scatter' && type !== 'heatmap');
  if (unknown !== undefined) throw new TypeError(`figureSvg draws scatter and heatmap, not ${unknown.type}`);
  const [map] = data.filter(({ type }) => type === 'heatmap');
  const inner = map === undefined ? lineParts(data, layout) : heatParts(map);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="#1b2027">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(frame.left, 22, layout.title?.text ?? '', 'start', 'font-size="15" font-weight="600"'),
    ...inner,
    text((frame.left + frame.right) / 2, frame.bottom + 36, layout.xaxis?.title?.text ?? '', 'middle'),
    text(
      0,
      0,
      layout.yaxis?.title?.text ?? '',
      'middle',
      `transform="translate(18 ${(frame.top + frame.bottom) / 2}) rotate(-90)"`,
    ),
    '</svg>',
  ].join('');
}

function lineParts(data: PlotlyFigure['data'], { xaxis, yaxis }: PlotlyFigure['layout']): string[] {
  const x = scale(xaxis?.range ?? extent(data.flatMap((trace) => trace.x.map(Number))), frame.left, frame.right);
  const y = scale(yaxis?.range ?? extent(data.flatMap((trace) => trace.y.map(Number))), frame.bottom, frame.top);
  const path = (trace: PlotlyTrace) =>
    trace.x.map((at, i) => `${i === 0 ? 'M' : 'L'}${x.at(Number(at))} ${y.at(Number(trace.y[i]))}`).join('');
  return [
    ...y.ticks.map((value) => `<path d="M${frame.left} ${y.at(value)}H${frame.right}" stroke="#d8dde4"/>`),
    ...y.ticks.map((value) => text(frame.left - 8, y.at(value) + 4, short(value), 'end')),
    ...x.ticks.map((value) => text(x.at(value), frame.bottom + 18, short(value), 'middle')),
    ...data.map((trace) => {
      const { color = '#1c67b0', dash = '', width: stroke = 2 } = trace.line ?? {};
      if (trace.fill === 'toself') return `<path d="${path(trace)}Z" fill="${trace.fillcolor ?? color}"/>`;
      const dashed = dashes[dash] === undefined ? '' : ` stroke-dasharray="${dashes[dash]}"`;
      return `<path d="${path(trace)}" fill="none" stroke="${color}" stroke-width="${stroke}"${dashed}/>`;
    }),
    ...legend(data.filter(({ name, fill }) => name !== undefined && fill === undefined)),
  ];
}

function legend(named: readonly PlotlyTrace[]): string[] {
  let left = frame.left;
  return named.flatMap(({ name = '', line }) => {
    const dashed = dashes[line?.dash ?? ''] === undefined ? '' : ` stroke-dasharray="${dashes[line?.dash ?? '']}"`;
    const at = left;
    left += 50 + 6.6 * name.length;
    return [
      `<path d="M${at} 38h20" stroke="${line?.color ?? '#1c67b0'}" stroke-width="2"${dashed}/>`,
      text(at + 26, 42, name, 'start'),
    ];
  });
}

function heatParts({ x, y, z = [] }: PlotlyTrace): string[] {
  const most = Math.max(...z.flat());
  const [w, h] = [(frame.right - frame.left) / x.length, (frame.bottom - frame.top) / y.length];
  const middle = (row: number) => frame.bottom - (row + 0.5) * h;
  return [
    ...z.flatMap((values, row) =>
      values.flatMap((value, column) => {
        const share = most > 0 ? value / most : 0;
        const left = frame.left + column * w;
        return [
          `<rect x="${round(left)}" y="${round(middle(row) - h / 2)}" width="${round(w)}" height="${round(h)}" fill="#1c67b0" fill-opacity="${round(share)}" stroke="#d8dde4"/>`,
          text(left + w / 2, middle(row) + 4, short(value), 'middle', share > 0.5 ? 'fill="#ffffff"' : ''),
        ];
      }),
    ),
    ...x.map((label, column) => text(frame.left + (column + 0.5) * w, frame.bottom + 18, `${label}`, 'middle')),
    ...y.map((label, row) => text(frame.left - 8, middle(row) + 4, `${label}`, 'end')),
  ];
}

/** Positions of values between two ends of an axis, and about five round values to mark. */
function scale([low, high]: readonly [number, number], start: number, end: number) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return {
    at: (value: number) => round(start + ((value - low) / (high - low)) * (end - start)),
    ticks: Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6))),
  };
}

function extent(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return high > low ? [low, high] : [low - 1, high + 1];
}

const round = (value: number) => Math.round(value * 100) / 100;
const short = (value: number) => (Math.abs(value) >= 1000 ? `${value / 1000} k` : `${value}`);

function text(x: number, y: number, content: string, anchor: string, more = ''): string {
  if (content === '') return '';
  const safe = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" ${more}>${safe}</text>`;
}
