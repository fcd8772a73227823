import { expect, test } from 'vitest';
import { clientAddress, pathHeader, requestInfo, wantedPath } from '@/server/request';

const peer = '10.0.0.1';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['203.0.113.9, 192.0.2.7', '192.0.2.7'],
  [' 192.0.2.7:52100 ', '192.0.2.7'],
  ['"192.0.2.7:52100"', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:C000:0207', '192.0.2.7'],
  ['[2001:db8:0:1::9]:52100', '2001:db8:0:1::9'],
  ['"[2001:0DB8:0000:0001::9]"', '2001:db8:0:1::9'],
  ['2001:db8:0:1::9', '2001:db8:0:1::9'],
  ['fe80::1%eth0', 'fe80::1'],
  // Nothing else is an address, however long it is and whatever it contains.
  ['', peer],
  ['unknown', peer],
  ['192.0.2.7.8', peer],
  ['300.0.2.7', peer],
  ['2001:db8::1:52100:x', peer],
  ["192.0.2.7'; DROP TABLE throttle", peer],
  ['x'.repeat(10_000), peer],
  [null, peer],
])('behind one proxy the client of %j is %s', (header, ip) => expect(clientAddress(header, peer, 1)).toBe(ip));

test('the header is ignored without a proxy, and read from the right behind several', () => {
  expect(clientAddress('192.0.2.7', '::ffff:10.0.0.1', 0)).toBe('10.0.0.1');
  expect(clientAddress('192.0.2.7, 203.0.113.9, 10.0.0.2', peer, 2)).toBe('203.0.113.9');
  // Fewer addresses than proxies: somebody came past them.
  expect(clientAddress('192.0.2.7', peer, 2)).toBe(peer);
  expect(clientAddress(null, null, 1)).toBeNull();
});

test('what is audited and logged of a request has the pattern of its route, never its path', () => {
  const headers = new Headers({ [pathHeader]: '/activate/dGhlLXRva2Vu?q=ada@example.org' });
  expect(requestInfo(headers).path).toBe('/activate/[token]?q');
  expect(JSON.stringify(requestInfo(headers))).not.toMatch(/dGhl|ada/);
  expect(requestInfo(new Headers({ [pathHeader]: '/typed/ada@example.org' })).path).toBe('/[unknown]');
});

test('a person is led back to the very page they wanted', () => {
  expect(wantedPath(new Headers({ [pathHeader]: '/users?q=ada' }))).toBe('/users?q=ada');
  expect(wantedPath(new Headers())).toBe('/');
});
