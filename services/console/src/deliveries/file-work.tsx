/**
 * From a chosen file to something that can be sent: look, confirm the columns, read every row, encrypt. A file whose columns are
 * remembered from an earlier month goes through by itself and stops only where a person has to decide.
 * @module
 */
import type { FileCheck, StagedInspection } from '@kruispunt/contracts'
import { Failure, useTexts } from '@kruispunt/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Assigned, checkFile, deliveriesQuery, inspect, prepare, putAway } from '../service.ts'
import { deliveryTexts } from '../texts/delivery-texts.ts'
import { BadRows } from './bad-rows.tsx'
import { FileChoice } from './file-choice.tsx'
import { type Columns, columnsOf, isRemembered, MappingForm } from './mapping-form.tsx'

type Props = { readonly assigned: Assigned; readonly isReplacing: boolean }

export function FileWork({ assigned, isReplacing }: Props) {
  const say = useTexts(deliveryTexts)
  const queries = useQueryClient()
  const [staged, setStaged] = useState<StagedInspection>()
  const [columns, setColumns] = useState<Columns>({})
  const [check, setCheck] = useState<FileCheck>()
  const lookAgain = () => queries.invalidateQueries({ queryKey: deliveriesQuery.queryKey })

  const sealing = useMutation({
    mutationFn: ({ file, mapping, leaveOutBadRows }: { file: string; mapping: Columns; leaveOutBadRows: boolean }) =>
      prepare({ ...assigned, file, mapping, leaveOutBadRows }),
    onSuccess: async () => {
      await lookAgain()
      setStaged(undefined)
    },
  })
  const checking = useMutation({
    mutationFn: ({ file, mapping }: { file: string; mapping: Columns }) => checkFile({ ...assigned, file, mapping }),
    onSuccess: (found, { file, mapping }) => {
      setCheck(found)
      if (found.rowsBad === 0) sealing.mutate({ file, mapping, leaveOutBadRows: false })
    },
    onMutate: () => void lookAgain(),
  })
  const looking = useMutation({
    mutationFn: (file: Blob) => inspect(assigned, file),
    onSuccess: (found) => {
      const mapping = columnsOf(found)
      setStaged(found)
      setColumns(mapping)
      setCheck(undefined)
      if (isRemembered(found)) checking.mutate({ file: found.file, mapping })
    },
  })
  const choose = (file: File) => {
    if (staged !== undefined) void putAway(staged.file)
    setStaged(undefined)
    checking.reset()
    sealing.reset()
    looking.mutate(file)
  }
  const isBusy = looking.isPending || checking.isPending || sealing.isPending
  const failure = looking.error ?? checking.error ?? sealing.error
  return (
    <section className="kp-stack">
      <FileChoice
        title={say(isReplacing ? 'replaceTitle' : 'chooseTitle')}
        note={say(isReplacing ? 'replaceText' : 'nothingSent')}
        isBusy={isBusy}
        isUploading={looking.isPending}
        onFile={choose}
      />
      {failure !== null && <Failure error={failure} />}
      {staged !== undefined && check === undefined && (
        <MappingForm
          found={staged}
          columns={columns}
          onColumns={setColumns}
          isBusy={isBusy}
          onConfirm={() => checking.mutate({ file: staged.file, mapping: columns })}
        />
      )}
      {staged !== undefined && check !== undefined && check.rowsBad > 0 && (
        <BadRows
          check={check}
          isBusy={isBusy}
          onLeaveOut={() => sealing.mutate({ file: staged.file, mapping: columns, leaveOutBadRows: true })}
        />
      )}
    </section>
  )
}
