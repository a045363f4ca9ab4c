import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Code of the error with which `publicLookup` refuses a name. */
export const notPublicCode = 'ENOTPUBLIC';

/** False for loopback, private, link-local, carrier-grade, documentation, tunnelled and other special addresses. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/**
 * A lookup for `net.connect` that yields public addresses only. It runs where the socket is made, so the
 * address that was checked is the address that is connected to, whatever the name resolves to a moment later.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '');
    const refused = addresses.find(({ address }) => !isPublicAddress(address));
    const [first] = addresses;
    if (refused || !first) {
      const reason = refused ? `resolves to ${refused.address}, which is not public` : 'has no address';
      return callback(Object.assign(new Error(`${hostname} ${reason}`), { code: notPublicCode }), '');
    }
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
