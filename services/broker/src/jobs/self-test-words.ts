/**
 * What the outcome of a self-test means, and what it does not mean, for who reads the quality of the links.
 * @module
 */
import type { Bilingual } from '@kruispunt/contracts'
import type { SelfTest } from './self-test.ts'

/** Below this share found two nodes hardly speak of the same people. */
const hardlyAny = 0.5

/**
 * @param nameOf - what a delivery is called
 * @returns sentences; none without a self-test
 */
export function explainSelfTest(selfTest: SelfTest, nameOf: (label: string) => string): Bilingual[] {
  if (selfTest === null) return []
  const { people, pairs } = selfTest
  const total = (of: 'expected' | 'recovered' | 'wrong') => pairs.reduce((sum, pair) => sum + pair[of], 0)
  // Rounded down: all is said only of all.
  const share = total('expected') === 0 ? 0 : Math.floor((100 * total('recovered')) / total('expected')) / 100
  const percent = { nl: format('nl-NL').format(share), en: format('en-GB').format(share) }
  const wrong = total('wrong')
  const apart = pairs
    .filter(({ expected, recovered }) => recovered < expected * hardlyAny)
    .map(({ a, b }) => `${nameOf(a)} + ${nameOf(b)}`)
  return [
    {
      nl: `Zelftest met ${people} verzonnen mensen: ${percent.nl} teruggevonden, ${wrong} verkeerd. Dat laat zien of alle knooppunten gelijk lezen en hetzelfde geheim hebben, en wat het recept aankan aan afgesproken fouten. Over toevallige koppelingen tussen echte mensen zegt het niets.`,
      en: `Self-test with ${people} invented people: ${percent.en} found again, ${wrong} wrong. This shows whether all nodes read alike and hold the same secret, and how the recipe copes with stated errors. It says nothing about chance links among the real people.`,
    },
    ...(apart.length === 0
      ? []
      : [
          {
            nl: `Minder dan de helft teruggevonden: ${apart.join(', ')}. Een van deze knooppunten leest anders of heeft een ander geheim, of het recept heeft te weinig aan hun velden; zoek dat uit voordat u hun koppelingen gebruikt.`,
            en: `Fewer than half found again: ${apart.join(', ')}. One of these nodes reads differently or holds another secret, or the recipe has too little in their fields; find out before you use their links.`,
          },
        ]),
  ]
}

const format = (locale: string) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
