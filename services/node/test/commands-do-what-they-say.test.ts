import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'
import { openStore } from '../src/db/open-store.ts'
import { logEntries } from '../src/db/schema.ts'
import { type ScriptedBroker, startScriptedBroker } from './support/scripted-broker.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
let root: string
let broker: ScriptedBroker
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'kruispunt-cli-'))
  broker = await startScriptedBroker()
})
afterEach(async () => {
  await broker.stop()
  rmSync(root, { recursive: true })
})

type Run = { code: number | null; out: string; err: string }
function run(party: string, ...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, [main, '--folder', join(root, party), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const found = { code: null as number | null, out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    found.out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    found.err += chunk.toString()
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...found, code })))
}
const file = (name: string, content: string) => {
  const path = join(root, name)
  writeFileSync(path, content, { mode: 0o600 })
  return path
}

describe('commands do what they say', () => {
  it('takes a partner from an empty folder to a confirmed roster, with an exit code for each way to fail', async () => {
    const secret = file('wachtwoord', 'een lang wachtwoord\n')
    const wrongSecret = file('verkeerd', 'een ander wachtwoord\n')
    expect((await run('gemeente', 'status')).code).toBe(3)
    expect((await run('gemeente', 'init')).code).toBe(0)
    const superfluous = await run('gemeente', 'status', '123456782')
    expect([superfluous.code, superfluous.err.split('\n')[0]]).toStrictEqual([
      2,
      'Er staan te veel woorden in deze opdracht. Zet een waarde met spaties tussen aanhalingstekens.',
    ])
    const unknownRole = await run('gemeente', 'enrol', '--invitation', secret, '--officer', `fg:baas:${secret}`)
    expect(unknownRole.code).toBe(2)
    expect((await run('gemeente', 'status', '--lang', 'en')).err).toContain('has not been enrolled')
    for (const party of ['gemeente', 'politie']) {
      if (party === 'politie') await run(party, 'init')
      const invitation = file(`${party}.json`, JSON.stringify(broker.invite(party)))
      const officer = `fg:privacy-officer:${secret}`
      expect(await run(party, 'enrol', '--invitation', invitation, '--officer', officer)).toMatchObject({
        code: 0,
        err: '',
      })
    }
    const noInvitation = await run(
      'gemeente',
      'enrol',
      '--invitation',
      secret,
      '--officer',
      `fg:privacy-officer:${secret}`,
      '--json',
    )
    expect([noInvitation.code, JSON.parse(noInvitation.err).code]).toStrictEqual([2, 'invitation_unreadable'])
    expect((await run('gemeente', 'roster', 'show')).code).toBe(3)

    broker.putRoster()
    const shown = JSON.parse((await run('gemeente', 'roster', 'show', '--json')).out) as { shortCode: string }
    const accept = (code: string, passphrase: string) =>
      run('gemeente', 'roster', 'accept', '--code', code, '--passphrase-file', passphrase, '--json')
    const wrongCode = await accept('AAAA-AAAA-AAAA', secret)
    expect([wrongCode.code, JSON.parse(wrongCode.err).code]).toStrictEqual([4, 'short_code_wrong'])
    const wrongPassphrase = await accept(shown.shortCode, wrongSecret)
    expect([wrongPassphrase.code, JSON.parse(wrongPassphrase.err).code]).toStrictEqual([4, 'passphrase_wrong'])
    // Nobody is there to ask, so a missing code is an error and not a question.
    expect((await run('gemeente', 'roster', 'accept', '--passphrase-file', secret)).code).toBe(2)
    expect(broker.entries).toHaveLength(1)
    const accepted = await accept(shown.shortCode, secret)
    expect([accepted.code, JSON.parse(accepted.out).index]).toStrictEqual([0, 1])

    expect((await run('gemeente', 'agreement', 'list')).out).toContain('nog geen deelafspraken')
    expect((await run('gemeente', 'ceremony', 'status', '--lang', 'en')).out).toContain('nothing to agree')
    expect((await run('gemeente', 'request', 'approve', 'x', '--passphrase-file', secret)).code).toBe(2)
    expect((await run('gemeente', 'extract', 'list')).code).toBe(0)
    expect(JSON.parse((await run('gemeente', 'log', 'verify', '--json')).out)).toMatchObject({ valid: true, size: 2 })
    const [copied, listed] = [join(root, 'log.jsonl'), join(root, 'roster.json')]
    expect((await run('gemeente', 'log', 'export', copied)).code).toBe(0)
    expect(readFileSync(copied, 'utf8').split('\n')[0]).toContain('"format":"kruispunt-log/1"')
    expect((await run('gemeente', 'log', 'export', copied)).code).toBe(2)
    expect((await run('gemeente', 'roster', 'export', listed)).code).toBe(0)
    expect(JSON.parse(readFileSync(listed, 'utf8'))).toMatchObject({ kind: 'roster-document', version: 1 })
    const opened = openStore(join(root, 'gemeente', 'node.db'))
    const entry = opened.db.select().from(logEntries).where(eq(logEntries.index, 1)).get()
    const put = (envelope: string) =>
      opened.db.update(logEntries).set({ envelope }).where(eq(logEntries.index, 1)).run()
    put((entry?.envelope ?? '').replace('"sig":"', '"sig":"A'))
    const tampered = await run('gemeente', 'log', 'verify', '--json')
    expect([tampered.code, JSON.parse(tampered.out)]).toMatchObject([6, { valid: false, size: 1 }])
    expect((await run('gemeente', 'status')).code).toBe(6)
    put(entry?.envelope ?? '')
    opened.close()
    const copy = join(root, 'kopie.db')
    expect((await run('gemeente', 'backup', copy)).code).toBe(0)
    expect(readFileSync(copy).subarray(0, 15).toString()).toBe('SQLite format 3')
    expect((await run('gemeente', 'nonsense')).code).toBe(2)
    for (const { out, err } of [accepted, wrongPassphrase]) expect(out + err).not.toContain('wachtwoord\n')
  }, 400_000)

  it('serves until it is told to stop, works beside commands, and begins again', async () => {
    const secret = file('wachtwoord', 'een lang wachtwoord\n')
    await run('gemeente', 'init')
    const invitation = file('gemeente.json', JSON.stringify(broker.invite('gemeente')))
    await run('gemeente', 'enrol', '--invitation', invitation, '--officer', `fg:privacy-officer:${secret}`)
    for (const _time of [1, 2]) {
      const child = spawn(process.execPath, [main, 'serve'], {
        env: { ...process.env, KRUISPUNT_NODE_FOLDER: join(root, 'gemeente'), KRUISPUNT_NODE_PORT: '0' },
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const closed = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)))
      const { listening } = await new Promise<{ listening: string }>((resolve) => {
        child.stdout.once('data', (chunk: Buffer) => resolve(JSON.parse(chunk.toString())))
      })
      expect(await (await fetch(`${listening}/v1/health`)).json()).toStrictEqual({ status: 'ok' })
      expect((await run('gemeente', 'fingerprint')).code).toBe(0)
      child.kill('SIGTERM')
      expect(await closed).toBe(0)
    }
    const open = await run('gemeente', 'serve', '--config', file('open.toml', 'host = "0.0.0.0"\n'), '--json')
    expect([open.code, JSON.parse(open.err).code]).toStrictEqual([2, 'listen_refused'])
  }, 400_000)
})

