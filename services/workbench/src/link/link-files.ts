/**
 * Links the people of plain files the way nodes and broker do: subjects and tokens per file, then persons from tokens alone.
 *
 * The pseudonym key is random and gone afterwards, as is the job key.
 * @module
 */
import { keysWithPresence, type LinkageRecipe } from '@kruispunt/contracts'
import { cryptoReady, erase, randomBytes, shuffledOrder } from '@kruispunt/crypto'
import { type ExtractTokens, type LinkageReport, linkPersons } from '@kruispunt/linkage/broker'
import { createIdentifierStore, createTokenColumns, makeSubjects, type PreflightReport } from '@kruispunt/linkage/node'
import type { PeopleFile } from './read-file.ts'

export type LinkedFiles = {
  /** per file, per row: its cluster, from 1 on, numbered in the order they first appear */
  readonly clusters: readonly Uint32Array[]
  readonly persons: number
  /** per file, what its steward would see before anything leaves */
  readonly preflights: readonly PreflightReport[]
  readonly report: LinkageReport
}

export type LinkChoices = {
  readonly recipe: LinkageRecipe
  readonly isRegister: (file: string) => boolean
  /** rows of one file may be one person, however little they have in common */
  readonly duplicates: boolean
}

type Extract = {
  readonly tokens: ExtractTokens
  /** per row, the place of its subject among the tokens */
  readonly placeOfRow: Uint32Array
  readonly preflight: PreflightReport
}

/** @param files - 32 at most; their numbers of citizens stay the caller's to erase */
export async function linkFiles(files: readonly PeopleFile[], choices: LinkChoices): Promise<LinkedFiles> {
  await cryptoReady()
  const pseudonymKey = randomBytes(32)
  const extracts: Extract[] = []
  for (const file of files) extracts.push(await makeExtract(file, choices, pseudonymKey))
  erase(pseudonymKey)
  const { citizenNumber, suspects, fewestKeys } = choices.recipe
  const { personOf, persons, report } = linkPersons(
    extracts.map(({ tokens }) => tokens),
    { jobKey: randomBytes(32), citizenNumber, suspects, fewestKeys, withinExtracts: choices.duplicates },
  )
  return {
    clusters: numberClusters(
      extracts.map(({ placeOfRow }, at) => placeOfRow.map((place) => personOf[at]?.[place] as number)),
      persons,
    ),
    persons,
    preflights: extracts.map(({ preflight }) => preflight),
    report,
  }
}

async function makeExtract(file: PeopleFile, choices: LinkChoices, pseudonymKey: Uint8Array): Promise<Extract> {
  const { recipe, isRegister } = choices
  const store = createIdentifierStore(recipe)
  store.add(file.rows, file.texts)
  const subjects = makeSubjects({ rows: file.rows, bsn: file.bsn, codes: {}, identifiers: store })
  const order = shuffledOrder(subjects.subjects)
  const columns = createTokenColumns({ subjects, identifiers: store, keys: recipe.keys, order, pseudonymKey })
  const tokenColumns: ExtractTokens['tokenColumns'][number][] = []
  for (const { id } of columns.keys) {
    const { present, ...column } = await columns.column(id)
    // As in a job: of the other keys nobody is told who has a value.
    tokenColumns.push(keysWithPresence.includes(id) ? { ...column, present } : column)
  }
  const preflight = columns.preflight()
  await columns.erase()
  store.erase()
  subjects.bsn.fill(0)
  const placeOf = new Uint32Array(order.length)
  for (let place = 0; place < order.length; place++) placeOf[order[place] as number] = place
  return {
    tokens: { party: file.file, subjects: order.length, tokenColumns, register: isRegister(file.file) },
    placeOfRow: subjects.subjectOfRow.map((subject) => placeOf[subject] as number),
    preflight,
  }
}

/** Subjects were shuffled, so the numbers of persons are too; rows get theirs in the order of the files. */
function numberClusters(personOfRows: readonly Uint32Array[], persons: number): Uint32Array[] {
  const numberOf = new Uint32Array(persons)
  let last = 0
  return personOfRows.map((rows) =>
    rows.map((person) => {
      if (numberOf[person] === 0) numberOf[person] = ++last
      return numberOf[person] as number
    }),
  )
}
