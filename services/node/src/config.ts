/**
 * The node's settings: one TOML file, then the environment, then options of the command. Secrets are named by file, never given here.
 * @module
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { identityProvider } from '@kruispunt/contracts'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { NodeError } from './errors.ts'

const number = (least: number, most: number) => z.coerce.number().pipe(z.int().min(least).max(most))

const config = z.strictObject({
  folder: z.string().min(1).default('kruispunt-node'),
  host: z.string().min(1).default('127.0.0.1'),
  port: number(0, 65_535).default(8471),
  tlsCertificateFile: z.string().min(1).optional(),
  tlsKeyFile: z.string().min(1).optional(),
  /** Passphrase of the node's key files; without it their rights protect them. */
  passphraseFile: z.string().min(1).optional(),
  longPollMs: number(0, 25_000).default(20_000),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Where people reach the console, when that is not this machine; goes into links. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** The built console. */
  consoleFolder: z
    .string()
    .min(1)
    .default(fileURLToPath(new URL('../../console/dist', import.meta.url))),
  /** Sign-in services of the own organisation; in the file only. */
  identityProviders: z.array(identityProvider).max(10).default([]),
  language: z.enum(['nl', 'en']).default('nl'),
})
export type Config = z.infer<typeof config>

const environmentName = (name: string) =>
  `KRUISPUNT_NODE_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`

function fromFile(path: string): Record<string, unknown> {
  if (!existsSync(path))
    throw new NodeError('configuration_invalid', { violations: [{ path: 'config', message: 'missing' }] })
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch {
    throw new NodeError('configuration_invalid', { violations: [{ path: 'config', message: 'not TOML' }] })
  }
}

/**
 * @param options - of the command line; an undefined one leaves the environment and the file to decide
 * @throws NodeError `configuration_invalid`, naming the settings
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  options: { readonly config?: string; readonly folder?: string; readonly lang?: string } = {},
): Config {
  const file = options.config ?? environment.KRUISPUNT_NODE_CONFIG
  const merged: Record<string, unknown> = file === undefined ? {} : fromFile(file)
  for (const name of Object.keys(config.shape)) {
    if (name === 'identityProviders') continue
    const value = environment[environmentName(name)]
    if (value !== undefined && value !== '') merged[name] = value
  }
  if (options.folder !== undefined) merged.folder = options.folder
  if (options.lang !== undefined) merged.language = options.lang
  const parsed = config.safeParse(merged)
  if (!parsed.success) {
    const violations = parsed.error.issues.map(({ path, code }) => ({
      path: path.join('.') || 'config',
      message: code,
    }))
    throw new NodeError('configuration_invalid', { violations })
  }
  return { ...parsed.data, folder: resolve(parsed.data.folder) }
}

/** A secret in a file: its first line, without the newline. */
export function secretFromFile(path: string): string {
  if (!existsSync(path)) throw new NodeError('configuration_invalid', { violations: [{ path, message: 'missing' }] })
  return readFileSync(path, 'utf8').replace(/\r?\n[\s\S]*$/, '')
}
