// Imports point one way: services → packages → contracts. The exceptions name their reason.
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'contracts-import-nothing-of-ours',
      severity: 'error',
      from: { path: '^contracts/src' },
      to: { path: '^(packages|services|infra|test)/' },
    },
    {
      name: 'packages-know-no-service',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(services|infra)/' },
    },
    {
      name: 'no-other-package-inside',
      severity: 'error',
      from: { path: '^packages/([^/]+)/(src|bench)' },
      to: {
        path: '^packages/([^/]+)/',
        pathNot: ['^packages/$1/', '^packages/[^/]+/src/(index|node|broker|recipe|oprf|group)\\.ts$'],
      },
    },
    {
      name: 'services-use-public-names',
      severity: 'error',
      from: { path: '^(services|infra|test)/' },
      to: {
        path: '^packages/[^/]+/',
        pathNot: [
          '^packages/[^/]+/src/(index|node|broker|recipe|oprf|group)\\.ts$',
          // The stylesheet is a public name as well.
          '^packages/ui/src/theme/index\\.css$',
          '^packages/tabular/test/practice-specs\\.ts$',
          // Stories that a log tells: the verifier has to read them as the record does.
          '^packages/lab-record/test/support/',
          // The attack that key commitments are for, tried on a whole lab too.
          '^packages/extracts/test/two-keys-one-ciphertext\\.ts$',
          // What reads bytes of others and has no public name of its own, and what is needed to bring those bytes before it: the fuzz list.
          '^packages/(statements/src/passkey|accounts/src/passkeys|front-door/test/front-door|key-agreement/test/parties)\\.ts$',
        ],
      },
    },
    {
      name: 'services-are-apart',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/([^/]+)/', pathNot: '^services/$1/' },
    },
    {
      name: 'node-side-and-broker-side-are-apart',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/node' },
      to: { path: '^packages/[^/]+/src/broker' },
    },
    {
      name: 'broker-side-and-node-side-are-apart',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/broker' },
      to: { path: '^packages/[^/]+/src/node' },
    },
    {
      name: 'what-both-sides-read-is-of-neither',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/recipe' },
      to: { path: '^packages/[^/]+/src/(node|broker)' },
    },
    {
      name: 'only-crypto-touches-libsodium',
      severity: 'error',
      from: { pathNot: '^packages/crypto/' },
      to: { path: 'libsodium-wrappers' },
    },
    {
      name: 'only-engine-touches-duckdb',
      severity: 'error',
      from: { pathNot: '^packages/engine/' },
      to: { path: '@duckdb/' },
    },
    {
      name: 'packages-know-no-http',
      severity: 'error',
      // front-door is how both services receive a browser: one way, or a mistake is mended in one place only.
      from: { path: '^packages/[^/]+/src', pathNot: '^packages/front-door/src' },
      to: { path: '(^|/)(fastify|undici|better-sqlite3|drizzle-orm)/|^(node:)?(http|https|net|tls)$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Built pages are no sources.
    exclude: { path: ['node_modules/(?!@kruispunt)', '^services/[^/]+/dist/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
