// Loaded before a program: its clock is wrong by so many milliseconds, as a machine's can be.
const shift = Number(process.env.KRUISPUNT_TEST_CLOCK_SHIFT_MS ?? 0)
const now = Date.now.bind(Date)
const RealDate = Date
globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [now() + shift] : args))
  }
  static now() {
    return now() + shift
  }
}
