/**
 * Which lab, and with which key: what every command of a coordinator is told. Loads no database.
 * @module
 */
import { cryptoReady } from '@kruispunt/crypto'
import type { Command } from 'commander'
import type { Context } from './context.ts'
import { type CoordinatorClient, signIn } from './coordinator-client.ts'
import { labAccess, readCoordinatorKey, readJsonFile, readPassphrase } from './files.ts'

export type CoordinatorOptions = { readonly access: string; readonly key: string; readonly passphraseFile?: string }

/** The options by which a coordinator says which lab and which key. */
export const withCoordinatorOptions = (command: Command): Command =>
  command
    .requiredOption('--access <file>', 'how to reach the lab, from `lab create` or `lab access`')
    .requiredOption('--key <file>', "the coordinator's key, from `coordinator create-key`")
    .option('--passphrase-file <file>', 'file with the passphrase of that key')

export async function withCoordinator<T>(
  context: Context,
  options: CoordinatorOptions,
  work: (client: CoordinatorClient) => Promise<T>,
): Promise<T> {
  await cryptoReady()
  const access = readJsonFile(options.access, labAccess, {
    nl: 'met de toegang tot het Datalab (--access)',
    en: 'access',
  })
  const key = readCoordinatorKey(options.key, readPassphrase(options.passphraseFile))
  const client = await signIn(access, key, context.now)
  try {
    return await work(client)
  } finally {
    client.api.close()
  }
}
