/** The integrity check, in the browser of whoever doubts. */
import { Alert, Button, Heading, Paragraph, UnorderedList } from '@amsterdam/design-system-react'
import type { LabId } from '@kruispunt/contracts'
import { Failure, useTexts } from '@kruispunt/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { checkpointsQuery, inclusionProof } from '../service.ts'
import { logTexts } from '../texts/log-texts.ts'
import { fromHex } from './verify/bytes.ts'
import { readCheckpoint } from './verify/checkpoint.ts'
import { isIncluded } from './verify/merkle.ts'
import { type Envelope, leafOf, type Verdict, type VerifyFault, verifyLog } from './verify/verify-log.ts'

type Props = { readonly lab: LabId; readonly entries: readonly { readonly envelope: Envelope }[] }

export function VerifyPanel({ lab, entries }: Props) {
  const say = useTexts(logTexts)
  const queries = useQueryClient()
  const checking = useMutation({
    mutationFn: async () => {
      const { latest, quorum } = await queries.fetchQuery({ ...checkpointsQuery(lab), staleTime: 0 })
      const note = quorum ?? latest
      const verdict = await verifyLog(
        entries.map(({ envelope }) => envelope),
        note,
      )
      return { verdict, proof: await proofOfLast(lab, entries, note) }
    },
  })
  return (
    <section className="kp-stack kp-panel">
      <Heading level={2}>{say('verify')}</Heading>
      <Paragraph className="kp-measure">{say('verifyLead')}</Paragraph>
      <div className="kp-no-print">
        <Button aria-disabled={checking.isPending} onClick={() => checking.mutate()}>
          {say(checking.isPending ? 'verifying' : 'verifyAction')}
        </Button>
      </div>
      {checking.error !== null && <Failure error={checking.error} level={3} />}
      <div aria-live="polite">{checking.data !== undefined && <Outcome {...checking.data} />}</div>
    </section>
  )
}

type Proof = { readonly number: number; readonly size: number; readonly steps: number; readonly isRight: boolean }

/** The broker's own proof for the last line that the checkpoint covers, held against the checkpoint's root. */
async function proofOfLast(lab: LabId, entries: Props['entries'], note: string): Promise<Proof | undefined> {
  const checkpoint = readCheckpoint(note)
  const number = (checkpoint?.size ?? 0) - 1
  const envelope = entries[number]?.envelope
  if (checkpoint === undefined || envelope === undefined) return undefined
  const { size, root } = checkpoint
  const steps = (await inclusionProof(lab, number, size)).proof.map(fromHex)
  const isRight = await isIncluded({ index: number, size, leaf: await leafOf(envelope), proof: steps, root })
  return { number, size, steps: steps.length, isRight }
}

type OutcomeProps = { readonly verdict: Verdict | VerifyFault; readonly proof: Proof | undefined }

function Outcome({ verdict, proof }: OutcomeProps) {
  const say = useTexts(logTexts)
  if (typeof verdict === 'string')
    return (
      <Alert heading={say('verifiedBad')} headingLevel={3} severity={verdict === 'no-roster' ? 'warning' : 'error'}>
        <Paragraph>{say(`fault-${verdict}`)}</Paragraph>
      </Alert>
    )
  const { size, lines, isRootRight, isSignedByLog, cosigners, quorum, unsigned, rootHex } = verdict
  const hasQuorum = cosigners.length >= quorum
  const isGood = isRootRight && isSignedByLog && hasQuorum && unsigned.length === 0 && proof?.isRight === true
  const witnesses = { count: cosigners.length, quorum, names: cosigners.join(', ') }
  const findings = [
    say(isRootRight ? 'vRoot' : 'vRootNot', { size }),
    say(isSignedByLog ? 'vLog' : 'vLogNot'),
    say(hasQuorum ? 'vWitnesses' : 'vWitnessesNot', witnesses),
    unsigned.length === 0 ? say('vLines', { count: lines }) : say('vLinesNot', { lines: unsigned.join(', ') }),
    ...(proof === undefined ? [] : [say(proof.isRight ? 'proved' : 'provedNot', { ...proof, isRight: '' })]),
    ...(lines > size ? [say('vLater', { count: lines - size })] : []),
    say('vRoster'),
  ]
  return (
    <Alert
      heading={say(isGood ? 'verifiedGood' : 'verifiedBad')}
      headingLevel={3}
      severity={isGood ? 'success' : 'error'}
    >
      {!isGood && <Paragraph>{say('verifiedBadText')}</Paragraph>}
      <UnorderedList>
        {findings.map((finding) => (
          <UnorderedList.Item key={finding}>{finding}</UnorderedList.Item>
        ))}
      </UnorderedList>
      <p>
        {say('vRootHash')}: <code className="kp-hash">{rootHex}</code>
      </p>
    </Alert>
  )
}
