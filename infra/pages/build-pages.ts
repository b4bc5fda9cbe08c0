/**
 * Builds the pages that changed since they were built last: portal and console. A digest of everything they are made of
 * stands beside the result, so that nothing is built twice and nothing stale is served.
 * @module
 */
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const pages = ['portal', 'console'] as const
export type PageName = (typeof pages)[number]

const folderOf = (page: PageName) => join(root, 'services', page)
const stampOf = (folder: string) => join(folder, '.digest')

/** Of every source a page can be made of, in a fixed order. */
function digestOf(page: PageName): string {
  const made = [
    `services/${page}/src/**/*.*`,
    `services/${page}/index.html`,
    'packages/ui/{src,icons,public}/**/*.*',
    'contracts/src/**/*.ts',
    'infra/pages/*.ts',
    'pnpm-lock.yaml',
  ]
  const hash = createHash('sha256')
  for (const name of made.flatMap((pattern) => globSync(pattern, { cwd: root })).toSorted())
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(root, name)))
      .update('\0')
  return hash.digest('hex')
}

/** What is text is also there compressed: a service hands it out as it is. */
function compress(folder: string): void {
  for (const name of globSync('**/*.{js,css,svg,html}', { cwd: folder })) {
    const file = join(folder, name)
    const bytes = readFileSync(file)
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
  }
}

async function build(page: PageName, digest: string): Promise<void> {
  const { build: buildWithVite } = await import('vite')
  const target = join(folderOf(page), 'dist')
  // Made beside it and put in place whole: a page that is being served is never half there.
  const part = `${target}.${randomUUID()}`
  // Whoever builds, a test runner too: what is served is what people get.
  const { NODE_ENV: before } = process.env
  process.env.NODE_ENV = 'production'
  try {
    await buildWithVite({
      configFile: false,
      root: folderOf(page),
      publicDir: join(root, 'packages', 'ui', 'public'),
      logLevel: 'warn',
      oxc: { jsx: { runtime: 'automatic' } },
      build: {
        outDir: part,
        target: 'es2023',
        // Everything a file of its own: the page's policy allows nothing written inline.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        license: { fileName: 'licenses.md' },
        chunkSizeWarningLimit: 900,
        rolldownOptions: {
          // Libraries mark files for a kind of server that we do not have.
          onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
        },
      },
    })
    compress(part)
    writeFileSync(stampOf(part), digest)
    rmSync(target, { recursive: true, force: true })
    renameSync(part, target)
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
    rmSync(part, { recursive: true, force: true })
  }
}

/** @returns the pages that were built; those that have no sources are left out */
export async function buildPages(wanted: readonly PageName[] = pages): Promise<PageName[]> {
  const built: PageName[] = []
  for (const page of wanted) {
    if (!existsSync(join(folderOf(page), 'index.html'))) continue
    const digest = digestOf(page)
    const stamp = stampOf(join(folderOf(page), 'dist'))
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) continue
    await build(page, digest)
    built.push(page)
  }
  return built
}
