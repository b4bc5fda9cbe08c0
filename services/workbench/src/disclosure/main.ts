/**
 * `kruispunt-disclosure`: starts the command and hands over its exit code.
 * @module
 */
import { run } from './program.ts'

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  now: () => performance.now(),
})
