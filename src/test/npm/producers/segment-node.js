// node segment-node.js BASE WRITE_KEY COUNT: tracks so many orders, and ends when all are acknowledged.
import { Analytics } from '@segment/analytics-node';

const [base, writeKey, count] = process.argv.slice(2);
const { origin, pathname } = new URL('api/v1/batch', base);
const analytics = new Analytics({ writeKey, host: origin, path: pathname, flushAt: 20 });
analytics.on('error', ({ code, reason }) => fail(`${code} ${reason}`));

for (let n = 0; n < count; n++) {
  analytics.track({ userId: 'alice', event: 'Order Completed', properties: { n } });
}
await analytics.closeAndFlush();

function fail(why) {
  console.error(why);
  process.exitCode = 1;
}
