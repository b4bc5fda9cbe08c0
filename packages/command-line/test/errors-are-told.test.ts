import { Command, CommanderError, Option } from 'commander'
import { describe, expect, it } from 'vitest'
import { systemText, usageError } from '../src/index.ts'

const dutch = (nl: string) => nl
const english = (_: string, en: string) => en

/** What commander itself says of a command line. */
function commanderOn(words: readonly string[]): string {
  let said = ''
  const program = new Command('kruispunt').exitOverride().configureOutput({ writeErr: (text) => (said += text) })
  program
    .command('show <name>')
    .exitOverride()
    .configureOutput({ writeErr: (text) => (said += text) })
    .requiredOption('--key <file>', 'key')
    .addOption(new Option('--lang <language>', 'language').choices(['nl', 'en']))
    .action(() => undefined)
  expect(() => program.parse(words, { from: 'user' })).toThrow(CommanderError)
  return said
}

describe('a command line that cannot be read', () => {
  it.each([
    { words: ['shwo'], nl: 'De opdracht shwo bestaat niet.', en: 'There is no command shwo.' },
    { words: ['show', 'a'], nl: 'De optie --key <file> ontbreekt.', en: 'The option --key <file> is missing.' },
    { words: ['show', '--key', 'k'], nl: 'name ontbreekt.', en: 'name is missing.' },
    {
      words: ['show', 'a', '--key'],
      nl: 'Bij de optie --key <file> ontbreekt de waarde.',
      en: 'The option --key <file> needs a value.',
    },
    {
      words: ['show', 'a', '--key', 'k', '--kye', 'k'],
      nl: 'De optie --kye bestaat niet.',
      en: 'There is no option --kye.',
    },
    {
      words: ['show', 'a', '--key', 'k', '--lang', 'geheim'],
      nl: 'Bij de optie --lang <language> kunt u kiezen uit: nl, en.',
      en: 'The option --lang <language> takes one of: nl, en.',
    },
    {
      words: ['show', 'a', 'geheim', '--key', 'k'],
      nl: 'Er staan te veel woorden in deze opdracht.',
      en: 'There are too many words in this command.',
    },
  ])('$words is told in both languages, with a remedy, and repeats no value', ({ words, nl, en }) => {
    const text = commanderOn(words)
    const told = [usageError(text, 'kruispunt', dutch), usageError(text, 'kruispunt', english)]
    expect(told[0]).toContain(nl)
    expect(told[1]).toContain(en)
    for (const one of told) {
      expect(one).toContain('kruispunt --help')
      expect(one).not.toContain('geheim')
    }
  })

  it('offers what was probably meant', () => {
    expect(usageError(commanderOn(['shwo']), 'kruispunt', english)).toContain('Did you mean show?')
  })

  it('and what commander may say in future is told without its words', () => {
    expect(usageError('error: something new about geheim', 'kruispunt', english)).toBe(
      'This command cannot be read.\nSee kruispunt --help, also after a command.\n',
    )
  })
})

describe('what the operating system refuses', () => {
  it('is told without the name of the file', () => {
    const error = Object.assign(new Error("EACCES: permission denied, open '/home/geheim'"), { code: 'EACCES' })
    expect(systemText(error)?.en).toContain('No access')
    expect(JSON.stringify(systemText(error))).not.toContain('geheim')
  })

  it('anything else is not', () => {
    expect(systemText(new Error('EACCES'))).toBeUndefined()
    expect(systemText(Object.assign(new Error('x'), { code: 'ENEW' }))).toBeUndefined()
    expect(systemText('EACCES')).toBeUndefined()
  })
})
