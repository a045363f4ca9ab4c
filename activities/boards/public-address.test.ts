import { isPublicAddress } from './public-address.js';

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
])('%s is not a public address', (address) => expect(isPublicAddress(address)).toBe(false));

test.each(['104.16.1.1', '2606:4700::1'])('%s is a public address', (address) =>
  expect(isPublicAddress(address)).toBe(true),
);
