/**
 * How the story is told: numbered steps, what happened under each, progress only on a terminal.
 * @module
 */
const interactive = process.stdout.isTTY === true
const paint = (code: string) => (text: string) => (interactive ? `\u001b[${code}m${text}\u001b[0m` : text)
export const bold = paint('1')
export const dim = paint('2')
const green = paint('32')

let steps = 0
let open: { text: string; started: number } | undefined

function clearLine(): void {
  if (interactive) process.stdout.write('\r\u001b[K')
}

/** Begins a step; the one before it must have ended. */
export function step(text: string): void {
  steps += 1
  open = { text, started: performance.now() }
  if (interactive) process.stdout.write(`${bold(`${steps}.`)} ${text} …`)
}

/** What is going on within the step, on a terminal only. */
export function progress(text: string): void {
  if (!interactive || open === undefined) return
  clearLine()
  process.stdout.write(`${bold(`${steps}.`)} ${open.text} … ${dim(text)}`)
}

/** Ends the step, with what came of it. */
export function done(...results: readonly string[]): void {
  if (open === undefined) return
  clearLine()
  const seconds = ((performance.now() - open.started) / 1000).toFixed(1)
  console.log(`${green('✓')} ${bold(`${steps}.`)} ${open.text} ${dim(`(${seconds} s)`)}`)
  for (const line of results) console.log(`     ${line}`)
  open = undefined
}

export function line(text = ''): void {
  console.log(text)
}
