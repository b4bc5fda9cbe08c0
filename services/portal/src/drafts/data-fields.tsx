/** What each partner delivers, and which variables of its data dictionary: those in the draft, or read from its file. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import { type Dataset, dataset as datasetForm } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { useId, useState } from 'react'
import { draftTexts } from '../texts/draft-texts.ts'
import { isWritten, withDataset } from './draft-text.ts'
import { type DocumentFields, Part, Ticks, Written } from './fields.tsx'

export function DataFields({ document, change }: DocumentFields) {
  const say = useTexts(draftTexts)
  const nameOf = (id: string) => document.parties.find((party) => party.id === id)?.name ?? id
  return (
    <Part title={say('dataHead')}>
      {document.datasets.map((dataset, at) => (
        <OneDataset
          key={dataset.id}
          dataset={dataset}
          owner={nameOf(dataset.party)}
          change={(changed) => change(withDataset(document, at, changed))}
        />
      ))}
    </Part>
  )
}

type Props = {
  readonly dataset: Dataset
  readonly owner: string
  readonly change: (dataset: Dataset) => void
}

function OneDataset({ dataset, owner, change }: Props) {
  const say = useTexts(draftTexts)
  const { pick } = useLanguage()
  /** Everything the partner has: what is turned off can be turned on again. */
  const [dictionary, setDictionary] = useState(dataset.dimensions)
  const put = (changed: Partial<Dataset>) => change({ ...dataset, ...changed })
  const labelOf = ({ label, id }: Dataset['dimensions'][number]) => (isWritten(pick(label)) ? pick(label) : id)
  return (
    <section className="kp-stack kp-part__one">
      <Heading level={2} size="level-4">
        {pick(dataset.title)}
      </Heading>
      {(
        [
          ['fDataSubjects', 'dataSubjects', 2000],
          ['fOriginalPurpose', 'originalPurpose', 2000],
          ['fCompatibility', 'compatibility', 2000],
          ['fSchedule', 'schedule', 200],
        ] as const
      ).map(([word, member, most]) => (
        <Written
          key={member}
          label={say(word)}
          value={dataset[member]}
          onChange={(text) => put({ [member]: text })}
          maxLength={most}
        />
      ))}
      <Written
        label={say('fPeriod')}
        hint={say('hPeriod')}
        value={dataset.period}
        onChange={(period) => put({ period })}
        maxLength={15}
      />
      <Ticks
        legend={say('variables', { party: owner })}
        choices={dictionary.map((dimension) => ({ id: dimension.id, label: labelOf(dimension) }))}
        chosen={dataset.dimensions.map(({ id }) => id)}
        onChange={(chosen) => {
          const known = new Map([...dictionary, ...dataset.dimensions].map((one) => [one.id, one]))
          put({ dimensions: chosen.flatMap((id) => known.get(id) ?? []) })
        }}
      />
      <Paragraph size="small" className="kp-soft">
        {say('variablesHint')}
      </Paragraph>
      {dataset.dimensions.map((dimension, at) => {
        const set = (changed: Partial<typeof dimension>) =>
          put({ dimensions: dataset.dimensions.map((one, place) => (place === at ? { ...one, ...changed } : one)) })
        return (
          <div key={dimension.id} className="kp-two">
            <Written
              label={say('fMeaning', { variable: labelOf(dimension) })}
              value={dimension.meaning}
              onChange={(meaning) => set({ meaning })}
              maxLength={600}
            />
            <Written
              label={say('fWhy', { variable: labelOf(dimension) })}
              value={dimension.whyNeeded}
              onChange={(whyNeeded) => set({ whyNeeded })}
              maxLength={600}
            />
          </div>
        )
      })}
      <Dictionary
        dataset={dataset}
        onRead={(read) => {
          setDictionary(read.dimensions)
          change(read)
        }}
      />
    </section>
  )
}

const mostBytes = 2_000_000

/** A file of the partner: a dataset in the agreement's own form, so that nothing is typed over. It is read here and sent when saved. */
function Dictionary({ dataset, onRead }: { readonly dataset: Dataset; readonly onRead: (read: Dataset) => void }) {
  const say = useTexts(draftTexts)
  const id = useId()
  const [outcome, setOutcome] = useState<'wrong' | number>()
  const read = async (file: File | undefined) => {
    if (file === undefined) return
    try {
      if (file.size > mostBytes) throw new Error('too large')
      const told = datasetForm.parse(JSON.parse(await file.text()))
      if (told.party !== dataset.party) throw new Error('another party')
      setOutcome(told.dimensions.length)
      // In the place of this one: its name stays, since tables and populations name it.
      onRead({ ...told, id: dataset.id })
    } catch {
      setOutcome('wrong')
    }
  }
  return (
    <div className="kp-stack kp-stack--tight">
      <label htmlFor={id}>{say('dictionary')}</label>
      <Paragraph size="small" className="kp-soft">
        {say('dictionaryHint')}
      </Paragraph>
      <input
        id={id}
        type="file"
        accept=".json,application/json"
        onChange={(event) => void read(event.target.files?.[0])}
      />
      <div role="status">
        {outcome === 'wrong' && <p className="kp-fault">{say('dictionaryWrong')}</p>}
        {typeof outcome === 'number' && <p>{say('dictionaryRead', { count: outcome })}</p>}
      </div>
    </div>
  )
}
