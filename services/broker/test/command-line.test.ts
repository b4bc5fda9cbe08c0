import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgreementDocument, CrossTabAnswer } from '@kruispunt/contracts'
import { randomHex, toHex } from '@kruispunt/crypto'
import { agreementFaults } from '@kruispunt/lab-record'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBroker } from '../src/broker.ts'
import { signIn } from '../src/cli/coordinator-client.ts'
import { labAccess } from '../src/cli/files.ts'
import { readConfig } from '../src/config.ts'
import { agreementTemplate, standingSpecials, unfinishedParts } from '../src/drafting/agreement-template.ts'
import { resultHash } from '../src/jobs/answer.ts'
import { capturedLogger, coordinator, idleJobs, lab } from './support/broker.ts'
import { command, refusalOf } from './support/command-line.ts'
import { startTestLab } from './support/lab.ts'
import { publicOf } from './support/party.ts'
import { sampleAnswer } from './support/sample-answer.ts'

let folder: string
let stage: Awaited<ReturnType<typeof startTestLab>>
let given: CrossTabAnswer = sampleAnswer
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kruispunt-cli-'))
  stage = await startTestLab(['ggd', 'politie'], {
    startJobs: async () => ({
      ...idleJobs,
      ask: async () => given,
      askTogether: async (_, __, asked) => asked.map(() => given),
    }),
  })
  const secret = { v: 1, kind: 'kruispunt-coordinator-key', ...publicOf(coordinator), seed: '4d'.repeat(32) }
  writeFileSync(at('coordinator.key'), JSON.stringify(secret))
  const environment = { KRUISPUNT_PUBLIC_URL: stage.broker.url }
  const made = await command(
    ['lab', 'access', '--lab', lab, '--out', at('access.json'), '--data-dir', stage.broker.dataDir],
    environment,
  )
  expect(made).toMatchObject({ exitCode: 0, err: '' })
})
afterAll(async () => {
  await stage.broker.destroy()
  rmSync(folder, { recursive: true, force: true })
})
const at = (name: string) => join(folder, name)
const asCoordinator = () => ['--access', at('access.json'), '--key', at('coordinator.key'), '--json']

