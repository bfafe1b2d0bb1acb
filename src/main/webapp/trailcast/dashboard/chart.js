import { byId, element, say } from '../common/element.js';
import { count, minute, rate, time } from '../common/words.js';

const UPLOT = '../../webjars/uplot/1.6.30/dist/'; // the version of the dependency: DashboardTest compares them
const HEIGHT = 168;
const ROW_SECONDS = 15; // of the table
const LABEL_MS = 10_000; // between two descriptions of the picture

/** Activities per second over the last minutes: as a picture, and as a table for who can't see it. */
export class Chart {
  #place = byId('chart');
  #plot;
  #data = [[], []];
  #labelled = 0;

  constructor() {
    byId('chart-table').addEventListener('toggle', () => this.#table());
    this.#load();
  }

  /**
   * @param {number[]} perSecond how many in each second, oldest first
   * @param {string} now the server's time; the last of them is of the second before
   */
  show(perSecond, now) {
    const end = Math.floor(Date.parse(now) / 1000);
    this.#data = [perSecond.map((_, i) => end - perSecond.length + i), perSecond];
    this.#plot?.setData(this.#data);
    this.#label();
    this.#table();
  }

  async #load() {
    const address = new URL(UPLOT, import.meta.url);
    document.head.append(element('link', { rel: 'stylesheet', href: `${address}uPlot.min.css` }));
    try {
      const { default: uPlot } = await import(`${address}uPlot.esm.js`);
      this.#make(uPlot);
      // colours of a canvas don't follow the scheme by themselves
      ['(prefers-color-scheme: dark)', '(forced-colors: active)'].forEach(query =>
        matchMedia(query).addEventListener('change', () => this.#make(uPlot)));
      new ResizeObserver(() => this.#plot.setSize(this.#size())).observe(this.#place);
    } catch (problem) {
      this.#place.classList.add('missing');
      say(this.#place, `The chart could not be loaded (${problem.message}); the table below has its figures.`);
    }
  }

  #make(uPlot) {
    this.#plot?.destroy();
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(name).trim();
    const axis = { stroke: colour('--quiet'), font: '12px system-ui, sans-serif', ticks: { show: false } };
    this.#plot = new uPlot({
      ...this.#size(),
      padding: [8, 16, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      scales: { y: { range: (_, __, max) => [0, Math.max(4, max * 1.1)] } },
      axes: [
        { ...axis, grid: { show: false }, size: 26, space: 50, incrs: [60, 120, 300],
          values: (_, seconds) => seconds.map(each => minute(each * 1000)) },
        { ...axis, grid: { stroke: colour('--line'), width: 1 }, size: 46, space: 34,
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000],
          values: (_, numbers) => numbers.map(count) },
      ],
      series: [{}, { stroke: colour('--accent'), fill: colour('--accent-faint'), width: 1.5, points: { show: false } }],
      hooks: { setCursor: [plot => this.#point(plot)] },
    }, this.#data, this.#place);
  }

  #size() {
    return { width: Math.max(200, this.#place.clientWidth), height: HEIGHT };
  }

  #point(plot) {
    const at = plot.cursor.idx;
    say(byId('chart-point'), at == null || plot.data[0][at] === undefined
      ? '' : `${clock(plot.data[0][at])}  ${count(plot.data[1][at])}/s`);
  }

  /** The picture in words; not so often that a screen reader that stands on it could not finish. */
  #label() {
    if (Date.now() - this.#labelled > LABEL_MS) {
      this.#labelled = Date.now();
      const { mean, highest } = summary(this.#data[1]);
      this.#place.setAttribute('aria-label',
        `Activities per second in the last five minutes: on average ${rate(mean)}, at most ${count(highest)}.`);
    }
  }

  #table() {
    const table = byId('chart-table');
    const focused = document.activeElement;
    if (!table.open || (table.contains(focused) && focused.localName !== 'summary')) {
      return; // nothing is taken away from under somebody who reads it
    }
    const rows = [];
    for (let to = this.#data[1].length; to >= ROW_SECONDS; to -= ROW_SECONDS) {
      const part = this.#data[1].slice(to - ROW_SECONDS, to);
      const { sum, highest } = summary(part);
      rows.push(element('tr', {},
        element('th', { scope: 'row' }, clock(this.#data[0][to - ROW_SECONDS])),
        element('td', {}, count(sum)),
        element('td', {}, count(highest))));
    }
    table.querySelector('tbody').replaceChildren(...rows);
  }
}

/** What can be said of some seconds in three numbers. */
export function summary(perSecond) {
  const sum = perSecond.reduce((all, number) => all + number, 0);
  return { sum, mean: perSecond.length ? sum / perSecond.length : 0, highest: Math.max(0, ...perSecond) };
}

const clock = seconds => time(seconds * 1000);
