/**
 * The Dutch sound code PH (linkage.md §2.4): names that are said alike get one code, however they are spelt.
 *
 * The standard states replacements over the whole name, one after the other. This walks the name once; where an earlier
 * replacement would take a letter first, the walk looks ahead. A test holds it against the replacements as written.
 * @module
 */

const isVowel = (letter: string): boolean =>
  letter === 'a' || letter === 'e' || letter === 'i' || letter === 'o' || letter === 'u' || letter === 'y'

/** What the letters at `at` sound as, and how many they are. `i` stands for ij, ei, ey, y alike. */
function soundAt(name: string, at: number): readonly [sound: string, length: number] {
  const letter = name.charAt(at)
  const next = name.charAt(at + 1)
  switch (letter) {
    case 's':
      if (!name.startsWith('sch', at)) return ['s', 1]
      return isVowel(name.charAt(at + 3)) ? ['sg', 3] : ['s', 3]
    case 't':
      if (name.startsWith('tsch', at)) return ['s', 4]
      return next === 'h' ? ['t', 2] : ['t', 1]
    case 'd':
      if (next === 't' && !name.startsWith('tsch', at + 1)) return ['t', 2]
      return at === name.length - 1 ? ['t', 1] : ['d', 1]
    case 'c':
      if (next === 'h') return ['g', 2]
      if (next === 'k') return ['k', 2]
      return next === 'e' || next === 'i' || next === 'y' ? ['s', 1] : ['k', 1]
    case 'g':
      return next === 'h' ? ['g', 2] : ['g', 1]
    case 'p':
      return next === 'h' ? ['f', 2] : ['p', 1]
    case 'q':
      return next === 'u' ? ['kw', 2] : ['k', 1]
    case 'x':
      return ['ks', 1]
    case 'a':
      return name.startsWith('ij', at + 1) ? ['i', 3] : ['a', 1]
    case 'e':
      if (name.startsWith('ij', at + 1)) return ['i', 3]
      return next === 'i' || next === 'y' ? ['i', 2] : ['e', 1]
    case 'y':
      return ['i', 1]
    case 'z':
      return ['s', 1]
    case 'v':
      return ['f', 1]
    case 'b':
      return at === name.length - 1 ? ['p', 1] : ['b', 1]
    default:
      return [letter, 1]
  }
}

const isSilent = (sound: string): boolean => isVowel(sound) || sound === 'h' || sound === 'j'

/**
 * @param name - folded, a-z
 * @returns the code, a-z; '' for ''
 */
export function dutchSound(name: string): string {
  let code = ''
  for (let at = 0; at < name.length; ) {
    const [sounds, length] = soundAt(name, at)
    for (const sound of sounds) {
      if (code === '') code = sound === 'i' ? 'e' : sound
      else if (!isSilent(sound) && !code.endsWith(sound)) code += sound
    }
    at += length
  }
  return code
}
