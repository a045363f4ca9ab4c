import { isPublicAddress, refusalOf } from './public-address.js';

test.each([
  '127.0.0.1',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '::1',
  '::',
  'fe80::1',
  'fc00::1',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'localhost',
  // Everything on this network, and what stands for nobody.
  '192.168.255.255',
  '192.0.0.1',
  '198.18.0.1',
  '240.0.0.1',
  '255.255.255.255',
  'ff02::1',
  'fec0::1',
  'fe80::1%eth0',
  '2001:db8::1',
  '100::1',
  // IPv4 in an IPv6 spelling, and in tunnels.
  '::ffff:10.0.0.1',
  '::ffff:a9fe:a9fe',
  '::ffff:0:127.0.0.1',
  '::7f00:1',
  '::a00:1',
  '64:ff9b:1::7f00:1',
  '2001:0:7f00::1',
  '192.88.99.1',
  // IPv4 as old programs spell it.
  '0x7f.1',
  '2130706433',
  '127.1',
  '0177.0.0.1',
])('%s is not a public address', (address) => expect(isPublicAddress(address)).toBe(false));

test.each(['104.16.1.1', '2606:4700::1'])('%s is a public address', (address) =>
  expect(isPublicAddress(address)).toBe(true),
);

test('a name with one address that is not public is not connected to by the others either', () => {
  const [open, closed] = [{ address: '104.16.1.1' }, { address: '10.0.0.1' }];
  expect(refusalOf('a.example', [open])).toBeUndefined();
  for (const addresses of [[closed], [open, closed], [closed, open]]) {
    expect(refusalOf('a.example', addresses)).toBe('a.example resolves to 10.0.0.1, which is not public');
  }
  expect(refusalOf('a.example', [])).toBe('a.example has no address');
});
