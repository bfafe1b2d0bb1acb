// node rudderstack-node.js BASE WRITE_KEY COUNT: tracks so many orders, and ends when all are acknowledged.
import RudderAnalytics from '@rudderstack/rudder-sdk-node';

const [base, writeKey, count] = process.argv.slice(2);
const analytics = new RudderAnalytics(writeKey, {
  dataPlaneUrl: new URL('api', base).href,
  flushAt: 20,
});

for (let n = 0; n < count; n++) {
  const order = { userId: 'alice', event: 'Order Completed', properties: { n } };
  analytics.track(order, problem => {
    if (problem) {
      console.error(problem);
      process.exitCode = 1;
    }
  });
}
await analytics.flush();
