import { element, visible, visibleJson } from '../common/element.js';
import { tone, typeTone } from '../common/tone.js';
import { time } from '../common/words.js';

const PREVIEW = 160; // characters of data; the rest is in the detail

/**
 * An activity as a row of the feed: one button, for it opens the detail.
 *
 * @param {boolean} own whether it was recorded with the form of this page
 */
export function activityRow(activity, own) {
  const button = element('button', { type: 'button', class: own ? 'row own' : 'row', tabindex: '-1' },
    element('time', { datetime: activity.time }, time(activity.time)),
    actor(activity.actor),
    element('span', { class: 'type', 'data-tone': typeTone(activity.type) }, activity.type),
    element('span', { class: 'subject' }, activity.subject ?? ''),
    element('span', { class: 'source' }, activity.source),
    data(activity));
  if (own) {
    button.append(element('span', { class: 'unseen' }, 'recorded here'));
  }
  return element('li', {}, button);
}

/** A row that says that something is missing here. */
export function gapRow({ reason }) {
  const why = reason === 'expired' ? 'they are no longer kept' : 'the journal is another one';
  return element('li', { class: 'gap' }, `Activities are missing here: ${why}.`);
}

function actor(name) {
  if (name === undefined) {
    return element('span', { class: 'actor nobody' }, 'somebody');
  }
  const face = element('span', { class: 'face', 'data-tone': tone(name), 'aria-hidden': 'true' }, [...name].find(letter => visible(letter) === letter)?.toUpperCase() ?? '?');
  return element('span', { class: 'actor' }, face, element('span', {}, name));
}

function data(activity) {
  const shown = element('span', { class: 'data' });
  if (activity.audience !== undefined) {
    shown.append(element('span', { class: 'only' }, `only ${activity.audience}`), ' ');
  }
  if (activity.data !== undefined) {
    shown.append(visibleJson(JSON.stringify(activity.data).slice(0, PREVIEW)));
  }
  return shown;
}
