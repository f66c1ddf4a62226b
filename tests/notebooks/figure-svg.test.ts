import { describe, expect, it } from 'vitest';
import { figureSvg, type PlotlyFigure } from '../../notebooks/figure-svg.ts';

// The plot reaches from 70 to 620 across and from 285 up to 50.
describe('the picture of a figure', () => {
  it('puts the ends of the axes at the ends of the plot', () => {
    const line = { type: 'scatter', x: [0, 5, 10], y: [0, 1, 0.5] } as const;
    const svg = figureSvg({ data: [line], layout: { xaxis: { range: [0, 10] }, yaxis: { range: [0, 1] } } });
    // 70 + 5 / 10 * 550 = 345; 285 - 0.5 / 1 * 235 = 167.5
    expect(svg).toContain('d="M70 285L345 50L620 167.5" fill="none"');
  });

  it('takes the values as ends where no range is given, and marks about five round ones', () => {
    const svg = figureSvg({ data: [{ type: 'scatter', x: [0, 40_000], y: [-1, 1] }], layout: {} });
    expect(svg).toContain('d="M70 285L620 50"');
    expect(texts(svg)).toEqual(['-1', '-0.5', '0', '0.5', '1', '0', '10 k', '20 k', '30 k', '40 k']);
  });

  it('gives equal values an axis around them', () => {
    // From 1 to 3: 2 is in the middle, 285 - 235 / 2 = 167.5.
    expect(figureSvg({ data: [{ type: 'scatter', x: [0, 1], y: [2, 2] }], layout: {} })).toContain(
      'd="M70 167.5L620 167.5"',
    );
  });

  it('closes bands, fills them and leaves them out of the legend', () => {
    const band = {
      type: 'scatter',
      fill: 'toself',
      fillcolor: '#12345628',
      name: 'band',
      x: [0, 1, 1],
      y: [0, 0, 1],
    } as const;
    const line = {
      type: 'scatter',
      name: 'a < b & c',
      x: [0, 1],
      y: [0, 1],
      line: { dash: 'dash', color: '#abcdef' },
    } as const;
    const svg = figureSvg({ data: [band, line], layout: {} });
    expect(svg).toContain('d="M70 285L620 285L620 50Z" fill="#12345628"');
    expect(svg).toContain('stroke="#abcdef" stroke-width="2" stroke-dasharray="7 5"');
    expect(texts(svg)).toContain('a &lt; b &amp; c');
    expect(texts(svg)).not.toContain('band');
  });

  it('fills the cells of a heat map by their share of the largest', () => {
    const map = {
      type: 'heatmap',
      x: ['left', 'right'],
      y: ['low', 'high'],
      z: [
        [4, 0],
        [1, 2],
      ],
    } as const;
    const svg = figureSvg({ data: [map], layout: { title: { text: 'Counts' } } });
    const cells = [
      ...svg.matchAll(
        /<rect x="([\d.]+)" y="([\d.]+)" width="275" height="117.5" fill="#1c67b0" fill-opacity="([\d.]+)"/g,
      ),
    ];
    expect(cells.map(([, ...found]) => found.map(Number))).toEqual([
      [70, 167.5, 1],
      [345, 167.5, 0],
      [70, 50, 0.25],
      [345, 50, 0.5],
    ]);
    expect(texts(svg)).toEqual(['Counts', '4', '0', '1', '2', 'left', 'right', 'low', 'high']);
  });

  it('refuses what it cannot draw', () => {
    const pie = { data: [{ type: 'pie', x: [], y: [] }], layout: {} } as unknown as PlotlyFigure;
    expect(() => figureSvg(pie)).toThrow('figureSvg draws scatter and heatmap, not pie');
  });
});

const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map(([, content]) => content);
