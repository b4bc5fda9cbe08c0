/**
 * The self-test of an agreement: people who do not exist, the same at every node that holds the same secret, as each partner would
 * have written them down. They go through the code that the file goes through and travel beside it.
 *
 * Seed and secret of their tokens both come from the pseudonym key: nobody outside the group can make these people, and no token
 * of theirs can be equal to that of somebody real.
 * @module
 * @see contracts/docs/protocol.md §6
 */
import {
  type AgreementDocument,
  type Dataset,
  decoyColumn,
  decoyPersonColumn,
  type IdentifierField,
  type LinkageProfile,
} from '@kruispunt/contracts'
import { domainHash, erase, shuffledOrder } from '@kruispunt/crypto'
import { codeColumnType, encodeCodes } from '@kruispunt/extracts'
import { selfTestKeys } from '@kruispunt/lab-record'
import {
  createIdentifierStore,
  createTokenColumns,
  makeSubjects,
  type Subjects,
  type TokenColumns,
  type TokenColumnsInput,
} from '@kruispunt/linkage/node'
import {
  type ErrorRates,
  generateLabelledSet,
  type LabelledColumn,
  type LabelledFile,
  labelledColumns,
} from '@kruispunt/synthetic-region'
import { NodeError } from '../errors.ts'
import { textFieldsOf } from './dataset-spec.ts'
import type { PlainColumn } from './plain-columns.ts'

/** Share of the invented people that each partner knows, drawn for each by itself. */
const coverage = 0.8
/** What is wrong with the rows of every partner, as shares of them. Changed here, it changes at all nodes or the test fails. */
const errors: Partial<ErrorRates> = {
  nameTypo: 0.01,
  partnerName: 0.1,
  callingName: 0.05,
  dayMonthSwapped: 0.003,
  dateDigit: 0.003,
  moved: 0.05,
  missing: { sex: 0.01, postcode: 0.01, houseNumber: 0.01 },
}
const populations: Readonly<Record<LinkageProfile, 'dutch' | 'english'>> = { nl1: 'dutch', en1: 'english' }

export type SelfTestColumns = {
  /** Subjects that the invented rows became. */
  readonly decoys: number
  readonly columns: readonly PlainColumn[]
  /** Erases secret, people and what recognises them; no column can be made afterwards. */
  erase(): Promise<void>
}

type Agreed = Pick<AgreementDocument, 'datasets' | 'linkage'>

const isWritten = (field: IdentifierField): field is LabelledColumn =>
  labelledColumns.some((column) => column === field)

/** The columns that this dataset would have of invented people. An address id and a prefix apart from the partner's name are not made up. */
const columnsOf = (dataset: Dataset): LabelledColumn[] => textFieldsOf(dataset).filter((field) => isWritten(field))

/** Every dataset that takes part is a partner of the set, so that all nodes draw the same one. */
function ownFile(
  { datasets, linkage }: Agreed,
  invented: number,
  own: Dataset,
  pseudonymKey: Uint8Array,
): LabelledFile {
  const partners = datasets.filter((dataset) => selfTestKeys(dataset, linkage).length > 0)
  const hash = domainHash('self-test/seed', pseudonymKey)
  const seed = new DataView(hash.buffer, hash.byteOffset).getUint32(0)
  erase(hash)
  const files = generateLabelledSet({
    seed,
    persons: invented,
    population: populations[linkage.profile],
    partners: partners.map((dataset) => ({ name: dataset.id, coverage, columns: columnsOf(dataset), errors })),
  })
  const file = files[partners.findIndex(({ id }) => id === own.id)]
  if (file === undefined) throw new NodeError('spec_invalid')
  return file
}

/** Its columns by field; the first one says who a row is about. */
function textsOf(file: LabelledFile, columns: readonly LabelledColumn[]): Record<string, string[]> {
  const rows = file.csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(file.delimiter))
  return Object.fromEntries(columns.map((column, at) => [column, rows.map((cells) => cells[at + 1] ?? '')]))
}

/** Per subject, in the order given, the number of its person + 1; of rows taken together the first one's. */
function numbersOf(people: Uint32Array, { subjectOfRow, subjects }: Subjects, order: Uint32Array): Uint16Array {
  const numberOf = new Uint16Array(subjects)
  for (let row = people.length - 1; row >= 0; row--) numberOf[subjectOfRow[row] as number] = (people[row] as number) + 1
  return Uint16Array.from(order, (subject) => numberOf[subject] as number)
}

/** Under a key of their own. */
function tokensApart(input: TokenColumnsInput): TokenColumns {
  const pseudonymKey = domainHash('self-test/tokens', input.pseudonymKey)
  try {
    return createTokenColumns({ ...input, pseudonymKey })
  } finally {
    erase(pseudonymKey)
  }
}

/**
 * @param agreed - all nodes must draw the same people, so the whole agreement, not the own dataset alone
 * @param pseudonymKey - 32 bytes; not kept
 * @returns null when the agreement has no self-test or the dataset no key that it concerns
 */
export function selfTestColumns(agreed: Agreed, dataset: Dataset, pseudonymKey: Uint8Array): SelfTestColumns | null {
  const recipe = agreed.linkage
  const { selfTest: invented } = recipe
  const tested = new Set(selfTestKeys(dataset, recipe))
  if (invented === undefined || tested.size === 0) return null
  const file = ownFile(agreed, invented, dataset, pseudonymKey)
  const identifiers = createIdentifierStore(recipe)
  identifiers.add(file.personOfRows.length, textsOf(file, columnsOf(dataset)))
  const subjects = makeSubjects({ rows: file.personOfRows.length, bsn: null, codes: {}, identifiers })
  const order = shuffledOrder(subjects.subjects)
  const keys = recipe.keys.filter(({ id }) => tested.has(id))
  const tokens = tokensApart({ subjects, identifiers, keys, order, pseudonymKey })
  const numbers = numbersOf(file.personOfRows, subjects, order)
  return {
    decoys: subjects.subjects,
    columns: [
      ...tokens.keys.map(
        ({ id, slots }): PlainColumn => ({
          name: decoyColumn(id),
          table: 'decoys',
          type: 'tokens',
          slots,
          bytes: async () => (await tokens.column(id)).tokens,
        }),
      ),
      {
        name: decoyPersonColumn,
        table: 'decoys',
        type: codeColumnType(invented),
        slots: 1,
        bytes: async () => encodeCodes(numbers, invented),
      },
    ],
    erase: async () => {
      await tokens.erase()
      identifiers.erase()
      numbers.fill(0)
      file.personOfRows.fill(0)
    },
  }
}
