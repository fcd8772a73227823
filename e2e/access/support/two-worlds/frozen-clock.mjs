// Preloaded into both servers: `new Date()` and `Date.now()` always give TEST_CLOCK. Timers are not affected.
const now = Date.parse(process.env.TEST_CLOCK ?? '');

globalThis.Date = new Proxy(Date, {
  construct: (original, given, target) => Reflect.construct(original, given.length > 0 ? given : [now], target),
  apply: (original) => new original(now).toString(),
  get: (original, key, receiver) => (key === 'now' ? () => now : Reflect.get(original, key, receiver)),
});
