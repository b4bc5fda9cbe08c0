/**
 * What the operator decides: environment over one TOML file over defaults. Secrets are never here, only the files they
 * are in.
 * @module
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { identityProvider } from '@kruispunt/contracts'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { ToldError } from './told-error.ts'

const whole = (least: number, most: number) => z.coerce.number().pipe(z.int().min(least).max(most))

const limits = z.strictObject({
  columnBytes: whole(1, 64 * 2 ** 30).default(2 ** 31),
  pendingBytes: whole(1, 1024 * 2 ** 30).default(16 * 2 ** 30),
  /** Of one party, in its way between nodes. */
  elementBytes: whole(1, 1024 * 2 ** 30).default(2 ** 30),
  pendingHours: whole(1, 24 * 365).default(72),
  requestSeconds: whole(5, 3600).default(900),
  idleSeconds: whole(5, 600).default(120),
  connections: whole(10, 100_000).default(1000),
  longPolls: whole(0, 100_000).default(400),
  signInsPerMinute: whole(1, 100_000).default(60),
})
export type Limits = z.infer<typeof limits>

/** The page for people: a second listener, there when it has a port. */
const portal = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: whole(0, 65_535),
  /** Certificate and key in PEM; without them it listens on this machine only. */
  certificateFile: z.string().min(1).optional(),
  keyFile: z.string().min(1).optional(),
  /** Where people reach it; goes into links, and is the origin that browsers must name. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** The built page. */
  folder: z
    .string()
    .min(1)
    .default(fileURLToPath(new URL('../../portal/dist', import.meta.url))),
  /** Sign-in services of organisations; in the file only. */
  identityProviders: z.array(identityProvider).max(50).default([]),
})
export type PortalConfig = z.infer<typeof portal>

const schema = z.strictObject({
  dataDir: z.string().min(1).default('./kruispunt-broker-data'),
  /** File with the 32-byte key, in hex, under which the broker's keys are wrapped. Best on another disk than the data. */
  kekFile: z.string().min(1).optional(),
  host: z.string().min(1).default('127.0.0.1'),
  port: whole(0, 65_535).default(8443),
  /** Names and addresses in the server certificate, besides localhost. */
  serverNames: z.array(z.string().min(1).max(253)).max(20).default([]),
  /** How nodes reach the broker; goes into invitations. */
  publicUrl: z.url({ protocol: /^https$/ }).optional(),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** Standard error when absent. */
  logFile: z.string().min(1).optional(),
  limits: limits.default(() => limits.parse({})),
  portal: portal.optional(),
})

export type Config = Omit<z.infer<typeof schema>, 'kekFile' | 'publicUrl'> & {
  readonly kekFile: string
  readonly publicUrl: string
  readonly databaseFile: string
  readonly blobFolder: string
  readonly elementsFolder: string
}

/** The option in capitals: `KRUISPUNT_DATA_DIR` is `dataDir`, `KRUISPUNT_LIMITS_LONG_POLLS` is `limits.longPolls`. */
const variableOf = (...path: string[]) =>
  `KRUISPUNT_${path
    .map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter}`))
    .join('_')
    .toUpperCase()}`

class ConfigError extends ToldError {
  override readonly name = 'ConfigError'
}

function fromEnvironment(environment: NodeJS.ProcessEnv): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const name of Object.keys(schema.shape)) {
    if (name === 'limits' || name === 'portal') continue
    const value = environment[variableOf(name)]
    if (value !== undefined) found[name] = name === 'serverNames' ? value.split(',').filter(Boolean) : value
  }
  return found
}

/** The options of a group: environment over file. */
function groupOf(
  name: 'limits' | 'portal',
  options: readonly string[],
  written: Record<string, unknown>,
  environment: NodeJS.ProcessEnv,
): Record<string, unknown> {
  const found: Record<string, unknown> = { ...(written[name] as object | undefined) }
  for (const option of options) {
    const value = environment[variableOf(name, option)]
    if (value !== undefined) found[option] = value
  }
  return found
}

/**
 * @param overrides - from the command line
 * @throws ConfigError naming the options that are wrong
 */
export function readConfig(
  environment: NodeJS.ProcessEnv,
  overrides: { config?: string; dataDir?: string } = {},
): Config {
  const file = overrides.config ?? environment.KRUISPUNT_CONFIG
  let written: Record<string, unknown> = {}
  if (file !== undefined) {
    if (!existsSync(file))
      throw new ConfigError(
        'Het instellingenbestand bestaat niet. Controleer --config of KRUISPUNT_CONFIG.',
        'The configuration file does not exist. Check --config or KRUISPUNT_CONFIG.',
      )
    try {
      written = parse(readFileSync(file, 'utf8'))
    } catch (error) {
      throw new ConfigError(
        'Het instellingenbestand is geen geldige TOML. Vergelijk het met de README van het schakelpunt.',
        "The configuration file is not valid TOML. Compare it with the broker's README.",
        { cause: error },
      )
    }
  }
  const portalOptions = groupOf('portal', Object.keys(portal.shape), written, environment)
  const parsed = schema.safeParse({
    ...written,
    ...fromEnvironment(environment),
    ...(overrides.dataDir === undefined ? {} : { dataDir: overrides.dataDir }),
    limits: groupOf('limits', Object.keys(limits.shape), written, environment),
    ...(Object.keys(portalOptions).length === 0 ? {} : { portal: portalOptions }),
  })
  if (!parsed.success) {
    const options = parsed.error.issues.map((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue.path.join('.') || issue.code,
    )
    const named = [...new Set(options)].join(', ')
    throw new ConfigError(
      `Deze instellingen kloppen niet: ${named}. Vergelijk ze met de README van het schakelpunt.`,
      `These settings are not right: ${named}. Compare them with the broker's README.`,
    )
  }
  const config = parsed.data
  const dataDir = resolve(config.dataDir)
  return {
    ...config,
    dataDir,
    kekFile: resolve(config.kekFile ?? join(dataDir, 'kek')),
    publicUrl: config.publicUrl ?? `https://localhost:${config.port}`,
    databaseFile: join(dataDir, 'broker.db'),
    blobFolder: join(dataDir, 'columns'),
    elementsFolder: join(dataDir, 'elements'),
  }
}
