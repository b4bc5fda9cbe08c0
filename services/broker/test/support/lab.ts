/** A lab with partners that have enrolled, and the roster on record. */

import { join } from 'node:path'
import { toHex } from '@kruispunt/crypto'
import { createApiClient } from '../../src/cli/api-client.ts'
import { openStore } from '../../src/db/open.ts'
import { putRoster } from '../../src/enrolment/put-roster.ts'
import { challengeMessage } from '../../src/sessions/challenge-message.ts'
import { coordinator, lab, startTestBroker, type TestBroker, type TestOptions } from './broker.ts'
import { createSigner, enrolmentFor, makeParty, type Party } from './party.ts'

export type Member = Party & {
  readonly certificate: string
  client(broker: TestBroker): ReturnType<typeof createApiClient>
}

export const anonymous = (broker: TestBroker) =>
  createApiClient({ url: broker.url, caCertificate: broker.keys.authority.certificatePem, now: broker.now })

export async function enrolMember(broker: TestBroker, party: Party): Promise<Member> {
  const answer = await anonymous(broker).ask({
    method: 'POST',
    path: '/v1/enrolments',
    json: enrolmentFor(party, broker.invite(party.id)),
  })
  const { certificate } = answer as { certificate: string }
  return {
    ...party,
    certificate,
    client: (target) =>
      createApiClient({
        url: target.url,
        caCertificate: target.keys.authority.certificatePem,
        certificate,
        key: party.tlsKeyPem,
      }),
  }
}

/** A client with the coordinator's session. */
export async function coordinatorClient(broker: TestBroker) {
  const client = anonymous(broker)
  const { keyId } = coordinator
  const issued = (await client.ask({
    method: 'POST',
    path: '/v1/session-challenges',
    json: { lab, keyId },
  })) as { challenge: string }
  const signature = toHex(coordinator.sign(challengeMessage(lab, keyId, issued.challenge)))
  const { token } = (await client.ask({
    method: 'POST',
    path: '/v1/sessions',
    withProof: true,
    json: { lab, keyId, challenge: issued.challenge, signature },
  })) as { token: string }
  client.useToken(token)
  return { client, token }
}

type LabOptions = TestOptions & {
  /** Once everybody has enrolled, while there is no roster yet. */
  beforeRoster?: (broker: TestBroker) => Promise<void>
}

export async function startTestLab(names: readonly string[] = ['ggd', 'politie'], options: LabOptions = {}) {
  const broker = await startTestBroker(options)
  const members: Member[] = []
  for (const name of names) members.push(await enrolMember(broker, makeParty(name)))
  await options.beforeRoster?.(broker)
  const store = openStore(join(broker.dataDir, 'broker.db'))
  const expires = new Date((options.now ?? Date.now)() + 365 * 86_400_000)
  const rosterHash = putRoster({ store, keys: broker.keys }, broker.logs.get(lab), expires)
  store.close()
  const signer = createSigner(lab, rosterHash, options.now)
  const accept = (member: Member) =>
    signer.sign(member.id, [member.officer, member.node, member.witness], { kind: 'roster-acceptance', rosterHash })
  const submit = (member: Member, envelope: unknown, target = broker) =>
    member.client(target).send({ method: 'POST', path: `/v1/labs/${lab}/statements`, json: { envelope } })
  return { broker, members, rosterHash, signer, accept, submit }
}
