/**
 * A dossier to read: phase by phase, so that somebody who was not there understands what was chosen, found and decided, and by whom.
 * @module
 */
import { canvasFields, type LabDossier, type Office } from '@kruispunt/contracts'
import type { Block, TextDocument } from '@kruispunt/documents'
import { type ContentOf, type Standing, standing } from '@kruispunt/lab-method'
import type { Language } from '../cli/output.ts'
import { tableBlocks } from './dossier-tables.ts'
import { type DossierWords, dossierWords, filledIn } from './dossier-words.ts'

const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text })
const line = (text: string, name?: string): Block =>
  name === undefined ? { kind: 'line', text } : { kind: 'line', name, text }
const list = (items: readonly string[]): Block => ({ kind: 'list', items })

type Reading = {
  readonly dossier: LabDossier
  readonly words: DossierWords
  readonly language: Language
  readonly day: (instant: string) => string
  readonly who: (office: Office) => string
}

function readingOf(dossier: LabDossier, language: Language): Reading {
  const words = dossierWords[language]
  const names = new Map(
    dossier.agreements.flatMap(({ document }) => document.parties.map(({ id, name }) => [id as string, name])),
  )
  const format = new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'Europe/Amsterdam',
  })
  return {
    dossier,
    words,
    language,
    day: (instant) => format.format(new Date(instant)),
    who: ({ party }) => (party === null ? words.coordinator : (names.get(party) ?? party)),
  }
}

/** By whom and when, of the newest version. */
const written = ({ words, who, day }: Reading, { contribution }: Standing): string => {
  const newest = contribution.versions.at(-1)
  return newest === undefined ? '' : filledIn(words.by, { who: who(newest.by), at: day(newest.at) })
}
const orNone = (reading: Reading, blocks: Block[]): Block[] =>
  blocks.length === 0 ? [line(reading.words.none)] : blocks

function remarksOn(reading: Reading, id: string): Block[] {
  const remarks = standing(reading.dossier.board.contributions, 'remark').filter(({ content }) => content.about === id)
  return remarks.map((remark) => line(`${remark.content.text} (${written(reading, remark)})`, reading.words.remark))
}

function issueBlocks(reading: Reading): Block[] {
  const { words, dossier } = reading
  const all = dossier.board.contributions
  const chosen = standing(all, 'chosen-issue').at(-1)
  const votes = new Map(dossier.board.votes.map(({ issue, votes: count }) => [issue, count]))
  const issues = standing(all, 'issue').flatMap((issue) => {
    const isChosen = chosen?.content.issue === issue.id
    const state = chosen === undefined ? '' : `, ${isChosen ? words.chosen : words.notChosen}`
    const goals = standing(all, 'goal').filter(({ content }) => content.issue === issue.id)
    return [
      heading(3, `${issue.content.title} (${filledIn(words.votes, { count: votes.get(issue.id) ?? 0 })}${state})`),
      line(issue.content.text),
      line(written(reading, issue)),
      ...(isChosen && chosen !== undefined
        ? [line(`${chosen.content.reason} (${written(reading, chosen)})`, words.whyChosen)]
        : []),
      ...goals.map((goal) => line(`${goal.content.text} (${written(reading, goal)})`, words.goals)),
      ...remarksOn(reading, issue.id),
    ]
  })
  const taking = dossier.board.takingPart.map(({ party, takesPart }) => {
    const said = standing(all, 'taking-part').findLast((one) => one.party === party)
    const state = takesPart === null ? words.undecided : takesPart ? words.takesPart : words.takesNoPart
    return `${reading.who({ role: 'partner-reader', party })}: ${state}${said === undefined ? '' : `. ${said.content.reason}`}`
  })
  return [heading(2, words.issues), ...orNone(reading, issues), heading(2, words.takingPart), list(taking)]
}

function canvasBlocks(reading: Reading): Block[] {
  const { words, dossier } = reading
  const notes = standing(dossier.board.contributions, 'canvas-note')
  const columns = (['why', 'what', 'how'] as const).flatMap((column) => {
    const here = canvasFields[column].flatMap((field) =>
      notes
        .filter(({ content }) => content.field === field)
        .map(({ content }) => {
          const kind = content.analysis === null ? '' : ` (${words.analysis[content.analysis]})`
          return line(`${content.text}${kind}`, words.fields[field])
        }),
    )
    return [heading(3, words[column]), ...orNone(reading, here)]
  })
  return [heading(2, words.canvas), ...columns]
}

