/**
 * Serving until told to stop.
 * @module
 */
import type { Command } from 'commander'
import fastify, { type FastifyBaseLogger } from 'fastify'
import { type StartJobs, startBroker } from '../broker.ts'
import type { Config } from '../config.ts'
import { keysExist } from '../keys/key-store.ts'
import { type Context, noBrokerHere } from './context.ts'
import { version } from './version.ts'

/** Lines of JSON on standard error or in a file; no host name and no process number in them. */
function loggerFor({ logLevel, logFile }: Config): FastifyBaseLogger {
  const to = logFile === undefined ? { stream: process.stderr } : { file: logFile }
  return fastify({ logger: { level: logLevel, base: null, ...to } }).log
}

export function addServe(program: Command, context: Context, startJobs: StartJobs): void {
  program
    .command('serve')
    .description('serve the HTTPS interface until SIGTERM or SIGINT')
    .action(async () => {
      const config = context.config()
      if (!keysExist(config.dataDir)) throw noBrokerHere()
      const stopped = context.untilStopped()
      const logger = loggerFor(config)
      const broker = await startBroker({
        config,
        version,
        startJobs,
        logger,
        now: context.now,
        onDurableStep: context.onDurableStep,
      })
      const { result, say } = context.output()
      const { url, portalUrl } = broker
      result({ event: 'listening', url, ...(portalUrl === undefined ? {} : { portalUrl }) }, [
        ...(portalUrl === undefined
          ? []
          : [say(`Het portaal staat op ${portalUrl}.`, `The portal is at ${portalUrl}.`)]),
        say(`Het schakelpunt luistert op ${url}. Stoppen: Ctrl-C.`, `listening on ${url}; Ctrl-C stops it`),
      ])
      await stopped
      await broker.stop()
    })
}
