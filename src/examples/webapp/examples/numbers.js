// Numbers of today: begins at midnight, adds up what has happened since, and goes on with what happens.
import { subscribe } from '../trailcast.js';
import { sendVisitors } from './crowd.js';
import { byId, element, euros, showState, time, wholeEuros } from './page.js';
import { Totals } from './totals.js';

const MINUTE = 60_000;
const BARS = 12;
const MOST = 5; // rows of a list
const percent = new Intl.NumberFormat('en', { style: 'percent' });

let totals;
let drawing; // a thousand activities a second are drawn ten times

beginToday();
setInterval(draw, MINUTE / 6); // five minutes go by, too

function beginToday() {
  totals = new Totals();
  byId('missing').textContent = '';
  const today = subscribe({
    filters: { source: '/examples/shop', type: ['page.viewed', 'product.viewed', 'search.made', 'cart.added', 'order.placed'] },
    since: new Date(new Date().setHours(0, 0, 0, 0)),
    keep: 0, // sums need all of today, not the newest: a reload adds them up anew
    onActivity: activity => {
      totals.add(activity);
      draw();
    },
    onGap: () => byId('missing').textContent = 'These numbers are too low: some of today’s activities are no longer kept.',
    onState: showState,
  });
  setTimeout(() => {
    today.close();
    beginToday();
  }, new Date().setHours(24, 0, 0, 0) - Date.now());
  draw();
}

function draw() {
  drawing ??= setTimeout(() => {
    drawing = undefined;
    const now = Date.now();
    byId('orders').textContent = totals.orders.length;
    byId('revenue').textContent = euros(totals.revenue);
    byId('average').textContent = totals.average === undefined ? '–' : euros(totals.average);
    byId('visitors').textContent = totals.visitorsSince(now - 5 * MINUTE);
    byId('conversion').textContent = totals.conversion === undefined ? '–' : percent.format(totals.conversion);
    drawHour(totals.revenueBetween(now - 60 * MINUTE, now, BARS));
    drawSold([...totals.sold].sort(([, one], [, other]) => other - one).slice(0, MOST));
    byId('latest').replaceChildren(...totals.orders.slice(-MOST).reverse().map(orderRow));
  }, 100);
}

function drawHour(sums) {
  const most = scaleOf(Math.max(...sums));
  byId('hour-most').textContent = wholeEuros(most);
  byId('hour-half').textContent = wholeEuros(most / 2);
  byId('hour').setAttribute('aria-label', `Five minutes each: ${sums.map(euros).join(', ')}`);
  byId('hour').replaceChildren(...sums.map((sum, i) => {
    const bar = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    const height = Math.max(sum / most * 40, 0.5);
    for (const [name, value] of Object.entries({ x: i * 10 + 1, y: 40 - height, width: 8, height })) {
      bar.setAttribute(name, value);
    }
    return bar;
  }));
}

/** The next 20, 40, 100, 200 …: what is easily halved. */
function scaleOf(sum) {
  const ten = 10 ** Math.floor(Math.log10(Math.max(sum, 10)));
  return [1, 2, 4, 10].find(times => sum <= times * ten) * ten;
}

function drawSold(sold) {
  byId('sold').replaceChildren(...sold.map(([name, count]) => {
    const bar = element('progress', '');
    bar.max = sold[0][1] || 1;
    bar.value = count;
    bar.setAttribute('aria-hidden', 'true'); // the number says it
    return element('li', '', element('span', '', name), bar, element('strong', '', count));
  }));
}

function orderRow({ time: at, actor, items, total }) {
  const what = items.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ');
  return element('tr', '', element('td', '', time({ time: at })), element('td', '', actor ?? 'somebody'),
    element('td', '', what), element('td', '', euros(total)));
}

byId('send').addEventListener('click', async () => {
  byId('send').disabled = true;
  byId('sent').textContent = 'Ten visitors are on their way …';
  try {
    await sendVisitors(10);
    byId('sent').textContent = 'They have gone again.';
  } catch (problem) {
    byId('sent').textContent = problem.message;
  }
  byId('send').disabled = false;
});
