import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type AgreementDocument, agreementDocument, type Dimension, labId, partyId } from '@kruispunt/contracts'
import { agreementFaults } from '@kruispunt/lab-record'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { agreementTemplate } from '../src/drafting/agreement-template.ts'
import { derivationFaults } from '../src/drafting/derivation-faults.ts'
import { command } from './support/command-line.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kruispunt-told-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)

describe('what a person reads follows --lang, Dutch unless asked', () => {
  it('says what is missing, unknown or superfluous on the command line', async () => {
    for (const [args, nl, en] of [
      [['lab', 'create'], 'De optie --id <lab> ontbreekt.', 'The option --id <lab> is missing.'],
      [['lab', 'creat'], 'Bedoelde u create?', 'Did you mean create?'],
      [['serve', '--snel'], 'De optie --snel bestaat niet.', 'There is no option --snel.'],
      [['serve', '123456782'], 'te veel woorden', 'too many words'],
    ] as const) {
      const dutch = await command(args)
      expect(dutch).toMatchObject({ exitCode: 2, out: '' })
      expect(dutch.err).toContain(nl)
      expect(dutch.err).not.toContain('123456782')
      expect((await command(['--lang', 'en', ...args])).err).toContain(en)
    }
  })

  it('says what was done, and what is wrong with files and settings', async () => {
    const data = ['--data-dir', at('data')]
    expect((await command([...data, 'lab', 'status', '--lab', 'a'])).err).toContain('Voer eerst kruispunt-broker init')
    const made = await command([...data, 'init', '--name', 'broker.example'])
    expect(made.out).toContain('staat klaar')
    expect((await command([...data, '--lang', 'en', 'init', '--name', 'broker.example'])).err).toContain('already')
    writeFileSync(at('odd.toml'), 'prot = 1')
    expect((await command(['serve', '--config', at('odd.toml')])).err).toContain('kloppen niet: prot.')
    const unreadable = await command([...data, 'backup', '--out', at('odd.toml/x')])
    expect(unreadable.exitCode).toBe(2)
    expect(unreadable.err).not.toContain(folder)
  })
})

it('makes a locked coordinator key as the first thing a process does', () => {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  writeFileSync(at('pass'), 'een lang wachtwoord\n')
  const args = ['coordinator', 'create-key', '--out', at('c.key'), '--passphrase-file', at('pass')]
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
  expect({ status, stderr }).toStrictEqual({ status: 0, stderr: '' })
  expect(stdout).toContain('Geef')
  expect(JSON.parse(readFileSync(at('c.key'), 'utf8')).seed).toMatchObject({ kdf: 'argon2id' })
})

describe('a draft can be delivered under', () => {
  const parties = ['ggd', 'politie'].map((id) => ({ id: partyId.parse(id), name: id }))
  const draft = (): AgreementDocument => agreementTemplate(labId.parse('regio'), parties, new Date('2026-03-01'))
  const changed = (kind: Dimension['derivation']['kind'], change: (dimension: Dimension) => object) => {
    const document = draft()
    const datasets = document.datasets.map((dataset) => ({
      ...dataset,
      dimensions: dataset.dimensions.map((one) => (one.derivation.kind === kind ? { ...one, ...change(one) } : one)),
    }))
    return derivationFaults({ ...document, datasets } as AgreementDocument).map(({ message }) => message)
  }

  it('has a worked variable of every kind, each deliverable', () => {
    const document = agreementDocument.parse(draft())
    expect([agreementFaults(document), derivationFaults(document)]).toStrictEqual([[], []])
    const kinds = new Set(document.datasets.flatMap(({ dimensions }) => dimensions.map((one) => one.derivation.kind)))
    expect([...kinds].sort()).toStrictEqual(['age-band', 'area', 'category', 'month', 'number-band', 'yes-no'])
  })

  it('is told apart from one that no file could ever fill', () => {
    const dutch = { nl: 'ja', en: 'yes' }
    expect(
      changed('yes-no', ({ codes }) => ({ codes: [{ ...codes[0], code: 'ja', label: dutch }, ...codes.slice(1)] })),
    ).toContain('the codes have to be yes, no and the one for unknown')
    expect(changed('month', ({ codes }) => ({ codes: codes.slice(1) }))).toHaveLength(1)
    expect(changed('area', ({ levels }) => ({ levels: levels.slice(1) }))).toHaveLength(1)
    expect(changed('number-band', ({ codes }) => ({ codes: codes.slice(1) }))).toHaveLength(1)
    expect(
      changed('age-band', ({ derivation }) => ({
        derivation: 'bands' in derivation ? { ...derivation, bands: [...derivation.bands].reverse() } : derivation,
      })),
    ).toStrictEqual(['bands have to rise and join, the last one open'])
  })
})