/** The template as somebody filled it in. */
function writtenAgreement(): AgreementDocument {
  const parties = stage.members.map(({ id }) => ({ id, name: `Stichting ${id}` }))
  const template = agreementTemplate(lab, parties, new Date())
  return JSON.parse(JSON.stringify(template).replaceAll(/<[^<>"]+>/g, 'ingevuld'))
}

describe('an operator sets up a broker from nothing', () => {
  it('makes keys once, a lab, an invitation, and says how it stands', async () => {
    const data = ['--data-dir', at('fresh')]
    expect((await command([...data, 'lab', 'status', '--lab', 'a'])).exitCode).toBe(2)
    expect((await command([...data, 'init', '--name', 'Not a name'])).exitCode).toBe(2)
    expect((await command([...data, 'init', '--name', 'broker.example'])).exitCode).toBe(0)
    expect((await command([...data, 'init', '--name', 'broker.example'])).exitCode).toBe(2)
    // As after an init that was cut off before its last step.
    rmSync(at('fresh/broker.db'))
    expect((await command([...data, 'init', '--name', 'broker.other'])).exitCode).toBe(2)
    expect((await command([...data, 'init', '--name', 'broker.example'])).exitCode).toBe(0)
    for (const name of ['keys.json', 'kek']) expect(statSync(at(`fresh/${name}`)).mode & 0o077).toBe(0)

    expect((await command(['coordinator', 'create-key', '--out', at('c.key')])).exitCode).toBe(0)
    const create = ['lab', 'create', '--id', 'wijk', '--title', 'Wijk', '--coordinator-key', at('c.key.pub')]
    expect((await command([...data, ...create, '--out', at('wijk.json')])).exitCode).toBe(0)
    expect((await command([...data, ...create])).exitCode).toBe(0)
    const retitled = create.map((word) => (word === 'Wijk' ? 'Stad' : word))
    expect(refusalOf(await command([...data, ...retitled, '--json']))).toMatchObject({
      exitCode: 3,
      problem: { code: 'conflict' },
    })
    expect(labAccess.parse(JSON.parse(readFileSync(at('wijk.json'), 'utf8'))).brokerName).toBe('broker.example')

    const invited = await command([
      ...data,
      'partner',
      'invite',
      '--lab',
      'wijk',
      '--party',
      'ggd',
      '--name',
      'GGD',
      '--out',
      at('ggd.json'),
      '--json',
    ])
    const { token } = JSON.parse(readFileSync(at('ggd.json'), 'utf8'))
    expect(invited.out).not.toContain(token)
    const reserved = ['partner', 'invite', '--lab', 'wijk', '--party', 'broker', '--name', 'x', '--out', at('x.json')]
    expect((await command([...data, ...reserved])).exitCode).toBe(2)

    const status = await command([...data, 'lab', 'status', '--lab', 'wijk', '--json'])
    expect(JSON.parse(status.out)).toMatchObject({ lab: 'wijk', parties: [{ id: 'ggd', enrolled: false }], logSize: 0 })
    const roster = await command([...data, 'lab', 'roster', '--lab', 'wijk', '--json'])
    expect(refusalOf(roster)).toMatchObject({
      problem: { code: 'roster_incomplete', violations: [{ path: 'parties.ggd' }] },
    })
  })

  it('locks a coordinator key with a passphrase', async () => {
    writeFileSync(at('pass'), 'correct horse\n')
    await command(['coordinator', 'create-key', '--out', at('locked.key'), '--passphrase-file', at('pass')])
    expect(JSON.parse(readFileSync(at('locked.key'), 'utf8')).seed).toMatchObject({ kdf: 'argon2id' })
    const list = ['agreement', 'list', '--access', at('access.json'), '--key', at('locked.key')]
    expect((await command(list)).exitCode).toBe(2)
    writeFileSync(at('wrong'), 'other\n')
    expect((await command([...list, '--passphrase-file', at('wrong')])).exitCode).toBe(2)
    // Opens, but is no coordinator of this lab.
    expect(refusalOf(await command([...list, '--passphrase-file', at('pass'), '--json']))).toMatchObject({
      problem: { code: 'unauthenticated' },
    })
  })

  it('puts the roster on record once', async () => {
    const again = await command(['lab', 'roster', '--lab', lab, '--data-dir', stage.broker.dataDir, '--json'])
    expect(refusalOf(again)).toMatchObject({ exitCode: 3, problem: { code: 'roster_exists' } })
  })

  it('refuses what it does not know, with the exit code for it', async () => {
    expect((await command(['no-such-thing'])).exitCode).toBe(2)
    expect((await command(['lab', 'create'])).exitCode).toBe(2)
    expect((await command(['--help'])).exitCode).toBe(0)
    expect((await command(['serve', '--data-dir', at('empty')])).exitCode).toBe(2)
    writeFileSync(at('bad.toml'), 'port = "x')
    expect((await command(['serve', '--config', at('bad.toml')])).exitCode).toBe(2)
    writeFileSync(at('odd.toml'), 'prot = 1')
    const odd = await command(['serve', '--config', at('odd.toml')])
    expect(odd).toMatchObject({ exitCode: 2 })
  })
})

describe('a coordinator drafts an agreement and puts it forward', () => {
  it('gets a template that is consistent, and cannot be proposed as it is', async () => {
    const draft = [
      'agreement',
      'draft',
      '--lab',
      lab,
      '--party',
      'ggd=GGD',
      'politie=Politie',
      '--out',
      at('draft.json'),
      '--json',
    ]
    const made = await command(draft)
    const document = JSON.parse(readFileSync(at('draft.json'), 'utf8')) as AgreementDocument
    expect(agreementFaults(document)).toEqual([])
    expect(JSON.parse(made.out).unfinished).toEqual(unfinishedParts(document))
    const refused = refusalOf(await command(['agreement', 'propose', '--file', at('draft.json'), ...asCoordinator()]))
    expect(refused).toMatchObject({ exitCode: 3, problem: { code: 'agreement_invalid' } })
  })

  it('keeps a dataset with special categories at its partner when the draft is told so, and is told when it does not', async () => {
    const draft = (...special: string[]) =>
      command(['agreement', 'draft', '--lab', lab, '--party', 'ggd=GGD', 'politie=Politie', ...special])
    const made = await draft('--special', 'politie', '--out', at('special.json'))
    expect(made.exitCode).toBe(0)
    const document = JSON.parse(readFileSync(at('special.json'), 'utf8')) as AgreementDocument
    expect(agreementFaults(document)).toEqual([])
    expect(document.datasets.map(({ party, extractMode }) => [party, extractMode])).toEqual([
      ['ggd', undefined],
      ['politie', 'per-request'],
    ])
    expect(standingSpecials(document)).toEqual([])
    const standing = document.datasets.map(({ extractMode: _mode, ...dataset }) => dataset)
    expect(standingSpecials({ ...document, datasets: standing }).map(({ party }) => party)).toEqual(['politie'])
    expect((await draft('--special', 'ggz', '--out', at('other.json'))).exitCode).toBe(2)
  })

  it('is told before anybody else when no errors can be as the agreement wants them', async () => {
    const written = writtenAgreement()
    const answers = { kind: 'cell-key', maxDeviation: 11, variance: 1, smallestShown: 10 }
    const populations = written.populations.map((population) => ({ ...population, answers }))
    writeFileSync(at('odd-errors.json'), JSON.stringify({ ...written, populations }))
    const refused = await command(['agreement', 'propose', '--file', at('odd-errors.json'), ...asCoordinator()])
    expect(refusalOf(refused)).toMatchObject({ exitCode: 3, problem: { code: 'agreement_invalid' } })
    expect(refused.err).toContain('keep small counts away')
  })

  it('signs and submits it once everybody accepted the roster', async () => {
    writeFileSync(at('agreement.json'), JSON.stringify(writtenAgreement()))
    const propose = () => command(['agreement', 'propose', '--file', at('agreement.json'), ...asCoordinator()])
    expect(refusalOf(await propose())).toMatchObject({ problem: { code: 'roster_not_accepted' } })
    for (const member of stage.members) await stage.submit(member, stage.accept(member))
    const proposed = await propose()
    expect(proposed).toMatchObject({ exitCode: 0 })
    const { agreement, shortCode } = JSON.parse(proposed.out)
    expect(shortCode).toMatch(/^[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}$/)
    expect(refusalOf(await propose())).toMatchObject({ problem: { code: 'agreement_exists' } })
    const listed = await command(['agreement', 'list', ...asCoordinator()])
    expect(JSON.parse(listed.out).agreements).toMatchObject([
      { id: agreement, status: 'in-review', waitingFor: ['ggd', 'politie'] },
    ])
  })

  it('cannot open a job under an agreement that is not signed', async () => {
    const ask = ['job', 'open', '--question', 'Hoeveel?', ...asCoordinator()]
    expect(refusalOf(await command([...ask, '--wait', 'even']))).toMatchObject({ exitCode: 2 })
    const open = await command(ask)
    expect(refusalOf(open)).toMatchObject({ problem: { code: 'agreement_not_active' } })
  })
})

describe('the coordinator believes the broker in nothing that can be checked', () => {
  const table = (...more: string[]) =>
    command([
      'job',
      'table',
      '--request',
      'ab'.repeat(16),
      '--table',
      't',
      '--rows',
      'a',
      '--columns',
      'b',
      ...more,
      ...asCoordinator(),
    ])

  it('refuses an answer that does not have its own hash, and one that is not in the log', async () => {
    given = { ...sampleAnswer, resultSha256: 'ab'.repeat(32) }
    expect(refusalOf(await table())).toMatchObject({
      exitCode: 6,
      message: { en: expect.stringContaining('its own hash') },
    })
    given = { ...sampleAnswer, resultSha256: resultHash(sampleAnswer) }
    expect(refusalOf(await table())).toMatchObject({
      exitCode: 6,
      message: { en: expect.stringContaining('is not in the log') },
    })
  })

  it('holds each of several tables against the log, and asks no amounts of them', async () => {
    given = { ...sampleAnswer, resultSha256: 'ab'.repeat(32) }
    expect(refusalOf(await table('--and', 'b/c', 'c'))).toMatchObject({
      exitCode: 6,
      message: { en: expect.stringContaining('its own hash') },
    })
    expect(refusalOf(await table('--and', 'b/c', '--measures', 'hours'))).toMatchObject({
      exitCode: 2,
      message: { en: expect.stringContaining('one table at a time') },
    })
    for (const wrong of [['b/c/d'], ['/c'], Array<string>(6).fill('b')])
      expect(refusalOf(await table('--and', ...wrong))).toMatchObject({ exitCode: 2 })
  })

  it('refuses a log that another broker or log key signed', async () => {
    const access = JSON.parse(readFileSync(at('access.json'), 'utf8'))
    for (const name of ['brokerKey', 'logKey']) {
      writeFileSync(at('other.json'), JSON.stringify({ ...access, [name]: publicOf(coordinator) }))
      const options = ['--access', at('other.json'), '--key', at('coordinator.key'), '--json']
      const refused = await command(['job', 'open', '--question', 'Hoeveel?', ...options])
      expect(refusalOf(refused)).toMatchObject({ exitCode: 6 })
    }
  })

  it('signs in anew when its session has ended', async () => {
    const access = labAccess.parse(JSON.parse(readFileSync(at('access.json'), 'utf8')))
    const client = await signIn(access, coordinator, Date.now)
    client.api.useToken('ended')
    expect((await client.readLog()).tree.size).toBe(4)
    client.api.close()
  })

  it('trusts one certificate authority only, and says when nobody answers', async () => {
    const access = JSON.parse(readFileSync(at('access.json'), 'utf8'))
    const list = async (changed: object) => {
      writeFileSync(at('other.json'), JSON.stringify({ ...access, ...changed }))
      return (await command(['agreement', 'list', '--access', at('other.json'), '--key', at('coordinator.key')]))
        .exitCode
    }
    expect(await list({ brokerUrl: 'https://localhost:1' })).toBe(4)
    const { createAuthority } = await import('../src/certificates/authority.ts')
    const stranger = await createAuthority('broker.test', new Date())
    expect(await list({ caCertificate: stranger.certificatePem })).toBe(4)
  })
})

it('backs up a running broker into a folder that serves again, and opens only with the key file', async () => {
  const [member] = stage.members
  if (!member) throw new Error('no member')
  const bytes = Buffer.alloc(5000, 3)
  const path = `/v1/labs/${lab}/extracts/${randomHex(16)}/columns/wmo`
  await member.client(stage.broker).ask({ method: 'PUT', path, bytes })
  const out = at('backup')
  const made = await command(['backup', '--out', out, '--data-dir', stage.broker.dataDir, '--json'])
  expect(JSON.parse(made.out)).toMatchObject({ entries: 4, columns: 1, missing: 0 })

  const config = readConfig({ KRUISPUNT_DATA_DIR: out, KRUISPUNT_PORT: '0' })
  const deps = { config, version: 'x', startJobs: async () => idleJobs, logger: capturedLogger().logger, now: Date.now }
  await expect(startBroker(deps)).rejects.toThrow()
  copyFileSync(join(stage.broker.dataDir, 'kek'), join(out, 'kek'))
  const restored = await startBroker(deps)
  const before = stage.broker.logs.get(lab).record().tree
  expect(toHex(restored.logs.get(lab).record().tree.root())).toBe(toHex(before.root()))
  expect(await member.client({ ...stage.broker, url: restored.url }).ask({ method: 'PUT', path, bytes })).toMatchObject(
    { existing: true },
  )
  await restored.stop()
})
