/**
 * The life of a cross-tab, step by step, with real processes: from invitations to protected tables. Every step looks first
 * what is there already, so that a story that was interrupted goes on where it was.
 * @module
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { partners } from './agreement/document.ts'
import { demoFolder, type Ports } from './folders.ts'
import { type Answer, type BrokerLab, brokerLab } from './lab.ts'
import { type Partner, partnerNode } from './partner.ts'
import { until } from './processes.ts'
import { questions } from './questions.ts'
import { done, progress, step } from './say.ts'

export type Constellation = { readonly lab: BrokerLab; readonly nodes: readonly Partner[] }

/** Broker and nodes running, enrolled, and agreed on who takes part. */
export async function gather(ports: Ports): Promise<Constellation> {
  const lab = brokerLab(ports)
  step('Het schakelpunt start: eigen sleutels, eigen certificaten, eigen database')
  await lab.setUp()
  await lab.start()
  done(`${lab.url}`)

  step('Zes partners schrijven hun knooppunt in met een uitnodiging')
  const nodes = partners.map(({ id }) => partnerNode(id, ports.nodes[id] ?? 0))
  // Two at a time: each is a process of its own, and a small machine has two cores.
  const waiting = nodes.map((node, index) => ({ node, name: partners[index]?.name ?? node.id }))
  const setUpNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { node, name } = next
      progress(node.id)
      await node.setUp(() => lab.invite(node.id, name))
    }
  }
  await Promise.all([setUpNext(), setUpNext()])
  await Promise.all(nodes.map((node) => node.start()))
  done(nodes.map(({ id, port }) => `${id} :${port}`).join(' · '))

  step('De functionarissen vergelijken de vingerafdruk van de deelnemerslijst')
  if ((await lab.status()).rosterHash === null) await lab.fixRoster()
  const codes = await Promise.all(
    nodes.map((node) =>
      until(`${node.id} sees the roster`, async () => (await node.status()).rosterShortCode ?? undefined),
    ),
  )
  // Out of band in real life: here the code of the first node stands for what is heard on the telephone.
  const heard = codes[0] ?? ''
  for (const node of nodes) if (!(await node.status()).rosterAccepted) await node.acceptRoster(heard)
  done(`code ${heard}, door zes partners bevestigd`)
  return { lab, nodes }
}

/** The agreement proposed, read and signed at each node, and one secret that the broker does not have. */
export async function agree({ lab, nodes }: Constellation): Promise<void> {
  step('De coördinator legt een deelafspraak voor; zes functionarissen lezen en tekenen haar in hun eigen omgeving')
  await until('everybody accepted', async () =>
    (await lab.status()).parties.every(({ rosterAccepted }) => rosterAccepted) ? true : undefined,
  )
  if ((await lab.status()).agreements.length === 0) await lab.propose()
  let code = ''
  for (const node of nodes) {
    progress(node.id)
    const [listed] = await until(`${node.id} sees the agreement`, async () => {
      const agreements = await node.agreements()
      return agreements.length > 0 ? agreements : undefined
    })
    if (listed === undefined || listed.signedBy.includes(node.id)) continue
    const read = await node.agreement(listed.id)
    code = read.shortCode
    await node.sign(read)
  }
  const [agreement] = (await lab.status()).agreements
  done(
    `"${agreement?.title}"${code === '' ? '' : `, code ${code}`}: ondertekend door ${agreement?.signedBy.length} van ${nodes.length}`,
  )

  step('De knooppunten spreken onderling een geheim af; het schakelpunt geeft alleen door')
  const ceremonies = await Promise.all(
    nodes.map((node) =>
      until(`${node.id} has the key`, async () => (await node.ceremonies()).find(({ keyUsable }) => keyUsable)),
    ),
  )
  done(`ronde ${ceremonies[0]?.epoch}, bevestigd door ${ceremonies.length} knooppunten`)
}

/** Six raw files as they came out of six systems. */
export async function deliver({ lab, nodes }: Constellation): Promise<void> {
  step('Zes ruwe bestanden: bekeken, gekoppeld, gecontroleerd, versleuteld en verstuurd')
  const told = new Map<number, string>()
  const waiting = [...nodes.entries()]
  const deliverOne = async (index: number, node: Partner): Promise<void> => {
    const { file } = partners[index] ?? { file: '' }
    if ((await node.deliveries()).some(({ state }) => state === 'sent' || state === 'sending')) return
    progress(`${node.id}: bekijken`)
    const inspected = await node.inspect(file)
    progress(`${node.id}: controleren en versleutelen`)
    const prepared = await node.prepare(inspected)
    progress(`${node.id}: versturen`)
    await node.send(prepared)
    const { rowsRead, findings, leaves, subjects } = prepared.report
    const bytes = leaves.reduce((sum, column) => sum + column.bytes, 0)
    const warnings = findings.reduce((sum, finding) => sum + (finding.severity === 'notice' ? 0 : finding.count), 0)
    told.set(
      index,
      `${node.id.padEnd(10)} ${String(rowsRead).padStart(5)} regels → ${String(prepared.subjects).padStart(5)} personen, ${String(subjects.bsn.valid).padStart(5)} geldige bsn's, ${warnings} bevindingen, ${leaves.length} kolommen, ${Math.ceil(bytes / 1024)} KiB`,
    )
  }
  // Two at a time: while one waits for the others to work on its joint numbers, the other reads its file.
  const deliverNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await deliverOne(...next)
  }
  await Promise.all([deliverNext(), deliverNext()])
  const delivered = await until('all deliveries are on record', async () => {
    const [agreement] = (await lab.status()).agreements
    return agreement?.deliveries.length === nodes.length ? agreement.deliveries : undefined
  })
  const lines = [...told].sort(([a], [b]) => a - b).map(([, line]) => line)
  done(...(lines.length === 0 ? [`${delivered.length} leveringen waren er al`] : lines))
}

/** One job: keys released by the nodes themselves, linked, counted, checked. */
export async function analyse({
  lab,
}: Constellation): Promise<{ requestId: string; openUntil: string | null; answers: Answer[] }> {
  step('De coördinator vraagt een berekening aan; ieder knooppunt controleert zelf en geeft de kolomsleutels vrij')
  const job = await lab.openJob('Langer thuis en overlast: waar raken zorg en meldingen elkaar?')
  done(`geopend tot ${job.notAfter?.slice(11, 16)} UTC`)

  step('Koppelen, tellen, onthullingscontrole')
  const answers: Answer[] = []
  mkdirSync(join(demoFolder, 'answers'), { recursive: true })
  for (const question of questions) {
    progress(question.title)
    const answer = await lab.ask(job.requestId, question)
    const file = join(demoFolder, 'answers', `${question.name}.json`)
    writeFileSync(`${file}.part`, JSON.stringify(answer, null, 2))
    renameSync(`${file}.part`, file)
    answers.push(answer)
  }
  done(`${answers.length} tabellen beantwoord`)
  return { requestId: job.requestId, openUntil: job.notAfter, answers }
}
