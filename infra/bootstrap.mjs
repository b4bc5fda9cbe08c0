// The first step of `npm start` and `npm test`: runs on whatever Node the machine has (20 or newer), installs what the
// lock file asks for when that is not there yet, and hands over to the pinned Node. Plain JavaScript, no dependencies.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Not in package.json: with `packageManager` there, pnpm wants to write itself into a lock file that is frozen.
const packageManager = 'pnpm@12.21.0'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.kruispunt-installed')
const pinnedNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** Digest of what decides the installation: the lock file. */
function wantedStamp() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex')
}

function installed() {
  return existsSync(pinnedNode) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wantedStamp()
}

function install() {
  console.log('Kruispunt: installing what is missing (once, about half a minute) …')
  const result = spawnSync(
    'npx',
    ['--yes', packageManager, 'install', '--frozen-lockfile', '--config.engine-strict=false'],
    { cwd: root, encoding: 'utf8', shell: process.platform === 'win32', env: { ...process.env, CI: 'true' } },
  )
  if (result.status !== 0 || !existsSync(pinnedNode)) {
    console.error(result.stdout ?? '', result.stderr ?? '')
    console.error(
      'Kruispunt: the installation failed; see above. It needs npm and the npm registry. Run the command again.',
    )
    process.exit(1)
  }
  writeFileSync(stampFile, wantedStamp())
}

if (!installed()) install()

const path = [dirname(pinnedNode), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
const child = spawn(pinnedNode, process.argv.slice(2), {
  cwd: root,
  stdio: 'inherit',
  // The sources run as they are; without a cache every process of a lab would strip and compile all of them again.
  env: { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'), ...process.env, PATH: path },
})
// The terminal sends Ctrl-C to the whole group; a signal sent to this process alone is handed on. Either way the child decides.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
