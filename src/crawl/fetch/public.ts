/**
 * Connections to nothing but the public internet. Whoever wrote a post chose the addresses of its pictures, and this machine
 * reaches what they don't: its own services, a router's pages, a cloud's keys.
 */
import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { agentsThat, type SiteAgents } from './agent.js';

/** Says of an address whether it may be connected to. */
export type MayReach = (address: string) => boolean;

/** @param allowed addresses and ranges that may be reached besides, as in `config/images.yaml` */
export function mayReach(allowed: readonly string[]): MayReach {
  const ranges = allowed.map((text) => (text.includes('/') ? ipaddr.parseCIDR(text) : wholeAddress(text)));
  return (address) => {
    if (isIP(address) === 0) return false;
    const parsed = ipaddr.parse(address);
    return isPublic(parsed) || ranges.some((range) => parsed.kind() === range[0].kind() && parsed.match(range));
  };
}

function wholeAddress(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** All of IPv6 that is in use by the public; what holds an IPv4 address (::127.0.0.1 and its like) lies outside it or is a range of its own. */
const GLOBAL = ipaddr.parseCIDR('2000::/3');

/** "Unicast" is what the library calls an address that lies in no range set aside for a purpose. */
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || address.match(GLOBAL));
}

/** Node's own way to ask for a host's addresses, all of them. Tests put their own in its place. */
export type Resolve = (
  host: string,
  options: dns.LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[]) => void,
) => void;

export const resolveHost: Resolve = (host, options, callback) => dns.lookup(host, options, callback);

/**
 * Agents that look at each address at the moment of connecting, and connect to that address and no other: a name that
 * points elsewhere at its next look-up changes nothing. Every hop of a redirect makes, or has made, such a connection.
 */
export function publicAgents(may: MayReach, connectWithin: number, resolve: Resolve = resolveHost): SiteAgents {
  const lookup: LookupFunction = (host, options, callback) => {
    if (host === REFUSED) return callback(notPublic(), []);
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const good = found.filter(({ address }) => may(address));
      const first = good[0];
      if (!first) return callback(notPublic(), []);
      if (options.all) callback(null, good);
      else callback(null, first.address, first.family);
    });
  };
  return agentsThat((connect, options, callback) => {
    // A host that is an address already is never looked up: a name stands in for one that is refused, and so fails as names do
    const host = (options.host ?? '').replace(/^\[|\]$/g, '');
    const refused = isIP(host) !== 0 && !may(host);
    return connect({ ...options, ...(refused && { host: REFUSED }), lookup }, callback);
  }, connectWithin);
}

/** No host has such a name (RFC 6761). */
const REFUSED = 'refused.invalid';

function notPublic(): NodeJS.ErrnoException {
  return Object.assign(new Error('not of the public internet'), { code: 'FICFERRY_NOT_PUBLIC' });
}
