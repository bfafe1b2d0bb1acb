// The first page: follows the stream, shows what arrives, records an activity.
// Everything from outside goes in as text, never as HTML.

const MOST = 200; // activities shown; the stream itself has no end

const state = document.getElementById('state');
const trail = document.getElementById('trail');
const form = document.getElementById('record');
const answer = document.getElementById('answer');

function show(name, text) {
  state.dataset.state = name;
  state.textContent = text;
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function add(item) {
  document.getElementById('empty').hidden = true;
  trail.prepend(item);
  while (trail.children.length > MOST) {
    trail.lastElementChild.remove();
  }
}

function addActivity(activity) {
  const item = document.createElement('li');
  const time = element('time', '', new Date(activity.time).toLocaleTimeString());
  time.dateTime = activity.time;
  const what = element('span', 'what', '');
  what.append(
    element('strong', '', activity.actor ?? 'somebody'),
    ` ${activity.type} ${activity.subject ?? ''}`);
  item.append(time, what);
  if (activity.data !== undefined) {
    item.append(element('span', 'data', JSON.stringify(activity.data)));
  }
  add(item);
}

const events = new EventSource('api/events?last=20');
events.onmessage = event => addActivity(JSON.parse(event.data));
events.onerror = () => events.readyState === EventSource.CLOSED
  ? show('closed', 'the server is away; reload the page')
  : show('connecting', 'connection lost, coming back …');
events.addEventListener('trailcast.position', event =>
  JSON.parse(event.data).live ? show('live', 'live') : show('connecting', 'catching up …'));
events.addEventListener('trailcast.gap', event =>
  add(element('li', 'gap', `Some of what happened is no longer kept (${JSON.parse(event.data).reason}).`)));
events.addEventListener('trailcast.closing', event =>
  show('connecting', `the server has ended the stream (${JSON.parse(event.data).reason}), coming back …`));

form.addEventListener('submit', async event => {
  event.preventDefault();
  const filled = [...new FormData(form)].filter(([, value]) => value !== '');
  try {
    const response = await fetch('api/activities', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(filled)),
    });
    const body = await response.json();
    answer.textContent = response.ok ? `Recorded at ${body.position}.` : `Not recorded: ${body.detail ?? body.title}`;
  } catch (problem) {
    answer.textContent = `Not recorded: ${problem.message}`;
  }
});
