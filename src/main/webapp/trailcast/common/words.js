// Numbers and times as people read them. Formatters are made once: making one costs more than using it a hundred times.

const wholes = new Intl.NumberFormat('en');
const times = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const minutes = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const days = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** 1,234 */
export const count = number => wholes.format(Math.round(number));

/** "1 activity", "1,234 activities" */
export const counted = (number, one, many) => `${count(number)} ${number === 1 ? one : many}`;

/** 9.5 below ten, else whole: what changes every second is read at a glance. */
export const rate = number => (number > 0 && number < 10 ? Number(number.toFixed(1)).toString() : count(number));

/** 0.8 ms, 23 ms, 1.2 s, 3 min */
export function duration(ms) {
  if (ms < 1000) {
    return `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`;
  }
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${count(ms / 60_000)} min`;
}

/** 0 B, 812 B, 3.4 kB, 1.2 MB */
export function bytes(number) {
  const [size, unit] = number < 1e3 ? [number, 'B'] : number < 1e6 ? [number / 1e3, 'kB'] : [number / 1e6, 'MB'];
  return `${unit === 'B' ? count(size) : rate(size)} ${unit}`;
}

/** How long something lasted, where a second more or less does not matter: 23 s, 3 min */
export const span = ms => ms < 60_000 ? `${Math.max(1, Math.round(ms / 1000))} s` : `${count(ms / 60_000)} min`;

/** The time of day, with the day where it is not today; as it came where it is no time. */
export function time(rfc3339) {
  const date = new Date(rfc3339);
  if (Number.isNaN(date.getTime())) {
    return String(rfc3339 ?? '');
  }
  const today = date.toDateString() === new Date().toDateString();
  return today ? times.format(date) : `${days.format(date)}, ${times.format(date)}`;
}

/** The time of day to the minute. */
export const minute = ms => minutes.format(ms);

/** The time with its day. */
export const moment = date => moments.format(date);
