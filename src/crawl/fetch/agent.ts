/** The connections to one site: one at a time, and to another place where the config says so. */
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SiteConfig } from '../../config/sites.js';

type Server = SiteConfig['server'];
type Callback = ((error: Error | null, stream: Duplex) => void) | undefined;
type Connect = (options: https.RequestOptions, callback?: Callback) => Socket;

/** Both kinds of address of a dual-stack host get this long before the other is tried; Node's 250 ms is short for far places. */
const OTHER_FAMILY_AFTER = 2_000;

/** The agents for a site's http and https addresses. */
export interface SiteAgents {
  http: http.Agent;
  https: https.Agent;
  /** Closes what is open and idle. */
  close(): void;
}

/**
 * Agents that keep one connection and drop it when another host of the site is asked.
 * With `server`, that is where they connect whatever the name; Host header and certificate name stay the address's own.
 * @param connectWithin ms for looking up, connecting and agreeing on keys together
 */
export function siteAgents(server: Server, connectWithin: number): SiteAgents {
  const there = server ? { host: server.host, port: server.port } : {};
  return agentsThat((connect, options, callback) => connect({ ...options, ...there }, callback), connectWithin);
}

/** How a connection is made: by Node's own way, with options that may be changed. */
export type Connecting = (connect: Connect, options: https.RequestOptions, callback: Callback) => Socket;

/** Agents that keep one connection each, made as `connecting` says. */
export function agentsThat(connecting: Connecting, connectWithin: number): SiteAgents {
  const agents = {
    http: oneConnection(new http.Agent(KEEP_ONE), connecting, connectWithin),
    https: oneConnection(new https.Agent(KEEP_ONE), connecting, connectWithin),
  };
  return {
    ...agents,
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

const KEEP_ONE = { keepAlive: true, maxSockets: 1, maxFreeSockets: 1 };

function oneConnection<A extends http.Agent>(agent: A, connecting: Connecting, connectWithin: number): A {
  // Typed for https agents alone, and as if it might return a stream of any kind; it returns a socket.
  const connector = agent as unknown as { createConnection: Connect };
  const connect = connector.createConnection.bind(agent) as Connect;
  connector.createConnection = (options, callback) => {
    // Node keeps idle connections by host; the site is to see one in all.
    for (const idle of Object.values(agent.freeSockets).flat()) idle?.destroy();
    const own = { ...options, autoSelectFamilyAttemptTimeout: OTHER_FAMILY_AFTER };
    return giveUpAfter(
      connecting(connect, own, callback),
      connectWithin,
      agent instanceof https.Agent ? 'secureConnect' : 'connect',
    );
  };
  return agent;
}

/**
 * got's own timers for this phase start at the `lookup` event, which never comes for an address given as a number
 * (got 14.6), so the phase is watched here.
 */
function giveUpAfter(socket: Socket, ms: number, until: 'connect' | 'secureConnect'): Socket {
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error('no connection in time'), { code: 'FICFERRY_CONNECT' }));
  }, ms);
  const clear = () => clearTimeout(timer);
  return socket.once(until, clear).once('close', clear);
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether a host as configured is this machine itself. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  const family = isIP(bare);
  if (family === 0) return bare === 'localhost' || bare.endsWith('.localhost');
  return LOOPBACK.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}
