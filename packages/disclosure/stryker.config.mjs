// Mutation testing of the rules that say what is unsafe: `npm run test:mutation`. Takes a quarter of an hour on two cores and is no
// part of `npm test`. What survives is explained in docs/mutation.md.

// The tests of the rules alone: they need no solver, so that a mutant costs a second.
const tests = ['test/rules', 'test/magnitude/unsafe-sums', 'test/magnitude/sums-count-from-their-lowest']
const rules = ['unsafe-cells', 'rules', 'lines', 'guards', 'attackers', 'next-delivery', 'magnitude/hazards']

export default {
  mutate: rules.map((rule) => `src/${rule}.ts`),
  testRunner: 'command',
  commandRunner: {
    command: `vitest run --root . --bail 1 --pool threads --no-isolate --no-file-parallelism ${tests.join(' ')}`,
  },
  coverageAnalysis: 'off',
  plugins: [],
  // Inside the repository, so that packages are found; under a name that git and the other checks pass by.
  tempDirName: '../../dist/mutation/sandbox',
  ignorePatterns: ['bench', 'docs'],
  concurrency: 2,
  // No rule loops for long: a mutant that takes this much is one that never ends, also on a busy machine.
  timeoutMS: 60_000,
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: '../../dist/mutation/report.json' },
  clearTextReporter: { logTests: false, reportTests: false },
}
