import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Code of the error with which `publicLookup` refuses a name. */
export const notPublicCode = 'ENOTPUBLIC';

/** All that is handed out of IPv6; outside of it are, among others, IPv4 addresses in an IPv6 spelling. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** False for loopback, private, link-local, carrier-grade, documentation, tunnelled and other special addresses. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast);
}

/** Why a name is not connected to: every one of its addresses has to be public. `undefined`: it is. */
export function refusalOf(hostname: string, addresses: readonly { address: string }[]): string | undefined {
  const refused = addresses.find(({ address }) => !isPublicAddress(address));
  if (refused) return `${hostname} resolves to ${refused.address}, which is not public`;
  return addresses.length === 0 ? `${hostname} has no address` : undefined;
}

/**
 * A lookup for `net.connect` that yields public addresses only. It runs where the socket is made, so the
 * address that was checked is the address that is connected to, whatever the name resolves to a moment later.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '');
    const reason = refusalOf(hostname, addresses);
    const [first] = addresses;
    if (reason !== undefined || !first) {
      return callback(Object.assign(new Error(reason), { code: notPublicCode }), '');
    }
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
