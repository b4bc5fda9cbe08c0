/**
 * Whether the tests of the rules notice a change in the rules: `npm run test:mutation [-- options of Stryker]`.
 * Stryker works on the folder it is started in, which is this package.
 * @module
 */
import { spawnSync } from 'node:child_process'

const { status } = spawnSync('stryker', ['run', ...process.argv.slice(2)], {
  cwd: new URL('..', import.meta.url),
  stdio: 'inherit',
})
process.exitCode = status ?? 1
