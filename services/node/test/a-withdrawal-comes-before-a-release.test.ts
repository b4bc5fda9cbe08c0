import type * as Extracts from '@kruispunt/extracts'
import { expect, it, vi } from 'vitest'
import { openNode } from '../src/node.ts'
import { askRequest, openJob } from './support/ask-job.ts'
import { deliver } from './support/deliver.ts'
import { officer, optionsFor, passphraseOf, startKeyedLab } from './support/three-partners.ts'

/** Run once, between a node's last check and its writing the release down. */
const between = vi.hoisted(() => ({ run: undefined as (() => void) | undefined }))
vi.mock('@kruispunt/extracts', async (importOriginal) => {
  const actual = await importOriginal<typeof Extracts>()
  return {
    ...actual,
    sealKeyRelease: (order: Parameters<typeof actual.sealKeyRelease>[0]) => {
      const { run } = between
      between.run = undefined
      run?.()
      return actual.sealKeyRelease(order)
    },
  }
})

it('does not release what an officer withdraws beside it in that very moment', async () => {
  const lab = await startKeyedLab(['gemeente', 'politie'])
  try {
    for (const { node } of lab.all) await deliver(node, lab.agreement)
    await lab.tickAll()
    const { node, folder } = lab.partner('gemeente')
    const [extract] = node.deliveries.extracts()
    if (extract === undefined) throw new Error('no extract')
    const beside = await openNode(optionsFor(folder))
    const signature = { officer, passphrase: passphraseOf('gemeente'), reason: 'Bezwaar.' }
    let withdrawn = false
    between.run = () => {
      withdrawn = true
      beside.acts.withdrawExtract({ ...signature, extractId: extract.extractId })
    }
    const requestHash = askRequest(lab.broker, lab.agreement)
    openJob(lab.broker, requestHash)
    for (let round = 0; round < 8; round += 1) await lab.tickAll()
    await beside.close()
    expect(withdrawn).toBe(true)
    type Said = { kind: string; from: string; code?: string }
    const said = lab.broker.entries
      .map(({ payload }) => JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as Said)
      .filter(({ from }) => from === 'gemeente')
    const kinds = said.map(({ kind }) => kind)
    expect(kinds).toContain('revocation')
    expect(kinds).not.toContain('key-release')
    // Not even on record here as used: `request_used` would say so.
    expect(said.find(({ kind }) => kind === 'release-refusal')?.code).toMatch(/^(revoked|extract_key_gone)$/)
  } finally {
    await lab.end()
  }
})