describe('settings', () => {
  it('come from the file, then the environment, then the command', () => {
    const path = file('node.toml', 'port = 9000\nlogLevel = "warn"\nfolder = "/uit/bestand"\n')
    const environment = {
      KRUISPUNT_NODE_CONFIG: path,
      KRUISPUNT_NODE_PORT: '9001',
      KRUISPUNT_NODE_FOLDER: '/uit/omgeving',
    }
    expect(readConfig(environment, { folder: '/uit/opdracht' })).toMatchObject({
      port: 9001,
      logLevel: 'warn',
      folder: '/uit/opdracht',
      host: '127.0.0.1',
      language: 'nl',
    })
  })
  it.each([
    [{ KRUISPUNT_NODE_PORT: 'veel' }, 'port'],
    [{ KRUISPUNT_NODE_LANGUAGE: 'de' }, 'language'],
    [{ KRUISPUNT_NODE_CONFIG: '/bestaat/niet.toml' }, 'config'],
  ])('names what is wrong: %o', (environment, path) => {
    expect(() => readConfig(environment)).toThrow(
      expect.objectContaining({ code: 'configuration_invalid', violations: [expect.objectContaining({ path })] }),
    )
  })
  it('refuses a setting that does not exist', () => {
    expect(() => readConfig({ KRUISPUNT_NODE_CONFIG: file('node.toml', 'poort = 1\n') })).toThrow(
      expect.objectContaining({ code: 'configuration_invalid' }),
    )
  })
})
