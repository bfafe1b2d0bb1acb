// Sends an event in each mode that the CloudEvents SDK for JavaScript has:
//   node cloudevents.js http://localhost:9080/api/activities /a-source
import sdk from 'cloudevents';

const { CloudEvent, emitterFor, httpTransport, Mode } = sdk;
const [sink, source] = process.argv.slice(2);

for (const mode of [Mode.BINARY, Mode.STRUCTURED]) {
  const emit = emitterFor(httpTransport(sink), { mode });
  for (const [type, of] of [
    ['json', { data: { total: 9.9, to: 'Zoë' } }],
    ['text', { data: 'a "text" of Zoë', datacontenttype: 'text/plain' }],
    ['bytes', { data: new Uint8Array([0, 255]), datacontenttype: 'image/png' }],
  ]) {
    const { body } = await emit(new CloudEvent({
      id: `${mode}-${type}`, source, type: `sent.${type}`, subject: 'orders/17', actor: 'alice', ...of,
    }));
    console.log(body);
    if (!JSON.parse(body).position) {
      process.exitCode = 1;
    }
  }
}
