import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { enrol } from '../src/enrolment.ts'
import { openNode } from '../src/node.ts'
import { initialise, openFolder } from '../src/open-folder.ts'
import { testAuthority } from './support/certificates.ts'
import { type ScriptedBroker, startScriptedBroker } from './support/scripted-broker.ts'
import { officer, optionsFor } from './support/three-partners.ts'

const officers = [{ name: officer, role: 'privacy-officer' as const, passphrase: 'een lang wachtwoord' }]
let broker: ScriptedBroker
let root: string
beforeEach(async () => {
  broker = await startScriptedBroker()
  root = mkdtempSync(join(tmpdir(), 'kruispunt-enrol-'))
})
afterEach(async () => {
  await broker.stop()
  rmSync(root, { recursive: true })
})

async function joinLab(
  invitation: ReturnType<ScriptedBroker['invite']>,
  onDurableStep: (step: string) => void = () => undefined,
  who: readonly { name: string; role: 'privacy-officer'; passphrase: string }[] = officers,
) {
  const options = optionsFor(join(root, 'gemeente'))
  initialise(options)
  const opened = await openFolder(options)
  try {
    await enrol({ ...opened, clock: Date.now, onDurableStep }, invitation, who)
    return opened.officers.list()
  } finally {
    opened.store.close()
  }
}
const enrolments = () => broker.script.requests.filter((line) => line === 'POST /v1/enrolments').length

describe('a node joins one lab and trusts one broker', () => {
  it('refuses a broker with another certificate authority before it sends anything', async () => {
    const invitation = broker.invite('gemeente', { caCertificate: testAuthority('another CA').certificate })
    await expect(joinLab(invitation)).rejects.toMatchObject({ code: 'broker_untrusted' })
    expect(enrolments()).toBe(0)
  })
  it('refuses a broker that is not https', async () => {
    const invitation = broker.invite('gemeente')
    await expect(joinLab({ ...invitation, brokerUrl: 'http://127.0.0.1:1' })).rejects.toMatchObject({
      code: 'broker_untrusted',
    })
  })
  it('says that the broker is down, and enrols with the same keys once it is back', async () => {
    const invitation = broker.invite('gemeente')
    await broker.stop()
    await expect(joinLab(invitation)).rejects.toMatchObject({ code: 'broker_unreachable' })
    await broker.start()
    const [first] = await joinLab(invitation)
    const [again] = await joinLab(invitation)
    expect(again).toStrictEqual(first)
    expect(enrolments()).toBe(1)
  })
  it('enrols the same keys again when it died between the answer and storing it', async () => {
    const invitation = broker.invite('gemeente')
    const dies = (step: string) => {
      if (step === 'enrolment-answered') throw new Error('killed')
    }
    await expect(joinLab(invitation, dies)).rejects.toThrow('killed')
    await joinLab(invitation)
    expect(enrolments()).toBe(2)
    const node = await openNode(optionsFor(join(root, 'gemeente')))
    expect(node.views.status().party).toBe('gemeente')
    await node.close()
  })
  it('refuses an expired invitation, another invitation than the first, and a short passphrase', async () => {
    const expired = broker.invite('gemeente', { expires: new Date(Date.now() - 1000).toISOString() })
    await expect(joinLab(expired)).rejects.toMatchObject({ code: 'invitation_expired' })
    const weak = [{ name: officer, role: 'privacy-officer' as const, passphrase: 'kort' }]
    const invitation = broker.invite('gemeente')
    await expect(joinLab(invitation, () => undefined, weak)).rejects.toMatchObject({ code: 'passphrase_weak' })
    await joinLab(invitation)
    await expect(joinLab(broker.invite('gemeente'))).rejects.toMatchObject({ code: 'already_enrolled' })
  })
  it('takes a newer invitation when the first never led to anything', async () => {
    const dies = (step: string) => {
      if (step === 'enrolment-keys-stored') throw new Error('refused')
    }
    await expect(joinLab(broker.invite('gemeente'), dies)).rejects.toThrow('refused')
    await joinLab(broker.invite('gemeente'))
    const node = await openNode(optionsFor(join(root, 'gemeente')))
    expect(node.views.status().party).toBe('gemeente')
    await node.close()
  })
  it('keeps its secrets from other users of the machine', async () => {
    await joinLab(broker.invite('gemeente'))
    const mode = (name: string) => statSync(join(root, 'gemeente', name)).mode & 0o777
    expect([mode('keys'), mode('keys/identity.json'), mode('keys/vault-1.json'), mode('api-token')]).toStrictEqual([
      0o700, 0o600, 0o600, 0o600,
    ])
  })
  it('has no node to open before it is enrolled', async () => {
    initialise(optionsFor(join(root, 'leeg')))
    await expect(openNode(optionsFor(join(root, 'leeg')))).rejects.toMatchObject({ code: 'not_enrolled' })
    await expect(openNode(optionsFor(join(root, 'niets')))).rejects.toMatchObject({ code: 'not_initialised' })
  })
})
