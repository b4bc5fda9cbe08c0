/**
 * From a chosen file to something that can be sent: look, confirm the columns, read every row, encrypt. A file whose columns are
 * remembered from an earlier month goes through by itself and stops only where a person has to decide.
 * @module
 */
import { Alert, Button, Paragraph } from '@amsterdam/design-system-react'
import type { FileCheck, StagedInspection } from '@kruispunt/contracts'
import { Failure, useTexts } from '@kruispunt/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Assigned, checkFile, deliveriesQuery, inspect, inspectAgain, prepare, putAway } from '../service.ts'
import { deliveryTexts } from '../texts/delivery-texts.ts'
import { BadRows } from './bad-rows.tsx'
import { FileChoice } from './file-choice.tsx'
import { type Columns, columnsOf, isRemembered, MappingForm } from './mapping-form.tsx'
import { asOrdered, isRight, noObjection, type Objection, ObjectionForm } from './objection.tsx'
import { type PreflightFault, preflight } from './preflight.ts'
import { WaitingFile } from './waiting-file.tsx'

type Props = {
  readonly assigned: Assigned
  readonly isReplacing: boolean
  /** Somebody, or a tab that was closed, is at it: the node says how far. */
  readonly isGoing: boolean
  /** Handed over for this assignment and not worked through. */
  readonly waiting: readonly { readonly file: string; readonly at: string }[]
}
type Chosen = { readonly file: string; readonly mapping: Columns }

/** Leaving the page would break off what is on its way to the node. */
function useKeepOpen(isUploading: boolean): void {
  useEffect(() => {
    if (!isUploading) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isUploading])
}

function useFileWork(assigned: Assigned, objection: Objection | undefined, onSealed: () => void) {
  const queries = useQueryClient()
  const [staged, setStaged] = useState<StagedInspection>()
  const [columns, setColumns] = useState<Columns>({})
  const [check, setCheck] = useState<FileCheck>()
  const [sent, setSent] = useState(0)
  const lookAgain = () => queries.invalidateQueries({ queryKey: deliveriesQuery.queryKey })
  const sealing = useMutation({
    mutationFn: ({ leaveOutBadRows, ...chosen }: Chosen & { leaveOutBadRows: boolean }) =>
      prepare({
        ...assigned,
        ...chosen,
        leaveOutBadRows,
        ...(objection === undefined ? {} : { objections: [asOrdered(objection)] }),
      }),
    // The order names a person: it is kept no longer than the call.
    gcTime: 0,
    onSuccess: async () => {
      await lookAgain()
      setStaged(undefined)
      onSealed()
    },
  })
  const checking = useMutation({
    mutationFn: (chosen: Chosen) => checkFile({ ...assigned, ...chosen }),
    onSuccess: (found, chosen) => {
      setCheck(found)
      if (found.rowsBad === 0) sealing.mutate({ ...chosen, leaveOutBadRows: false })
    },
    onMutate: () => void lookAgain(),
  })
  const looking = useMutation({
    mutationFn: (file: File | string) =>
      typeof file === 'string' ? inspectAgain(assigned, file) : inspect(assigned, file, setSent),
    onMutate: () => setSent(0),
    onSuccess: (found) => {
      const mapping = columnsOf(found)
      setStaged(found)
      setColumns(mapping)
      setCheck(undefined)
      if (isRemembered(found)) checking.mutate({ file: found.file, mapping })
    },
    onSettled: lookAgain,
  })
  const begin = (file: File | string) => {
    if (staged !== undefined) void putAway(staged.file)
    setStaged(undefined)
    checking.reset()
    sealing.reset()
    looking.mutate(file)
  }
  return {
    staged,
    columns,
    setColumns,
    check,
    sent,
    begin,
    drop: async (file: string) => {
      await putAway(file)
      await lookAgain()
    },
    confirm: () => staged !== undefined && checking.mutate({ file: staged.file, mapping: columns }),
    leaveOut: () =>
      staged !== undefined && sealing.mutate({ file: staged.file, mapping: columns, leaveOutBadRows: true }),
    isUploading: looking.isPending,
    isBusy: looking.isPending || checking.isPending || sealing.isPending,
    failure: looking.error ?? checking.error ?? sealing.error,
  }
}

export function FileWork({ assigned, isReplacing, isGoing, waiting }: Props) {
  const say = useTexts(deliveryTexts)
  const [objection, setObjection] = useState<Objection>()
  const [isWrong, setWrong] = useState(false)
  const [fault, setFault] = useState<PreflightFault>()
  const work = useFileWork(assigned, objection, () => setObjection(undefined))
  useKeepOpen(work.isUploading)
  const begin = (file: File | string) => {
    const fits = objection === undefined || isRight(objection)
    setWrong(!fits)
    if (fits) work.begin(file)
  }
  const choose = async (file: File) => {
    const found = await preflight(file)
    setFault(found)
    if (found === undefined) begin(file)
  }
  // Of another tab: what it does is shown as progress; choosing beside it would only get in its way.
  if (isGoing && !work.isBusy) return null
  const [left] = waiting.filter(({ file }) => file !== work.staged?.file)
  const showsLeft = left !== undefined && !work.isBusy && work.staged === undefined
  return (
    <section className="kp-stack">
      {showsLeft && (
        <WaitingFile
          at={left.at}
          isBusy={work.isBusy}
          onGoOn={() => begin(left.file)}
          onPutAway={() => void work.drop(left.file)}
        />
      )}
      {objection !== undefined && <ObjectionForm objection={objection} onObjection={setObjection} isWrong={isWrong} />}
      <FileChoice
        title={say(objection !== undefined ? 'objectionFile' : isReplacing ? 'replaceTitle' : 'chooseTitle')}
        note={say(isReplacing ? 'replaceText' : 'nothingSent')}
        isBusy={work.isBusy}
        sent={work.isUploading ? work.sent : undefined}
        onFile={(file) => void choose(file)}
      />
      {fault !== undefined && (
        <Alert heading={say('noTable')} headingLevel={2} severity="warning" role="alert">
          <Paragraph>{say(`fault-${fault}`)}</Paragraph>
        </Alert>
      )}
      {isReplacing && !work.isBusy && work.staged === undefined && (
        <div>
          <Button
            variant="secondary"
            onClick={() => {
              setWrong(false)
              setObjection(objection === undefined ? noObjection : undefined)
            }}
          >
            {say(objection === undefined ? 'objectionOpen' : 'objectionClose')}
          </Button>
        </div>
      )}
      {work.failure !== null && <Failure error={work.failure} />}
      {work.staged !== undefined && work.check === undefined && (
        <MappingForm
          found={work.staged}
          columns={work.columns}
          onColumns={work.setColumns}
          isBusy={work.isBusy}
          onConfirm={work.confirm}
        />
      )}
      {work.staged !== undefined && work.check !== undefined && work.check.rowsBad > 0 && (
        <BadRows check={work.check} isBusy={work.isBusy} onLeaveOut={work.leaveOut} />
      )}
    </section>
  )
}
