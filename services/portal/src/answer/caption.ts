/**
 * What a table is called, and what somebody who meets it elsewhere has to know of it. Pure: knows no page.
 * @module
 */
import type { AgreementView, Bilingual, CrossTabAnswer, EarlierTable, LabView } from '@kruispunt/contracts'
import type { Account, Language, Translate } from '@kruispunt/ui'

type Deliveries = LabView['agreements'][number]['deliveries']

export type CaptionWords = 'and' | 'titleBy' | 'only'
type Captioned = {
  readonly title: Bilingual
  readonly axes: readonly { readonly label: Bilingual }[]
  readonly filters: readonly { readonly label: Bilingual; readonly codes: readonly Bilingual[] }[]
}

/** "Inwoners naar gebied en Wmo-voorziening. Alleen leeftijd: 65-79 jaar" */
export function captionOf(answer: Captioned, language: Language, say: Translate<CaptionWords>): string {
  const names = answer.axes.map(({ label }) => label[language])
  const axes = names.length > 1 ? `${names.slice(0, -1).join(', ')}${say('and')}${names.at(-1)}` : (names[0] ?? '')
  const only = answer.filters.map(({ label, codes }) =>
    say('only', { variable: label[language], codes: codes.map((code) => code[language]).join(', ') }),
  )
  return [say('titleBy', { title: answer.title[language], axes }), ...only].join('. ')
}

type AccountWords =
  | CaptionWords
  | `account${'Question' | 'Purpose' | 'NotFor' | 'Sources' | 'Dates' | 'Release' | 'Rules'}`
  | 'asked'
  | 'releaseNumber'
  | 'releaseHash'
  | 'releaseOf'
  | 'agreementLine'
  | 'sourceLine'
  | 'countedOf'
  | `unit${'Persons' | 'Records' | 'Households'}`

const unitWord = { persons: 'unitPersons', records: 'unitRecords', households: 'unitHouseholds' } as const

type AccountOf = {
  readonly answer: CrossTabAnswer
  readonly agreement: AgreementView
  readonly deliveries: Deliveries
  readonly release: EarlierTable | undefined
  readonly moment: (instant: string) => string
}

export function accountOf(
  { answer, agreement: { document }, deliveries, release, moment }: AccountOf,
  language: Language,
  say: Translate<AccountWords>,
): Account {
  const nameOf = (party: string) => document.parties.find(({ id }) => id === party)?.name ?? party
  const sources = document.datasets.flatMap(({ id, party, title, period }) => {
    const delivery = deliveries.find(({ dataset }) => dataset === id)
    return delivery === undefined
      ? []
      : [say('sourceLine', { title: title[language], owner: nameOf(party), period, version: delivery.version })]
  })
  return [
    {
      heading: say('accountQuestion'),
      lines: [
        captionOf(answer, language, say),
        say('countedOf', { population: answer.population[language], unit: say(unitWord[answer.unit]) }),
      ],
    },
    {
      heading: say('accountPurpose'),
      lines: [
        document.purpose,
        say('agreementLine', { reference: document.reference, version: document.version, title: document.title }),
      ],
    },
    { heading: say('accountNotFor'), lines: [document.notUsedFor] },
    { heading: say('accountSources'), lines: sources },
    ...(release === undefined
      ? []
      : [{ heading: say('accountDates'), lines: [say('asked', { moment: moment(release.askedAt) })] }]),
    {
      heading: say('accountRelease'),
      lines: [
        ...(release?.number == null ? [] : [say('releaseNumber', { number: release.number })]),
        say('releaseHash', { hash: answer.resultSha256 }),
        say('releaseOf', { hash: answer.release }),
      ],
    },
    {
      heading: say('accountRules'),
      lines: [answer.exactness, ...answer.rules].map((line) => line[language]),
    },
  ]
}
