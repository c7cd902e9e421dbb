export { type Address, type Place, Sites } from './sites.js';
