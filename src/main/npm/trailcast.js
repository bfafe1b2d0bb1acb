// Trailcast in the browser: a client that never loses its place.
//
//   subscribe() ── Member ─┬─ Delivery   what the application is handed, and its position
//                          ├─ Kept       what a reload finds again                                (IndexedDB)
//                          ├─ Tabs       which of the browser's tabs leads, and what it says      (Web Locks, BroadcastChannel)
//                          ├─ Leader ─── Source  the way to the server                            (EventSource, or fetch with a token; else pages)
//                          └─ Follower   hands over what the leader says; pages fill the holes    (fetch)
//
// Every subscription, in whichever tab, is a member; those that ask for the same as the same user have one leader, who alone
// has a connection. One rule makes it right. A member has one position, and takes an activity only if it lies ahead of that:
// so two ways may bring the same, early or late, and nothing comes twice. And whatever a leader passes on says what it
// follows (`prev`): where that is ahead of the member's position there is a hole, and pages fill it: so nothing is missed.
//
// Activities are passed on and kept as text. That is cheap to copy, and what an application does to the object that it is
// given stays with the application.

import { Kept } from './trailcast/client/kept.js';
import { Member } from './trailcast/client/member.js';
import { checked } from './trailcast/client/options.js';
import { Tabs } from './trailcast/client/tabs.js';

/**
 * Follows a trail.
 *
 * @param {import('./trailcast.js').Options} options
 * @returns {import('./trailcast.js').Subscription}
 * @throws {TypeError} that names the option which is wrong
 */
export function subscribe(options) {
  const member = new Member(checked(options, import.meta.url));
  return Object.freeze({ // what the parts say to each other is nobody else's
    get state() { return member.delivery.state; },
    get position() { return member.delivery.position; },
    measurements: () => member.measurements.values,
    close: () => member.close('by the application'),
  });
}

/**
 * Wipes all that is kept in this browser, and closes the subscriptions of all its tabs: for log-out. They are closed and do
 * not begin anew, because that would be with a session that is gone, and would keep again what was to be forgotten.
 *
 * @returns {Promise<void>} fulfilled when it is wiped
 */
export async function forget() {
  Member.closeAll('forgotten');
  Tabs.forget();
  await Kept.wipe();
}
