// The script of a report's page: draws the figures that the page holds as JSON, in the colours of the reader's theme and at
// the width of the reader's screen, and lets readers choose among negotiations.
import Plotly from 'plotly.js-dist';
import type { Figure } from '#report/figure';
import { fitToWidth } from '#report/fit-to-width';
import { figuresElement, type PageFigures } from '#report/page-html';
import { recolour } from '#report/palette';

/** A place on the page that a figure is drawn in. */
interface Place {
  readonly element: HTMLElement;
  readonly figures: readonly Figure[];
  chosen: number;
  /** Width that it was last drawn at; 0 before it is drawn. */
  width: number;
}

const darkScheme = window.matchMedia('(prefers-color-scheme: dark)');
const finger = window.matchMedia('(pointer: coarse)');
let printing = false;

const places = findPlaces();
for (const place of places) connectChooser(place);
darkScheme.addEventListener('change', redrawAll);
window.addEventListener('beforeprint', () => setPrinting(true));
window.addEventListener('afterprint', () => setPrinting(false));
void drawInTurn();

function findPlaces(): readonly Place[] {
  const figures: PageFigures = JSON.parse(document.getElementById(figuresElement)?.textContent ?? '{}');
  return Object.entries(figures).flatMap(([id, drawn]) => {
    const element = document.getElementById(id);
    return element === null ? [] : [{ element, figures: drawn, chosen: 0, width: 0 }];
  });
}

/** One figure a frame, top to bottom, so that a long page answers while it is being drawn. */
async function drawInTurn(): Promise<void> {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const place = places.find(({ element }) => element === target);
      if (place !== undefined && place.element.clientWidth !== place.width) draw(place);
    }
  });
  for (const place of places) {
    await new Promise(requestAnimationFrame);
    draw(place);
    observer.observe(place.element);
  }
  document.documentElement.dataset.figures = 'drawn';
}

function draw(place: Place): void {
  const { element, figures, chosen } = place;
  // Nothing can be laid out in no room; the figure is drawn when there is some again.
  if (element.clientWidth === 0) return;
  place.width = element.clientWidth;
  const theme = darkScheme.matches && !printing ? 'dark' : 'light';
  const { data, layout } = forPlotly(fitToWidth(recolour(figures[chosen], theme), place.width));
  // A finger that moves over a figure means to scroll the page, not to cut out a part of the figure.
  const drawn = Plotly.react(element, data, finger.matches ? { ...layout, dragmode: false } : layout, {
    displaylogo: false,
    responsive: false,
    modeBarButtonsToRemove: ['select2d', 'lasso2d', 'zoomIn2d', 'zoomOut2d', 'autoScale2d'],
    displayModeBar: finger.matches ? false : 'hover',
  });
  drawn.catch((error: unknown) => {
    element.textContent = `This figure could not be drawn: ${error instanceof Error ? error.message : String(error)}`;
    console.error(error);
  });
}

/** A copy, since plotly writes into what it is given; that figures are made of what plotly knows is for the tests to see. */
function forPlotly(figure: Figure): { data: Plotly.Data[]; layout: Partial<Plotly.Layout> } {
  return structuredClone(figure) as unknown as { data: Plotly.Data[]; layout: Partial<Plotly.Layout> };
}

function redrawAll(): void {
  for (const place of places) if (place.width > 0) draw(place);
}

/** Paper is white. */
function setPrinting(now: boolean): void {
  printing = now;
  redrawAll();
}

function connectChooser(place: Place): void {
  const { element, figures } = place;
  const control = document.querySelector(`[data-for="${element.id}"]`);
  const select = control?.querySelector('select');
  if (control === null || select === null || select === undefined) return;
  const choose = (index: number) => {
    place.chosen = (index + figures.length) % figures.length;
    select.selectedIndex = place.chosen;
    const summary = select.options[place.chosen].dataset.summary ?? '';
    element.setAttribute('aria-label', summary);
    const said = document.getElementById(`${element.id}-summary`);
    if (said !== null) said.textContent = summary;
    draw(place);
  };
  select.addEventListener('change', () => choose(select.selectedIndex));
  for (const button of control.querySelectorAll<HTMLElement>('button[data-step]')) {
    button.addEventListener('click', () => choose(place.chosen + Number(button.dataset.step)));
  }
}
