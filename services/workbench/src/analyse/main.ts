/**
 * `kruispunt-analyse`: starts the command and hands over its exit code.
 * @module
 */
import { readerMayLeave } from '../reader-may-leave.ts'
import { run } from './program.ts'

readerMayLeave(process.stdout)
process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  now: () => performance.now(),
})
