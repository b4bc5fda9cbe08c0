/**
 * A real browser from the package registry alone: the Chromium inside `@sparticuz/chromium`, unpacked once into a folder that
 * is ignored. Where the machine lacks one of its libraries, those in the package take their place; letters come with the pages.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))
const packageFolder = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')))
const packed = ['chromium.br', 'fonts.tar.br', 'al2023.tar.br']

/** The package unpacks into the folder for temporary files, which is everybody's; here it gets one of its own. */
async function unpackInto(folder: string): Promise<void> {
  const { inflate } = await import('@sparticuz/chromium')
  const before = process.env.TMPDIR
  mkdirSync(folder, { recursive: true })
  process.env.TMPDIR = folder
  try {
    for (const name of packed) await inflate(join(packageFolder, 'bin', name))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

/** @returns the folder, unpacked whole or not at all */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  const folder = join(root, 'node_modules', '.cache', 'kruispunt', `chromium-${version}`)
  if (existsSync(folder)) return folder
  const part = `${folder}.${randomUUID()}`
  try {
    await unpackInto(part)
    try {
      renameSync(part, folder)
    } catch (error) {
      // Another run was first.
      if (!existsSync(folder)) throw error
    }
  } finally {
    rmSync(part, { recursive: true, force: true })
  }
  return folder
}

/** The letters of the package, wherever it was unpacked: without any, Chromium does not get far. @returns the file that says so */
function fontsOf(folder: string): string {
  const file = join(folder, 'fonts.conf')
  const fonts = join(folder, 'fonts')
  const cache = join(folder, 'font-cache')
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${cache}</cachedir></fontconfig>`,
  )
  return file
}

const answers = (executable: string, env: NodeJS.ProcessEnv) =>
  spawnSync(executable, ['--version'], { env, encoding: 'utf8', timeout: 60_000 })

/** @throws Error saying what the browser lacks on this machine */
export async function launchBrowser(): Promise<Browser> {
  const folder = await unpacked()
  const executablePath = join(folder, 'chromium')
  const plain = { ...process.env, FONTCONFIG_FILE: fontsOf(folder) }
  const withLibraries = { ...plain, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') }
  const env = [plain, withLibraries].find((tried) => answers(executablePath, tried).status === 0)
  if (env === undefined) {
    const { stderr, error } = answers(executablePath, withLibraries)
    throw new Error(
      `The browser for the journeys does not start on this machine (${process.platform} ${process.arch}): ${stderr || error?.message}. ` +
        'It needs Linux on x64 with glibc; remove node_modules/.cache/kruispunt to unpack it again.',
    )
  }
  return chromium.launch({
    executablePath,
    env: env as Record<string, string>,
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none'],
  })
}
