// What tests ask a page from inside: functions of the page's own world, added to it before it loads.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

globalThis.inPage = {
  /** Sizes of the page and how many of its figures are drawn. */
  measures: () => ({
    width: document.documentElement.scrollWidth,
    screen: window.innerWidth,
    plots: all('.plot').length,
    undrawn: all('.plot').filter((plot) => plot.querySelector('svg') === null).length,
  }),

  lineColours: () => all('#learning .js-line').map((line) => getComputedStyle(line).stroke),

  background: () => getComputedStyle(document.body).backgroundColor,

  /** Width of each figure's place and of what is drawn in it. */
  plotWidths: () =>
    all('.plot').map((plot) => [plot.clientWidth, plot.querySelector('svg').getBoundingClientRect().width]),

  show: (display) => {
    document.querySelector('main').style.display = display;
  },

  beginPrint: () => window.dispatchEvent(new Event('beforeprint')),

  /** Texts of figures that reach out of the place that they are drawn in. */
  textOutside: () =>
    all('.plot').flatMap((plot) => {
      const place = plot.getBoundingClientRect();
      const slack = 2;
      return all('text', plot)
        .filter((text) => {
          const { left, right, top, bottom, width } = text.getBoundingClientRect();
          const across = left < place.left - slack || right > place.right + slack;
          return width > 0 && (across || top < place.top - slack || bottom > place.bottom + slack);
        })
        .map((text) => `${plot.getAttribute('aria-label')}: ${text.textContent}`);
    }),
};
