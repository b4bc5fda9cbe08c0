/**
 * `kruispunt-disclosure sequence`: questions answered one after the other, or together as one system.
 * @module
 */
import { unsafePositions } from '@kruispunt/disclosure'
import { readSequence, shownNames } from '../input/sequence-file.ts'
import { viewOf } from '../input/view.ts'
import { answerInOrder, answerTogether } from './answer-all.ts'
import { explained, refusal } from './explained.ts'
import { openCertificate, privateRecord, publishedCells, publishedDimension } from './published.ts'
import type { Finished, Running } from './running.ts'

/** @throws {@link InputRefused} */
export async function sequence(raw: unknown, running: Running): Promise<Finished> {
  const { title, policy, catalogue, together, questions } = readSequence(raw)
  const answer = together ? answerTogether : answerInOrder
  const answers: object[] = []
  const hidden: object[] = []
  for (const { asked, outcome } of await answer(questions, policy, running)) {
    const { table } = asked
    const { shown, filters } = asked.views
    answers.push({
      id: asked.id,
      ...(asked.release === '' ? {} : { release: asked.release }),
      dimensions: catalogue ? shownNames(shown) : shown.map(publishedDimension),
      ...(Object.keys(asked.filter).length === 0 ? {} : { filter: asked.filter }),
      ...(outcome.outcome === 'refused'
        ? refusal({ policy, table, outcome })
        : {
            outcome: 'answered',
            cells: publishedCells(
              shown,
              outcome.cells.map((cell) => ({ ...cell, at: cell.at.slice(0, shown.length) })),
            ),
            explanation: explained({ policy, table, outcome }),
            certificate: openCertificate(outcome.certificate),
          }),
    })
    const certificate = outcome.outcome === 'answered' ? outcome.certificate : undefined
    hidden.push({
      id: asked.id,
      ...privateRecord([...shown, ...filters], table, unsafePositions(table, policy.rules), certificate),
    })
  }
  const refused = answers.filter((answer) => 'outcome' in answer && answer.outcome === 'refused').length
  return {
    ending: refused === answers.length ? 'refused' : 'done',
    result: {
      format: 'kruispunt-sequence/1',
      ...(title === undefined ? {} : { title }),
      population: questions[0]?.table.population,
      unit: questions[0]?.table.unit,
      minimum: policy.rules.minimum,
      ...(catalogue ? { dimensions: catalogue.map((dimension) => publishedDimension(viewOf(dimension))) } : {}),
      answered: answers.length - refused,
      refused,
      answers,
    },
    hidden: { format: 'kruispunt-private/1', answers: hidden },
  }
}
