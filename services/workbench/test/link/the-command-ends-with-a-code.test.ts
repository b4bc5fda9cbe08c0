import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const main = fileURLToPath(new URL('../../src/link/main.ts', import.meta.url))
const ended = (...args: string[]) => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
  return { status, stderr, stdout }
}

describe('the command ends with a code', () => {
  it.each([
    ['an option that is not there', ['--bogus', 'a.csv']],
    ['an option of a subcommand left out', ['sample']],
    ['a file that is not there', ['nowhere.csv']],
  ])('2 for %s, with a message and no stack', (_, args) => {
    const { status, stderr, stdout } = ended(...args)
    expect([status, stdout]).toStrictEqual([2, ''])
    expect(stderr).not.toBe('')
    expect(stderr).not.toMatch(/^ {4}at /m)
  })

  it('0 for help, which tells what an empty recipe is', () => {
    const { status, stdout } = ended('--help')
    expect(status).toBe(0)
    expect(stdout).toMatch(/\{\} is the standard tolerant\s+recipe/)
  })

  it.each(['link', 'disclosure'])('0 when whoever reads %s has seen enough', async (command) => {
    const path = fileURLToPath(new URL(`../../src/${command}/main.ts`, import.meta.url))
    const child = spawn(process.execPath, [path, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    let said = ''
    child.stderr.on('data', (text) => {
      said += text
    })
    const status = await new Promise((resolve) => child.on('close', resolve))
    expect([status, said]).toStrictEqual([0, ''])
  })
})
