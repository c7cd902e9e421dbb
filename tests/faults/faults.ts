/** The table: every way in which a journal misbehaves, and what a run does. docs/faults.md says the same to people. */
import { answers } from './answers.js';
import { bodies } from './bodies.js';
import type { Group } from './fault.js';
import { logins } from './logins.js';
import { notices } from './pages.js';
import { robots } from './robots.js';
import { time } from './time.js';
import { ways } from './ways.js';

export const FAULTS: Group[] = [answers, bodies, notices, logins, ways, robots, time];
