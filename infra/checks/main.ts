/**
 * `npm test`: the whole check, the same on a laptop and in CI. Every step runs, also after one failed, so that all that is
 * wrong is seen at once. Ends with one line `N passed, N failed`: the steps and the tests together.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

type Step = { readonly name: string; readonly command: string; readonly args: readonly string[] }

const steps: readonly Step[] = [
  { name: 'format and lint', command: 'biome', args: ['ci', '--error-on-warnings', '.'] },
  { name: 'types', command: 'tsc', args: ['-p', 'tsconfig.json'] },
  { name: 'types of the components', command: 'tsc', args: ['-p', 'packages/ui/tsconfig.json'] },
  { name: 'types of the portal', command: 'tsc', args: ['-p', 'services/portal/tsconfig.json'] },
  { name: 'types of the journeys', command: 'tsc', args: ['-p', 'test/journeys/tsconfig.json'] },
  { name: 'types of the console', command: 'tsc', args: ['-p', 'services/console/tsconfig.json'] },
  {
    name: 'import directions and cycles',
    command: 'depcruise',
    args: ['--config', '.dependency-cruiser.mjs', 'contracts', 'packages', 'services', 'test', 'infra'],
  },
  { name: 'unused code', command: 'knip', args: [] },
]

/** Colours are for a terminal; in a log they are noise. A variable that forces them wins whatever its value, so it goes. */
const { FORCE_COLOR: _, ...uncoloured } = process.env
const env = process.stdout.isTTY ? process.env : { ...uncoloured, NO_COLOR: '1' }

function run({ name, command, args }: Step): boolean {
  const started = performance.now()
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', env })
  const ok = status === 0
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
  if (!ok) console.log(stdout, stderr, error?.message ?? '')
  return ok
}

type Report = {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly { readonly name: string; readonly startTime: number; readonly endTime: number }[]
}

/** Where the time goes, so that whoever adds a test sees what it costs everybody. */
function tellSlowest(files: Report['testResults']): void {
  const seconds = files.map(({ name, startTime, endTime }) => ({ name, seconds: (endTime - startTime) / 1000 }))
  const slowest = seconds.sort((a, b) => b.seconds - a.seconds).slice(0, 12)
  console.log('slowest files:')
  for (const file of slowest)
    console.log(`  ${file.seconds.toFixed(1).padStart(6)} s  ${relative(process.cwd(), file.name)}`)
}

/** Labs of many processes, killed and started again: `npm run test:attacks` plays them, this check would take too long with them. */
const long = [
  'services/node/test/a-node-survives-being-killed-anywhere.test.ts',
  'services/node/test/joint-numbers-survive-being-killed.test.ts',
  'test/attacks/a-broker-survives-being-killed-anywhere.test.ts',
  'test/attacks/a-ceremony-fits-or-ends.test.ts',
  'test/attacks/a-log-has-one-past.test.ts',
  'test/attacks/a-node-knows-the-time-and-its-own-past.test.ts',
  'test/attacks/a-roster-follows-the-one-before.test.ts',
  'test/attacks/a-stolen-broker-tells-nothing.test.ts',
  'test/attacks/a-withdrawal-holds-whatever-the-broker-does.test.ts',
  'test/attacks/joint-numbers-need-every-share.test.ts',
  'test/attacks/partners-come-and-go.test.ts',
  'test/attacks/tables-do-not-tell-a-person-apart.test.ts',
  'test/attacks/what-does-not-open-opens-nothing.test.ts',
]

/** Runs every other test; the counts come from the runner's own report, and a runner that wrote none has failed. */
function runTests(): { passed: number; failed: number } {
  const folder = mkdtempSync(join(tmpdir(), 'kruispunt-check-'))
  const report = join(folder, 'report.json')
  try {
    const { status } = spawnSync(
      'vitest',
      [
        'run',
        '--reporter=dot',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...long.map((file) => `--exclude=${file}`),
      ],
      { stdio: 'inherit', env },
    )
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
    tellSlowest(testResults)
    // A file that does not load fails the run without a failed test of its own.
    const brokenRun = status !== 0 && numFailedTests === 0 ? 1 : 0
    return { passed: numPassedTests, failed: numFailedTests + brokenRun }
  } catch {
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const checks = steps.map(run)
const tests = runTests()
const passed = checks.filter(Boolean).length + tests.passed
const failed = checks.filter((ok) => !ok).length + tests.failed
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && tests.passed > 0 ? 0 : 1
