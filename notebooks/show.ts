import { figureSvg, type PlotlyFigure } from './figure-svg.ts';

declare const Deno: { readonly jupyter: { broadcast(type: string, content: object): Promise<void> } };

/**
 * Shows a plotly figure under the cell: to zoom into, where the notebook's viewer draws plotly (VS Code, JupyterLab with its
 * extension), and as a picture anywhere else. Await it: what is sent in a cell's last moment may get lost.
 */
export async function show(figure: PlotlyFigure): Promise<void> {
  const data = {
    'application/vnd.plotly.v1+json': figure,
    'image/svg+xml': figureSvg(figure),
    'text/plain': figure.layout.title?.text ?? 'A figure',
  };
  await Deno.jupyter.broadcast('display_data', { data, metadata: {} });
  await new Promise((resolve) => setTimeout(resolve, 50));
}
