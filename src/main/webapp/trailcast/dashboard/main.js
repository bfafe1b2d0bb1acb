// The dashboard: what is chosen stands in the address; from there it goes to the stream, the statistics and the pages.

import { subscribe } from '../../trailcast.js';
import { showConnection } from '../common/connection.js';
import { byId, say } from '../common/element.js';
import { count, counted } from '../common/words.js';
import { beginning, filterQuery, read, write } from './address.js';
import { Announcer } from './announcer.js';
import { Busiest } from './busiest.js';
import { Chart } from './chart.js';
import { ConnectionFigures } from './connection-figures.js';
import { Detail } from './detail.js';
import { Emptiness } from './emptiness.js';
import { Feed } from './feed.js';
import { Figures } from './figures.js';
import { Filters } from './filters.js';
import { foldWhereItIsNarrow } from './folds.js';
import { Live, ROWS_PER_SECOND } from './live.js';
import { LogIn } from './log-in.js';
import { Older } from './older.js';
import { sayWhatAnyoneMay } from './openness.js';
import { Record } from './record.js';
import { ServerClock } from './clock.js';
import { Standstill } from './standstill.js';
import { Statistics } from './statistics.js';

const list = byId('feed');
const standstill = new Standstill(sayState);
const clock = new ServerClock();
const figures = new Figures(clock);
const connectionFigures = new ConnectionFigures();
const announcer = new Announcer();
const record = new Record(entry => detail.open(entry));
const chart = new Chart();
const filters = new Filters(choose);
const emptiness = new Emptiness(() => {
  filters.clear();
  byId('feed-title').focus();
});
const busiest = new Busiest((name, value) => filters.only(name, value));
const detail = new Detail((name, value) => {
  filters.only(name, value);
  byId('feed-title').focus();
}, standstill.hold);
const logIn = new LogIn(() => {
  query = undefined;
  follow();
  byId('feed-title').focus();
});
const feed = new Feed(list, entry => detail.open(entry));
const live = new Live(feed, standstill.hold, drawn);
const older = new Older(feed, standstill.hold, () => subscription.position, () => emptiness.filled());
const statistics = new Statistics(clock, show, problem => figures.showProblem(problem));

let subscription;
let query;
let why; // the connection is as it is

foldWhereItIsNarrow();
standstill.watch(list, live);
addEventListener('popstate', follow);
setInterval(everySecond, 1000);
sayWhatAnyoneMay();
follow();

/** Somebody wants to see something else. */
function choose(choice) {
  const chosen = write(choice);
  history.pushState(null, '', chosen ? `?${chosen}` : location.pathname);
  follow();
}

/** Follows what the address asks for. */
function follow() {
  const choice = read(location.search);
  const wanted = write(choice);
  filters.sayWrong(choice.wrong);
  if (wanted === query) {
    return; // only the fragment is another
  }
  query = wanted;
  if (subscription) {
    subscription.close();
    standstill.hold.clear(); // what it held is no longer asked for
  }
  live.clear();
  figures.clear();
  connectionFigures.clear();
  emptiness.begin(choice);
  filters.show(choice);
  const filterOnly = filterQuery(choice.filters).toString();
  older.follow(filterOnly);
  statistics.follow(filterOnly);
  const isAsked = () => wanted === query; // the one before says once more that it is closed
  subscription = subscribe({
    ...logIn.identity,
    filters: choice.filters,
    since: beginning(choice.since),
    keep: 0, // what is in view is what is asked for, not what an earlier visit has seen
    onActivity: (activity, { position, kept }) =>
      offer({ activity, position, fresh: live.live && !kept }),
    onErased: erasure => live.erase(({ activity, position }) => activity && erasure.includes(activity, position)),
    onGap: gap => offer({ gap }),
    onState: (state, detail) => {
      if (isAsked()) {
        live.state = state;
        why = detail;
        sayState();
        if (live.live) {
          emptiness.complete();
        }
      }
    },
  });
  why = undefined;
  sayState(); // it begins as connecting, and says so by no event
}

function offer(entry) {
  emptiness.filled();
  live.offer({ ...entry, own: entry.activity !== undefined && record.came(entry) });
}

function sayState() {
  const state = subscription?.state ?? 'connecting';
  showConnection(state, why, standstill.hold.has('pause'));
  logIn.show(state);
}

/** Entries that have come to the screen as they happened. */
function drawn(entries, at) {
  announcer.drawn(entries);
  for (const { activity, fresh } of entries) {
    if (activity && fresh) {
      figures.drawn(activity, at, record.drawn(activity, at));
    }
  }
}

function show(answer) {
  figures.showStatistics(answer, live.happened.seconds);
  chart.show(answer.perSecond, answer.time);
  busiest.show(answer.busiest);
  filters.suggest(answer.busiest);
}

function everySecond() {
  connectionFigures.look(subscription.measurements(), live.happened.perSecond);
  if (document.hidden) {
    return;
  }
  figures.showOwn(live.happened.perSecond, live.received.total);
  standstill.say();
  announcer.say(performance.now());
  sayShown();
}

/** How much of what happens is on the screen. */
function sayShown() {
  const happened = live.happened.perSecond;
  const shown = live.shown.perSecond;
  const sampled = live.live && !standstill.hold.held && happened > ROWS_PER_SECOND && shown < happened * 0.9;
  byId('shown').classList.toggle('sampled', sampled);
  say(byId('shown'), sampled ? `Showing ${count(shown)} of ${count(happened)}/s, the newest. Filter, or pause, to see each.`
    : live.leftOut > 0 ? `${counted(live.leftOut, 'activity', 'activities')} came too fast to be shown` : '');
}
