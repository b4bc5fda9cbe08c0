/** A lab of named partners over real HTTPS, up to whatever point a test begins at. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgreementDocument, AgreementId } from '@kruispunt/contracts'
import { cryptoReady } from '@kruispunt/crypto'
import { documentHash, shortCode } from '@kruispunt/statements'
import { enrol } from '../../src/enrolment.ts'
import { type KruispuntNode, openNode } from '../../src/node.ts'
import { initialise, openFolder } from '../../src/open-folder.ts'
import { testAgreement } from './agreement.ts'
import { type ScriptedBroker, startScriptedBroker } from './scripted-broker.ts'

export const partners = ['gemeente', 'politie', 'woonzorg'] as const
export const passphraseOf = (party: string) => `wachtwoord van ${party}`
export const officer = 'privacy-officer'

export type Partner = {
  readonly party: string
  readonly folder: string
  node: KruispuntNode
  /** Added to the real time. */
  clockShiftMs: number
  reopen(): Promise<void>
}
export type Lab = Awaited<ReturnType<typeof startLab>>

export function optionsFor(folder: string, shift: () => number = () => 0) {
  return { folder, clock: () => Date.now() + shift(), random: () => 0.5 }
}

async function openPartner(broker: ScriptedBroker, party: string, root: string): Promise<Partner> {
  const folder = join(root, party)
  initialise(optionsFor(folder))
  const opened = await openFolder(optionsFor(folder))
  const officers = [{ name: officer, role: 'privacy-officer' as const, passphrase: passphraseOf(party) }]
  try {
    await enrol({ ...opened, clock: Date.now, onDurableStep: () => undefined }, broker.invite(party), officers)
  } finally {
    opened.store.close()
  }
  const partner = { party, folder, clockShiftMs: 0 } as Partner
  partner.node = await openNode(optionsFor(folder, () => partner.clockShiftMs))
  partner.reopen = async () => {
    await partner.node.close()
    partner.node = await openNode(optionsFor(folder, () => partner.clockShiftMs))
  }
  return partner
}

export async function startLab(parties: readonly string[] = partners) {
  await cryptoReady()
  const root = mkdtempSync(join(tmpdir(), 'kruispunt-node-'))
  const broker = await startScriptedBroker()
  const all: Partner[] = []
  for (const party of parties) all.push(await openPartner(broker, party, root))
  const partner = (name: string): Partner => {
    const found = all.find(({ party }) => party === name)
    if (found === undefined) throw new Error('no such partner')
    return found
  }
  const tickAll = async (only: readonly Partner[] = all) => {
    for (const { node } of only) await node.agent.tick()
  }
  return {
    root,
    broker,
    all,
    partner,
    tickAll,
    /** Rounds of every node until the condition holds. */
    async until(condition: () => boolean, only: readonly Partner[] = all): Promise<void> {
      for (let round = 0; round < 40; round += 1) {
        if (condition()) return
        await tickAll(only)
      }
      throw new Error('the condition did not come about')
    },
    acceptRoster: async () => {
      broker.putRoster()
      for (const { node, party } of all) {
        await node.agent.refresh()
        const { shortCode: code } = node.views.roster()
        node.acts.acceptRoster({ officer, passphrase: passphraseOf(party), shortCode: code })
        await node.agent.send()
      }
      await tickAll()
    },
    propose(changes: Partial<AgreementDocument> = {}): AgreementId {
      const document = testAgreement(broker.lab, parties, changes)
      broker.append(broker.sign('coordinator', { kind: 'agreement', document }))
      return documentHash('agreement', document) as AgreementId
    },
    async sign(agreement: AgreementId, only: readonly Partner[] = all): Promise<void> {
      for (const { node, party } of only) {
        await node.agent.refresh()
        const decision = { decision: 'approved', reason: null, shortCode: shortCode(agreement) } as const
        node.acts.decideAgreement({ officer, passphrase: passphraseOf(party), agreement, ...decision })
        await node.agent.send()
      }
    },
    async end(): Promise<void> {
      for (const { node } of all) await node.close()
      await broker.stop()
      rmSync(root, { recursive: true })
    },
  }
}

/** Up to an agreement that everybody signed. */
export async function startSignedLab(parties: readonly string[] = partners, changes: Partial<AgreementDocument> = {}) {
  const lab = await startLab(parties)
  await lab.acceptRoster()
  const agreement = lab.propose(changes)
  await lab.sign(agreement)
  return { ...lab, agreement }
}

/** Up to a joint key. */
export async function startKeyedLab(parties: readonly string[] = partners, changes: Partial<AgreementDocument> = {}) {
  const lab = await startSignedLab(parties, changes)
  await lab.until(() => lab.all.every(({ node }) => node.views.ceremonies().every(({ keyUsable }) => keyUsable)))
  return lab
}
