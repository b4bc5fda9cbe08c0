/**
 * From a question and released tables to a record that says all that is needed to make it again.
 * @module
 */
import type { Bilingual } from '@kruispunt/contracts'
import { differences } from './descriptive/differences.ts'
import { shares } from './descriptive/shares.ts'
import { trend } from './descriptive/trend.ts'
import { association } from './diagnostic/association.ts'
import { funnel } from './diagnostic/funnel.ts'
import { rates } from './diagnostic/rates.ts'
import { standardisedRates } from './diagnostic/standardised-rates.ts'
import { library } from './distributions.ts'
import type { Made, Tables, UsedTable } from './making.ts'
import { forecast } from './predictive/forecast.ts'
import { AnalysisError, type AnalysisProblemCode, analysisProblems } from './problems.ts'
import { type AnalysisRequest, type AnalysisType, aboutOnePerson, analysisRequest, type RequestOf } from './request.ts'
import { countsOf, type Limits } from './tables/bounds.ts'
import { type GivenTable, type ReadTable, readAnswer } from './tables/read-answers.ts'
import { Table } from './tables/table.ts'
import { assumptionsOf, limitsOf } from './what-holds.ts'

export const recordFormat = 'kruispunt-analysis/1'

/** Changes whenever the same question and tables would give another record. */
const version = '1'

export type AnalysisRecord = {
  readonly format: typeof recordFormat
  readonly kind: Made['kind']
  readonly type: AnalysisType
  readonly question: Bilingual
  readonly request: AnalysisRequest
  readonly tables: readonly UsedTable[]
  readonly methods: Made['methods']
  readonly assumptions: readonly Bilingual[]
  readonly limits: readonly Bilingual[]
  readonly result: object
  readonly findings: readonly Bilingual[]
  readonly software: readonly { readonly name: string; readonly version: string }[]
}

export type Refused = {
  readonly outcome: 'refused'
  readonly code: AnalysisProblemCode
  readonly reason: Bilingual
  readonly remedy: Bilingual
  /** Which fields of the question are meant, if any: paths, never values. */
  readonly fields: readonly string[]
}

export type Outcome = { readonly outcome: 'analysed'; readonly record: AnalysisRecord } | Refused

const methods: { readonly [Type in AnalysisType]: (tables: Tables, request: RequestOf<Type>) => Made } = {
  shares,
  differences,
  trend,
  rates,
  association,
  'standardised-rates': standardisedRates,
  funnel,
  forecast,
}

/**
 * @param asked - an {@link AnalysisRequest}; held against its form here
 * @param given - answers as the broker gave them, in the order in which the question counts them
 * @param limits - when to give up working out bounds of withheld cells
 */
export async function analyse(asked: unknown, given: readonly GivenTable[], limits: Limits): Promise<Outcome> {
  try {
    return { outcome: 'analysed', record: await made(readRequest(asked), given.map(readAnswer), limits) }
  } catch (error) {
    if (error instanceof AnalysisError) return refusal(error)
    throw error
  }
}

/** One text for one record: what is compared when an analysis is made again. */
export const recordText = (record: AnalysisRecord): string => `${JSON.stringify(record, undefined, 2)}\n`

export function refusal({ code, fields }: AnalysisError): Refused {
  const { reason, remedy } = analysisProblems[code]
  return { outcome: 'refused', code, reason, remedy, fields }
}

/** @throws {@link AnalysisError} `about_one_person`, `request_malformed` */
function readRequest(asked: unknown): AnalysisRequest {
  const { type } = { ...(asked as { readonly type?: unknown }) }
  if (typeof type === 'string' && aboutOnePerson.has(type)) throw new AnalysisError('about_one_person')
  const parsed = analysisRequest.safeParse(asked)
  if (parsed.success) return parsed.data
  throw new AnalysisError(
    'request_malformed',
    parsed.error.issues.map(({ path }) => path.join('.')),
  )
}

async function made(request: AnalysisRequest, read: readonly ReadTable[], limits: Limits): Promise<AnalysisRecord> {
  const counts = await countsOf(read, limits)
  const tables = read.map(({ answer }, index) => new Table(answer, counts[index] ?? new Map()))
  // Each method takes the requests of its own type, which the table above holds it to.
  const method = methods[request.type] as (tables: Tables, request: AnalysisRequest) => Made
  const { kind, question, methods: ways, assumptions, limits: reach, result, findings } = method(tables, request)
  const used = tables.map((table, index): UsedTable => {
    const { title, population, unit, mode, release, tableHash, resultSha256 } = table.answer
    const { largestError = 0 } = read[index] ?? {}
    return {
      title,
      population,
      unit,
      mode,
      release,
      tableHash,
      resultSha256,
      ...(largestError > 0 ? { largestError } : {}),
      ...table.used,
    }
  })
  return {
    format: recordFormat,
    kind,
    type: request.type,
    question,
    request,
    tables: used,
    methods: ways,
    assumptions: [...assumptionsOf(used), ...assumptions],
    limits: [...reach, ...limitsOf(used, kind)],
    result,
    findings,
    software: [{ name: '@kruispunt/analyses', version }, library],
  }
}
