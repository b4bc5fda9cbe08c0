/**
 * The node as a service: stays connected to the broker and listens for people at this partner, until told to stop.
 * @module
 */
import { readFileSync } from 'node:fs'
import type { AgentEvent } from './agent/agent.ts'
import { buildApp, requireSafeAddress } from './app.ts'
import { type Config, secretFromFile } from './config.ts'
import { NodeError } from './errors.ts'
import { openNode } from './node.ts'
import type { FolderOptions } from './open-folder.ts'

export async function serve(config: Config, folderOptions: FolderOptions): Promise<void> {
  const { tlsCertificateFile, tlsKeyFile, host, port } = config
  const tls =
    tlsCertificateFile === undefined || tlsKeyFile === undefined
      ? undefined
      : { cert: readFileSync(tlsCertificateFile, 'utf8'), key: readFileSync(tlsKeyFile, 'utf8') }
  requireSafeAddress(host, tls)
  let tell: (event: AgentEvent) => void = () => undefined
  const node = await openNode({ ...folderOptions, onEvent: (event) => tell(event) })
  const { publicUrl, consoleFolder: folder } = config
  const token = node.apiToken()
  const identityProviders = config.identityProviders.map(({ clientSecretFile, ...provider }) => ({
    ...provider,
    clientSecret: secretFromFile(clientSecretFile),
  }))
  const app = await buildApp({
    node,
    token,
    logLevel: config.logLevel,
    tls,
    console: { folder, publicUrl, port, identityProviders },
  })
  tell = (event) => app.log.info(event, 'agent')

  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  try {
    const listening = await app.listen({ host, port }).catch((cause: unknown) => {
      if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')
        throw new NodeError('configuration_invalid', {
          cause,
          violations: [{ path: 'port', message: 'in use by another program' }],
        })
      throw cause
    })
    process.stdout.write(`${JSON.stringify({ listening })}\n`)
    node.requestExtracts.clearUnfinished()
    await node.agent.run(stop.signal, config.longPollMs)
  } finally {
    await app.close()
    await node.close()
  }
}
