import { byId, say } from '../common/element.js';
import { ask } from '../common/problem.js';

const VERBS = { publish: 'record', subscribe: 'follow', administer: 'administer' };

/** Says what anyone may do here without a log-in: it is right on localhost, and nowhere else. */
export async function sayWhatAnyoneMay() {
  try {
    const { anyone } = await ask('api/access', { cache: 'no-store' });
    const verbs = anyone.filter(right => right in VERBS).map(right => VERBS[right]);
    say(byId('open'), verbs.length > 0 ? `Open: anyone may ${verbs.join(', ')}, without a log-in.` : '');
  } catch {
    // whoever is not let in is told so by all else on the page
  }
}
