/**
 * A partner node as a process of its own that asks for joint numbers and works for the others, and can be stopped dead at a
 * durable step: `<folder> <step or -> <digits>`. Prints `done` and the numbers in hex when it has them.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { toHex, utf8 } from '@kruispunt/crypto'
import { NodeError } from '../../src/errors.ts'
import { openNode } from '../../src/node.ts'

const [folder = '', step = '-', digits = ''] = process.argv.slice(2)
const node = await openNode({
  folder,
  clock: Date.now,
  random: () => 0.5,
  onDurableStep: (at) => {
    // Nothing is flushed, closed or undone.
    if (at === step) process.kill(process.pid, 'SIGKILL')
  },
})

let told = false
for (;;) {
  try {
    await node.agent.tick()
    await node.evaluate()
    const { id: agreement, epoch } = node.deliveries.agreementFor()
    const outputs = await node.deliveries.jointNumbers({ agreement, epoch, digits: utf8(digits), patienceMs: 100 })
    if (!told) process.stdout.write(`done ${toHex(outputs)}\n`)
    told = true
  } catch (error) {
    if (!(error instanceof NodeError)) throw error
    process.stdout.write(`${error.code}\n`)
  }
  await pause(30)
}
