/**
 * What is said about a command line that cannot be read, in the language asked for. Commander says it in English.
 * @module
 */
type Say = (nl: string, en: string) => string

const patterns: readonly (readonly [RegExp, (say: Say, named: string, rest: string) => string])[] = [
  [
    /^error: required option '(.+)' not specified/,
    (say, name) => say(`De optie ${name} ontbreekt.`, `The option ${name} is missing.`),
  ],
  [
    /^error: unknown command '(.+?)'/,
    (say, name) => say(`De opdracht ${name} bestaat niet.`, `There is no command ${name}.`),
  ],
  [
    /^error: unknown option '(.+?)'/,
    (say, name) => say(`De optie ${name} bestaat niet.`, `There is no option ${name}.`),
  ],
  [
    /^error: option '(.+)' argument missing/,
    (say, name) => say(`Bij de optie ${name} ontbreekt de waarde.`, `The option ${name} needs a value.`),
  ],
  [
    /^error: option '(.+)' argument '[\s\S]*' is invalid\. Allowed choices are (.+)\./,
    (say, name, choices) =>
      say(`Bij de optie ${name} kunt u kiezen uit: ${choices}.`, `The option ${name} takes one of: ${choices}.`),
  ],
  [/^error: missing required argument '(.+)'/, (say, name) => say(`${name} ontbreekt.`, `${name} is missing.`)],
  [
    /^error: too many arguments/,
    (say) =>
      say(
        'Er staan te veel woorden in deze opdracht. Zet een waarde met spaties tussen aanhalingstekens.',
        'There are too many words in this command. Put a value with blanks between quotation marks.',
      ),
  ],
]

/** @param text - what commander wanted to say; values that were typed are left out, except names that do not exist */
export function usageError(text: string, program: string, say: Say): string {
  const remedy = say(`Zie ${program} --help, ook achter een opdracht.`, `See ${program} --help, also after a command.`)
  for (const [pattern, told] of patterns) {
    const found = pattern.exec(text)
    if (found === null) continue
    const meant = /\(Did you mean (?:one of )?(.+?)\?\)/.exec(text)
    const hint = meant === null ? [] : [say(`Bedoelde u ${meant[1]}?`, `Did you mean ${meant[1]}?`)]
    return [told(say, found[1] ?? '', found[2] ?? ''), ...hint, remedy, ''].join('\n')
  }
  return `${[say('Deze opdracht kan niet worden gelezen.', 'This command cannot be read.'), remedy].join('\n')}\n`
}
