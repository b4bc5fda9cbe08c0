/**
 * After the story: the portal stays open to click through, with an analysis job that is opened again whenever its time is up.
 * The demo holds the demo coordinator's key for that; in earnest the coordinator signs each request.
 * @module
 */
import type { BrokerLab } from './lab.ts'
import { bold, dim, line } from './say.ts'
import type { Constellation } from './story.ts'

const question = 'Proef: rondkijken in het portaal'

const visitors = [
  { name: 'coordinator', display: 'Coördinator van de proef', role: 'coordinator', can: 'zelf een tabel maken' },
  { name: 'auditor', display: 'Auditor van de proef', role: 'auditor', can: 'het controlespoor nalopen' },
  {
    name: 'gemeente',
    display: 'Beleidsadviseur van de proef',
    role: 'partner-reader:gemeente',
    can: 'meedenken voor de gemeente',
  },
] as const

const colleagues = [
  { name: 'steward', display: 'Gegevensbeheerder van de proef', role: 'steward', can: 'een bestand leveren' },
  {
    name: 'privacy',
    display: 'Privacy officer van de proef',
    role: 'privacy-officer',
    can: 'lezen, tekenen, intrekken',
  },
  { name: 'operator', display: 'Beheerder van de proef', role: 'operator', can: 'het knooppunt draaiend houden' },
] as const

/** Prints an address for each role. Each works once; asking again gives new ones. */
export async function printLinks({ lab, nodes: [node] }: Constellation): Promise<void> {
  line()
  line(bold('Zelf kijken in het portaal (iedere link werkt één keer, een uur lang)'))
  for (const { name, display, role, can } of visitors) {
    await lab.letIn(name, display, role)
    line(`  ${can.padEnd(28)} ${await lab.signInLink(name)}`)
  }
  if (node === undefined) return
  line()
  line(bold(`En in de eigen console van één partner (${node.id})`))
  for (const { name, display, role, can } of colleagues) {
    await node.letIn(name, display, role)
    line(`  ${can.padEnd(28)} ${await node.signInLink(name)}`)
  }
  line(dim('  Tekenen en intrekken: functionaris "privacy"; haar wachtwoordzin staat in deze proef in'))
  line(dim(`  ${node.passphraseFile}`))
}

/** @param until - of the job that is open now, as an instant; @returns stops it */
export function keepJobOpen(lab: BrokerLab, until: string | null): () => void {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const wait = (instant: string | null): void => {
    if (isStopped || instant === null) return
    timer = setTimeout(() => void again(), Math.max(0, Date.parse(instant) - Date.now()) + 2000)
  }
  const again = async (): Promise<void> => {
    try {
      wait((await lab.openJob(question)).notAfter)
    } catch {
      line(dim('  Er kon geen nieuwe berekening worden geopend. Begin opnieuw: npm start -- --fresh'))
    }
  }
  wait(until)
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}
