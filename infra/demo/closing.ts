/**
 * How the story ends: the tables as a coordinator sees them, how well the linking went, and how anybody checks it all.
 * @module
 */
import type { LinkQuality } from '@kruispunt/contracts'
import type { Answer, BrokerLab, Question } from './lab.ts'
import { questions } from './questions.ts'
import { bold, dim, line } from './say.ts'
import type { Constellation } from './story.ts'

/** A tilde where the estimate is not to be relied upon. */
const estimate = ({ share, flaw }: { share: number | null; flaw: string | null }) =>
  share === null ? '–' : `${flaw === null ? '' : '~ '}${percent(share)}`

const percent = (rate: number | null) => (rate === null ? '–' : `${(rate * 100).toFixed(1).replace('.', ',')} %`)

const selfTestLine = ({ people, pairs }: NonNullable<LinkQuality['selfTest']>) => {
  const [expected, recovered, wrong] = (['expected', 'recovered', 'wrong'] as const).map((of) =>
    pairs.reduce((sum, pair) => sum + pair[of], 0),
  ) as [number, number, number]
  return `Zelftest met ${people} verzonnen mensen: ${percent(expected === 0 ? null : recovered / expected)} teruggevonden, ${wrong} verkeerd.`
}

/** Two at a time: each is a command of its own, and a small machine has two cores. */
async function printed(
  lab: BrokerLab,
  requestId: string,
  asked: readonly Question[],
): Promise<ReadonlyMap<Question, string>> {
  const texts = new Map<Question, string>()
  const waiting = [...asked]
  const printNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      texts.set(next, await lab.printed(requestId, next))
  }
  await Promise.all([printNext(), printNext()])
  return texts
}

export async function renderAnswers(
  { lab, nodes }: Constellation,
  requestId: string,
  answers: readonly Answer[],
): Promise<void> {
  const asked = questions.slice(0, answers.length)
  const texts = await printed(lab, requestId, asked)
  for (const question of asked) {
    line()
    line(bold(question.title))
    line(texts.get(question) ?? '')
  }

  line()
  line(bold('Hoe goed is er gekoppeld?'))
  const links = await lab.links(requestId)
  for (const { a, b, linked, rateOfA, rateOfB, quality } of links.pairs)
    if (linked !== null)
      line(
        `  ${`${a} × ${b}`.padEnd(22)} ${String(linked).padStart(5)} gekoppeld: ${percent(rateOfA)} van ${a}, ${percent(rateOfB)} van ${b}; terecht ${estimate(quality.precision)}, gevonden ${estimate(quality.recall)}`,
      )
  const hidden = links.pairs.filter(({ linked }) => linked === null)
  if (hidden.length > 0)
    line(`  niet getoond, te weinig personen: ${hidden.map(({ a, b }) => `${a} × ${b}`).join(', ')}`)
  if (links.selfTest !== null) line(`  ${selfTestLine(links.selfTest)}`)
  line(dim('  De corporatie mag het bsn niet gebruiken: haar huurders zijn herkend aan naam, geboortedatum en adres.'))
  line(dim('  ~ is een schatting zonder zekerheid. Wat dit betekent staat bij `kruispunt-broker job links`.'))

  line()
  line(bold('Wie het niet gelooft, rekent het na'))
  const verdicts = await Promise.all(nodes.map((node) => node.verifyLog()))
  const valid = verdicts.filter((verdict) => verdict.valid).length
  const [first] = verdicts
  line(
    `  Ieder knooppunt heeft het hele controlespoor zelf en speelde het opnieuw af: ${valid} van ${nodes.length} in orde,`,
  )
  line(`  ${first?.size ?? 0} regels, medeondertekend door ${first?.quorum?.witnesses.length ?? 0} getuigen.`)
  line(
    dim(`  Zelf doen: node_modules/.bin/node services/node/src/main.ts --folder ${nodes[0]?.folder ?? ''} log verify`),
  )
}
