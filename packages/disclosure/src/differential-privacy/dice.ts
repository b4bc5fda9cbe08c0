/**
 * Exact chances from random bytes: whole numbers throughout, so that no rounding shows in what is drawn.
 * @module
 */

/** Cryptographically secure random bytes, as many as asked for. */
export type RandomBytes = (length: number) => Uint8Array

/** Asked for at once: a few dozen draws. */
const blockLength = 256

export class Dice {
  readonly #random: RandomBytes
  #bytes: Uint8Array = new Uint8Array(0)
  #used = 0

  constructor(random: RandomBytes) {
    this.#random = random
  }

  /** A whole number from 0 up to `end`, each as likely as any other; `end` from 1 to 2^48. */
  below(end: number): number {
    if (!Number.isSafeInteger(end) || end < 1 || end > 2 ** 48) throw new Error('a range must be whole, 1 to 2^48')
    let size = 1
    let bytes = 0
    while (size < end) {
      size *= 256
      bytes++
    }
    // Numbers past the last whole multiple of `end` are drawn again: a remainder of them would be uneven.
    const fair = size - (size % end)
    for (;;) {
      let drawn = 0
      for (let place = 0; place < bytes; place++) drawn = drawn * 256 + this.#byte()
      if (drawn < fair) return drawn % end
    }
  }

  /** True with chance exp(-numerator / denominator), for a fraction from 0 to 1. */
  decay(numerator: number, denominator: number): boolean {
    // Forsyth - von Neumann: the parity of the first failure among chances f, f/2, f/3, ...
    let round = 1
    while (this.below(denominator * round) < numerator) round++
    return round % 2 === 1
  }

  #byte(): number {
    if (this.#used === this.#bytes.length) {
      this.#bytes = this.#random(blockLength)
      if (this.#bytes.length !== blockLength) throw new Error('the source of randomness gave fewer bytes than asked')
      this.#used = 0
    }
    return this.#bytes[this.#used++] ?? 0
  }
}
