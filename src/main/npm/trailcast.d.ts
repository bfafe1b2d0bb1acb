/** What was done: a CloudEvents 1.0 event. */
export interface Activity {
  specversion: string;
  id: string;
  source: string;
  type: string;
  time: string;
  actor?: string;
  subject?: string;
  audience?: string;
  data?: unknown;
  /** Instead of `data`, where it is neither JSON nor text. */
  data_base64?: string;
  [attribute: string]: unknown;
}

/** Which activities: any of one attribute's values, of all attributes that are given. A trailing `*` makes a beginning. */
export interface Filters {
  type?: string | string[];
  actor?: string | string[];
  source?: string | string[];
  subject?: string | string[];
}

export interface Options {
  /** The address of the Trailcast, above its `/api`. If left out, where this module came from: a Trailcast serves it. */
  url?: string | URL;
  /** Which activities; if left out, all. */
  filters?: Filters;
  /**
   * Where to begin where nothing is kept: `now` (the default), with the earliest that the server has, with what was recorded
   * since then (a Date, or milliseconds since 1970), with the last so many that match, or behind a position.
   */
  since?: 'now' | 'earliest' | Date | number | { last: number } | { position: string };
  /** Who is logged in here. What is kept, and the connection, are shared only with tabs that say the same. */
  user?: string;
  /**
   * Gives the token that says who asks, for `Authorization: Bearer`. Asked for each time that the server is asked; where the server
   * does not take it, once more. Needs `user`.
   */
  token?(): string | Promise<string>;
  /** Whether cookies are sent to a Trailcast of another origin, too; if left out, no. Needs `user`. */
  withCredentials?: boolean;
  /**
   * How many of the newest activities a reload finds again; 200 if left out. With 0 it begins anew, at `since`. Where tabs differ,
   * what the one that leads says counts.
   */
  keep?: number;
  /**
   * After how many milliseconds in which nothing is heard a connection, or another tab that leads, is taken for dead; 45,000 if
   * left out. It must be longer than the server's heartbeat, 4 s by default.
   */
  silence?: number;
  /** Gets every activity once and in order. What it throws is reported, and is no reason to get it again. */
  onActivity(activity: Activity, place: Place): void;
  /**
   * Is told that everything was erased that an actor had done up to a place: what of it stands on the page is to go. What was kept
   * of it is gone.
   */
  onErased?(erasure: Erasure): void;
  /**
   * Is told what can't be given back: see "The wire". Where it returns a promise, nothing is handed over until that is settled: so
   * it can reload what the page shows, and what comes then goes by that.
   */
  onGap?(gap: Gap): void | PromiseLike<unknown>;
  /**
   * Is told of every change once. A subscription begins as `connecting`. The detail says why, where there is something to say; of
   * `closed` it is `by the application`, `forgotten`, or what the server says is wrong.
   */
  onState?(state: State, detail?: string): void;
}

export interface Place {
  position: string;
  /** Whether it is from before the page was loaded. */
  kept: boolean;
}

export interface Erasure {
  /** Whether an activity, which was handed over with this position, is among what was erased. */
  includes(activity: Activity, position: string): boolean;
}

export interface Gap {
  /** `expired`: no longer kept, it goes on with the oldest that is; `unknown`: never in this journal, it goes on now. */
  reason: 'expired' | 'unknown';
  /** Where it would have gone on. */
  requested: string;
  /** Where it does. */
  resumed: string;
}

/**
 * `connecting` and `offline`: nothing comes; it will try again. `catching-up`: on the way to what is new.
 * `live`: an activity is there as soon as it is recorded. `polling`: likewise, but by long polls, for the stream is not to be
 * had. `unauthorized` (log in anew), `forbidden` and `closed`: it has ended, and tells nothing more.
 */
export type State = 'connecting' | 'catching-up' | 'live' | 'polling' | 'offline'
  | 'unauthorized' | 'forbidden' | 'closed';

/** Of this tab: one that follows another has no connection of its own. */
export interface Measurements {
  /** From asking until the first event, or the first page. */
  connectionMilliseconds?: number;
  /** From the last cut until the first event, or the first page, after it. */
  reconnectionMilliseconds?: number;
  reconnections: number;
  /** Handed over, without those that were kept. */
  activities: number;
  /** On average over the last ten seconds, or since it began. */
  activitiesPerSecond: number;
  gaps: number;
  /** Cuts, refusals and requests that failed. */
  errors: number;
  /** Of data received from the server. */
  bytes: number;
}

export interface Subscription {
  readonly state: State;
  /** Where it is: behind the newest activity that was handed over, or ahead of it, where nothing matched. */
  readonly position: string | undefined;
  measurements(): Measurements;
  /** Ends it in this tab. What is kept stays. */
  close(): void;
}

/**
 * Follows a trail.
 *
 * @throws {TypeError} that names the option which is wrong
 */
export function subscribe(options: Options): Subscription;

/**
 * Wipes all that is kept in this browser and closes the subscriptions of all its tabs: for log-out. It is rejected where
 * something may be left, for it could not be reached or written. Where the browser keeps nothing there is nothing to wipe.
 */
export function forget(): Promise<void>;
