/**
 * `npm start`: the whole life of a cross-tab on this machine, with real processes, real TLS and the raw files of the practice
 * region. `--fresh` begins anew, `--once` ends when the story has been told.
 * @module
 */
import { parseArgs } from 'node:util'
import { buildPages } from '../pages/build-pages.ts'
import { partners } from './agreement/document.ts'
import { renderAnswers } from './closing.ts'
import { demoFolder, ports, startAfresh } from './folders.ts'
import { CommandFailed, requireRunning, stopAll } from './processes.ts'
import { bold, dim, line } from './say.ts'
import { agree, analyse, deliver, gather } from './story.ts'
import { keepJobOpen, printLinks } from './visit.ts'

async function tell(once: boolean): Promise<void> {
  line(bold('Kruispunt: zes organisaties tellen samen, en laten elkaar niemand zien.'))
  line(dim(`Proef met verzonnen gegevens. Alles staat in ${demoFolder}; opnieuw beginnen: npm start -- --fresh`))
  line()
  if (!once) {
    const built = await buildPages()
    if (built.length > 0) line(dim('De pagina’s zijn opnieuw gebouwd.'))
  }
  const constellation = await gather(await ports(partners.map(({ id }) => id)))
  await agree(constellation)
  await deliver(constellation)
  const { requestId, openUntil, answers } = await analyse(constellation)
  await renderAnswers(constellation, requestId, answers)
  if (once) return
  const { lab } = constellation
  await printLinks(constellation)
  const letGo = keepJobOpen(lab, openUntil)
  line()
  line(
    `Alles blijft draaien tot Ctrl-C.${process.stdin.isTTY ? ' Enter geeft nieuwe links.' : ''} Schakelpunt: ${lab.url}/v1/health`,
  )
  // Whoever types nothing, or types elsewhere, loses nothing by it.
  const onEnter = () => void printLinks(constellation)
  if (process.stdin.isTTY) process.stdin.on('data', onEnter)
  await new Promise<void>((resolve, reject) => {
    const watch = setInterval(() => {
      try {
        requireRunning()
      } catch (error) {
        clearInterval(watch)
        reject(error)
      }
    }, 1000)
    const end = () => {
      clearInterval(watch)
      resolve()
    }
    process.once('SIGINT', end)
    process.once('SIGTERM', end)
  }).finally(letGo)
  process.stdin.off('data', onEnter).pause()
}

const { values } = parseArgs({ options: { once: { type: 'boolean' }, fresh: { type: 'boolean' } } })
if (values.fresh === true) startAfresh()
// While the story runs, Ctrl-C stops everything in order as well.
const interrupted = () => void stopAll().then(() => process.exit(130))
process.once('SIGINT', interrupted)
process.once('SIGTERM', interrupted)
try {
  await tell(values.once === true)
} catch (error) {
  if (!(error instanceof CommandFailed)) throw error
  line()
  line(error.message)
  line(dim(`Logboeken: ${demoFolder}/logs. Opnieuw beginnen: npm start -- --fresh`))
  process.exitCode = 1
} finally {
  await stopAll()
}
