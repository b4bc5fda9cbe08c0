/**
 * A partner node as a process of its own that can be stopped dead at a durable step: `<folder> <step or -> <nth>`.
 * Makes rounds, delivers once there is a joint key, and prints a line whenever a round ended.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { NodeError } from '../../src/errors.ts'
import { openNode } from '../../src/node.ts'
import { prepareExtract } from './deliver.ts'

const [folder = '', step = '-', nth = '1'] = process.argv.slice(2)
let seen = 0
const node = await openNode({
  folder,
  clock: Date.now,
  random: () => 0.5,
  onDurableStep: (at) => {
    if (at !== step) return
    seen += 1
    // Nothing is flushed, closed or undone.
    if (seen === Number(nth)) process.kill(process.pid, 'SIGKILL')
  },
})

/** As a steward would: prepare again what was left half-way, send what is ready. */
async function deliverOnce(): Promise<void> {
  const { deliveries } = node
  for (const { extractId, state } of deliveries.extracts()) if (state === 'preparing') deliveries.discard(extractId)
  if (!deliveries.extracts().some(({ state }) => state !== 'preparing'))
    prepareExtract(node, deliveries.agreementFor().id)
  const [extract] = deliveries.extracts()
  if (extract?.state !== 'prepared' || extract.body === null) return
  for (const { name, bytes } of extract.body.columns)
    await deliveries.uploadColumn(extract.extractId, name, deliveries.columnPath(extract.extractId, name), bytes)
  await deliveries.submitExtract(extract.extractId)
}

for (;;) {
  try {
    await node.agent.tick()
    if (node.views.ceremonies().some(({ keyUsable }) => keyUsable)) await deliverOnce()
  } catch (error) {
    if (!(error instanceof NodeError)) throw error
    process.stdout.write(`${error.code}\n`)
  }
  process.stdout.write('round\n')
  await pause(30)
}