function factBlocks(reading: Reading): Block[] {
  const { words, dossier, language, who } = reading
  const all = dossier.board.contributions
  const facts = standing(all, 'fact')
  const figures = new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB')
  const rows = facts.map(({ content, contribution }) => [
    content.statement,
    content.figure === null ? '' : `${figures.format(content.figure.value)} ${content.figure.unit}`,
    `${content.area}, ${content.period}`,
    content.source,
    words.sureness[content.sureness],
    who(contribution.versions[0]?.by ?? { role: 'coordinator', party: null }),
  ])
  const unknowns = standing(all, 'unknown').map(({ content }) => content.text)
  return [
    heading(2, words.facts),
    rows.length === 0 ? line(words.none) : { kind: 'table', caption: words.facts, head: words.factHead, rows },
    heading(2, words.unknowns),
    unknowns.length === 0 ? line(words.none) : list(unknowns),
  ]
}

function agreementBlocks({ dossier, words, day, who }: Reading): Block[] {
  return [
    heading(2, words.agreements),
    ...(dossier.agreements.length === 0 ? [line(words.none)] : []),
    ...dossier.agreements.flatMap(({ document, status, proposedAt, decisions }) => [
      line(filledIn(words.agreement, { title: document.title, status: words.status[status], at: day(proposedAt) })),
      list(
        decisions.map(({ party, decision, at }) =>
          filledIn(words.decided, {
            party: who({ role: 'partner-reader', party }),
            decision: words[decision],
            at: day(at),
          }),
        ),
      ),
    ]),
  ]
}

function solutionBlocks(reading: Reading): Block[] {
  const { words, dossier, language } = reading
  const all = dossier.board.contributions
  const titleOf = (cells: readonly { readonly release: string; readonly tableHash: string }[]) =>
    cells.flatMap(({ release, tableHash }) => {
      const found = dossier.tables.find(({ table }) => table.release === release && table.tableHash === tableHash)
      return found === undefined ? [] : [found.table.title[language]]
    })
  const insights = standing(all, 'insight').flatMap((insight) => [
    line(`${insight.content.text} (${written(reading, insight)})`),
    line(titleOf(insight.content.restsOn).join('; '), words.restsOn),
    ...remarksOn(reading, insight.id),
  ])
  const ofThis = <K extends 'feasibility' | 'realisation'>(kind: K, id: string): Standing<ContentOf<K>>[] =>
    standing(all, kind).filter((one) => (one.content as ContentOf<'feasibility'>).solution === id)
  const solutions = standing(all, 'solution').flatMap((solution) => [
    heading(3, solution.content.title),
    line(solution.content.text),
    line(solution.content.logic, words.follows),
    line(written(reading, solution)),
    ...ofThis('feasibility', solution.id).flatMap(({ content }) => [
      line(content.whatMustBeDone, words.whatMustBeDone),
      line(content.stakeholders, words.stakeholders),
      line(content.whyItWouldFail, words.whyItWouldFail),
    ]),
    ...ofThis('realisation', solution.id).flatMap(({ content }) => [
      line(content.whatMustBeArranged, words.whatMustBeArranged),
      line(content.whoPullsIt, words.whoPullsIt),
      line(content.howFollowed, words.howFollowed),
      line(titleOf(content.indicators).join('; '), words.indicators),
    ]),
    ...remarksOn(reading, solution.id),
  ])
  return [
    heading(2, words.insights),
    ...orNone(reading, insights),
    heading(2, words.solutions),
    ...orNone(reading, solutions),
  ]
}

export function dossierText(dossier: LabDossier, language: Language): TextDocument {
  const reading = readingOf(dossier, language)
  const { words, day } = reading
  const phase = (at: 0 | 1 | 2 | 3 | 4, blocks: readonly Block[]): Block[] => [
    heading(1, `${at + 1}. ${words.phases[at]}`),
    ...blocks,
  ]
  return {
    title: `${words.dossier}: ${dossier.title}`,
    language,
    about: [filledIn(words.made, { at: day(dossier.madeAt), phase: dossier.board.phase }), words.groups],
    blocks: [
      ...phase(0, [...issueBlocks(reading), ...canvasBlocks(reading)]),
      ...phase(1, factBlocks(reading)),
      ...phase(2, agreementBlocks(reading)),
      ...phase(3, [heading(2, words.tables), ...orNone(reading, tableBlocks(dossier.tables, language, words, day))]),
      ...phase(4, solutionBlocks(reading)),
    ],
    foot: dossier.title,
    madeAt: Date.parse(dossier.madeAt),
  }
}
