/**
 * The prime-order group ristretto255 (RFC 9496), for the joint pseudonyms. Apart from `index.ts`: it loads a larger build of
 * libsodium, which only a thread that works on such pseudonyms needs.
 * @module
 */
export {
  addElements,
  elementBytes,
  generatorTimes,
  hashToElements,
  isElement,
  multiply,
} from './group-elements.ts'
export { groupReady } from './group-heap.ts'
export { addScalars, assertScalars, invertScalars, randomScalars, scalarBytes } from './group-scalars.ts'
