/** Partners down, steps across: who has done what. */
import { Heading } from '@amsterdam/design-system-react'
import type { AgreementView, LabView } from '@kruispunt/contracts'
import { StatusTag, useTexts } from '@kruispunt/ui'
import { labTexts } from '../texts/lab-texts.ts'

type Step = 'done' | 'waits' | 'refusedIt' | 'notAsked'
const tone = { done: 'good', waits: 'busy', refusedIt: 'bad', notAsked: 'quiet' } as const

type Props = { readonly lab: LabView; readonly active: AgreementView | undefined }

export function Partners({ lab, active }: Props) {
  const say = useTexts(labTexts)
  const newest = lab.agreements.find(({ status }) => status === 'active') ?? lab.agreements.at(-1)
  const signed = (id: string): Step => {
    if (newest === undefined) return 'notAsked'
    if (newest.signedBy.some((party) => party === id)) return 'done'
    return newest.waitingFor.some((party) => party === id) ? 'waits' : 'refusedIt'
  }
  const delivered = (id: string): Step => {
    const own = active?.document.datasets.filter(({ party }) => party === id) ?? []
    if (own.length === 0) return 'notAsked'
    const there = newest?.deliveries.filter(({ party }) => party === id) ?? []
    return own.every((dataset) => there.some((delivery) => delivery.dataset === dataset.id)) ? 'done' : 'waits'
  }
  const tag = (step: Step) => <StatusTag tone={tone[step]}>{say(step)}</StatusTag>
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={2}>{say('partners')}</Heading>
      <section className="kp-table-scroll" aria-label={say('partners')} tabIndex={0}>
        <table className="kp-table">
          <thead>
            <tr>
              {(['partner', 'enrolled', 'roster', 'signed', 'delivered'] as const).map((head) => (
                <th key={head} scope="col">
                  {say(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lab.parties.map(({ id, name, enrolled, rosterAccepted }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{tag(enrolled ? 'done' : 'waits')}</td>
                <td>{tag(rosterAccepted ? 'done' : lab.rosterHash === null ? 'notAsked' : 'waits')}</td>
                <td>{tag(signed(id))}</td>
                <td>{tag(delivered(id))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
