/**
 * Cores of a surname field, from §2 of the written standard.
 * @module
 */
import { isFieldMissing, isPlaceholder, small, unique } from './text.ts'

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))
const prefixes = list(`
  a aan af al auf aus ben bij bin d da dal de del den der des di do don dos du el en het im in l la las le les lo los met of onder op
  opt over s t te ten ter thoe toe tot uijt uit ul unter v van vande vanden vander vant vd vdn vdr vom von voor vor zu zum zur`)
const innerPrefixes = list('a da de den der dos du te ten ter van vande vanden vander vd von')
const titles = list('dhr drs fam jhr jkvr mej mevr mevrouw mw prof')
const dottedTitles = list('dr ds heer ing ir mr')
const suffixes = list('bsc jr mba msc phd sr')
const betweenNames = list('echtg echtgenoot echtgenote ev geb geboren gesch gescheiden wed weduwe weduwnaar wede')

type Word = { readonly text: string; readonly isDotted: boolean }
type Name = { readonly before: Word[]; readonly behind: Word[]; hasComma: boolean }
const newName = (): Name => ({ before: [], behind: [], hasComma: false })

const isPrefix = ({ text }: Word): boolean => prefixes.has(text)
const isTitle = ({ text, isDotted }: Word): boolean =>
  titles.has(text) || (isDotted && (text.length === 1 || dottedTitles.has(text)))

/** Words with their joined apostrophes, and every other sign that counts. */
function piecesOf(text: string): string[] {
  const found = text.match(/[a-z]+|[.',/()&+;=-]|[^a-z]/g) ?? []
  const pieces: string[] = []
  for (let at = 0; at < found.length; at += 1) {
    let piece = found[at] ?? ''
    if (/^[a-z]/.test(piece))
      while (found[at + 1] === "'" && /^[a-z]/.test(found[at + 2] ?? '') && !prefixes.has(piece)) {
        piece += found[at + 2]
        at += 2
      }
    pieces.push(piece)
  }
  return pieces
}

function namesOf(text: string): { names: Name[]; words: string[] } {
  const names = [newName()]
  const words: string[] = []
  const pieces = piecesOf(text)
  for (const [at, piece] of pieces.entries()) {
    let name = names.at(-1) ?? newName()
    if ('-/()&+;='.includes(piece)) names.push(newName())
    else if (piece === ',') name.hasComma = true
    else if (/^[a-z]/.test(piece)) {
      words.push(piece)
      if (betweenNames.has(piece)) {
        names.push(newName())
        continue
      }
      const front = name.before.at(-1)
      const beginsNext = innerPrefixes.has(piece) && front !== undefined && !isPrefix(front) && !isTitle(front)
      if (!name.hasComma && beginsNext) {
        name = newName()
        names.push(name)
      }
      const side = name.hasComma ? name.behind : name.before
      side.push({ text: piece, isDotted: pieces[at + 1] === '.' })
    }
  }
  return { names, words }
}

function coreOf(words: readonly Word[]): string {
  const left = [...words]
  while (left.length > 1 && suffixes.has(left.at(-1)?.text ?? '')) left.pop()
  while (left.length > 1 && left[0] !== undefined && (isPrefix(left[0]) || isTitle(left[0]))) left.shift()
  return left.map(({ text }) => text).join('')
}

export function plainSurnames(raw: string): string[] {
  if (isFieldMissing(raw)) return []
  const text = small(raw).replace(/(?<![a-z])e(\/v|\.v\.?)(?![a-z])/g, 'ev')
  const { names, words } = namesOf(text)
  const cores: string[] = []
  let carried: Word[] = []
  for (const { before, behind } of names) {
    const turned = before.every(isPrefix) && behind.some((word) => !isPrefix(word))
    const own = [...carried, ...before, ...(turned ? behind : [])]
    carried = own.every(isPrefix) ? own : []
    if (carried.length === 0 && own.length > 0) cores.push(coreOf(own))
  }
  const found = unique(cores.filter((core) => !isPlaceholder(core))).slice(0, 6)
  if (found.length > 0) return found
  const last = words.filter((word) => !betweenNames.has(word)).at(-1) ?? words.at(-1)
  return last === undefined || isPlaceholder(last) ? [] : [last]
}
