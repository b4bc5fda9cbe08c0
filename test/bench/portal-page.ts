/**
 * What the portal weighs and how quickly it is there, in a real browser against the running demo.
 *
 * `node test/bench/portal-page.ts FOLDER [--runs n]`, FOLDER being that of a demo that runs (`npm start`; `.kruispunt/demo`).
 * Prints the weight of the script that the first page asks for, as it travels, and of all there is; and medians: a first page with nothing kept, next to an empty page of the same
 * listener in the same run; a new cross-tab from the click to the figures on the screen, next to the broker's own answer to it;
 * 500 cells scrolled, as frames that took longer than 50 ms.
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import type { CrossTabAnswer } from '@kruispunt/contracts'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../journeys/support/browser.ts'
import { openLab } from '../journeys/support/open-lab.ts'
import { root } from '../scenarios/support/processes.ts'
import { say } from './timing.ts'

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const ms = (value: number) => `${Math.round(value)} ms`

/** Every script of the page, those that are loaded later among them. */
function scriptKilobytes(): number {
  const folder = join(root, 'services', 'portal', 'dist', 'assets')
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'))
  return scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length, 0) / 1024
}

/** Of the scripts that the first page asks for, as they travel. */
async function firstKilobytes(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(address, { waitUntil: 'networkidle' })
  const bytes = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.js'))
      .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
  )
  await context.close()
  return bytes / 1024
}

/** From asking for the address to the page's own heading on the screen. */
async function firstPage(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const started = performance.now()
  await page.goto(address, { waitUntil: 'commit' })
  await page.locator('h1').waitFor()
  const taken = performance.now() - started
  await context.close()
  return taken
}

/** An address of the same listener with nothing to draw. */
async function emptyPage(browser: Browser, portal: string): Promise<number> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const started = performance.now()
  await page.goto(`${portal}/mark.svg`)
  const taken = performance.now() - started
  await context.close()
  return taken
}

type Asked = { readonly onScreen: number; readonly answered: number }

/** Tables that were not asked before come first; asked again they are the ledger's, and as quick for the page. */
async function askTable(page: Page, portal: string, search: string): Promise<Asked> {
  await page.goto(`${portal}/labs/praktijk/ask?${search}`)
  const show = page.getByRole('button', { name: 'Toon de tabel' })
  await show.waitFor()
  await page.getByText('vragen over').waitFor()
  const response = page.waitForResponse((answer) => answer.request().method() === 'POST')
  const onScreen = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const started = performance.now()
        const watch = new MutationObserver(() => {
          if (document.querySelector('.kp-cross-tab, .ams-alert[role=alert]') === null) return
          watch.disconnect()
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)))
        })
        watch.observe(document.body, { childList: true, subtree: true })
        document.querySelector<HTMLButtonElement>('form button[type=submit]')?.click()
      }),
  )
  const { responseEnd, requestStart } = (await response).request().timing()
  return { onScreen, answered: Math.max(0, responseEnd - Math.max(0, requestStart)) }
}

/** Scrolls the table from top to bottom. @returns cells, and the frames that came too late to look smooth */
const scroll = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ cells: number; frames: number; late: number } | undefined>((resolve) => {
        const region = document.querySelector<HTMLElement>('.kp-table-scroll:has(.kp-cross-tab)')
        if (region === null) return resolve(undefined)
        const cells = region.querySelectorAll('td').length
        let [frames, late, before] = [0, 0, performance.now()]
        const step = (now: number) => {
          frames += 1
          if (now - before > 50) late += 1
          before = now
          region.scrollTop += 24
          const isDone = region.scrollTop + region.clientHeight >= region.scrollHeight - 1
          if (isDone || frames > 600) resolve({ cells, frames, late })
          else requestAnimationFrame(step)
        }
        requestAnimationFrame(step)
      }),
  )

/** An answer of 50 by 10, for where disclosure control lets none of that size through: what is measured is the page. */
const manyAnswer = (answer: CrossTabAnswer): CrossTabAnswer => {
  const [down, across] = [50, 10].map((count, side) => ({
    ...(answer.axes[side] as CrossTabAnswer['axes'][number]),
    nodes: Array.from({ length: count }, (_, at) => ({
      code: `c${at}`,
      label: { nl: `Buurt ${at}`, en: `Neighbourhood ${at}` },
      level: at === 0 ? null : 'l',
      parent: at === 0 ? null : 0,
    })),
  })) as [CrossTabAnswer['axes'][number], CrossTabAnswer['axes'][number]]
  const cells = down.nodes.flatMap((_, row) =>
    across.nodes.map((_, column) => ({ at: [row, column], state: 'released' as const, count: 100 + row * column })),
  )
  return { ...answer, rows: 1, axes: [down, across], cells }
}

const questions = [
  'rows=["gemeente.area%40wijk"]&columns=["gemeente.wmo%40wmo-any"]',
  'rows=["gemeente.age%40gemeente.age"]&columns=["presence:politie%40presence"]',
  'rows=["gemeente.area%40wijk"]&columns=["presence:zorg%40presence"]',
  'rows=["gemeente.area%40wijk"]&columns=["presence:scholen%40presence"]',
  'rows=["gemeente.age%40gemeente.age"]&columns=["gemeente.wmo%40wmo-any"]',
]
/** One that was answered before. */
const smallQuestion = {
  table: 'residents',
  rows: [{ dimension: 'gemeente.age', levels: ['gemeente.age'] }],
  columns: [{ dimension: 'gemeente.wmo', levels: ['wmo-any'] }],
}
const manyCells = 'rows=["gemeente.area%40wijk%2Bbuurt"]&columns=["gemeente.age%40gemeente.age"]'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '7' } },
})
const [folder] = positionals
if (folder === undefined) throw new Error('Name the folder of a demo that runs.')
process.env.KRUISPUNT_JOURNEYS_FOLDER = folder
const lab = await openLab()
const browser = await launchBrowser()
try {
  const runs = Array.from({ length: Number(values.runs) })
  const [first, empty]: [number[], number[]] = [[], []]
  for (const _ of runs) {
    first.push(await firstPage(browser, lab.portal))
    empty.push(await emptyPage(browser, lab.portal))
  }
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(300_000)
  const page = await context.newPage()
  await page.goto(await lab.link('coordinator'))
  await page.locator('h1').waitFor()
  const asked: Asked[] = []
  for (const question of questions) asked.push(await askTable(page, lab.portal, `table="residents"&${question}`))
  const atFirst = await firstKilobytes(browser, lab.portal)
  say(
    'script, compressed (mark 350 kB)',
    `${atFirst.toFixed(0)} kB at first, ${scriptKilobytes().toFixed(0)} kB in all (gzip)`,
  )
  say('first page (mark 1500 ms)', `${ms(median(first))}; an empty one ${ms(median(empty))}`)
  const [shown, answered] = [median(asked.map(({ onScreen }) => onScreen)), median(asked.map((one) => one.answered))]
  say('new cross-tab on the screen (mark 500 ms)', `${ms(shown)}, of which the broker ${ms(answered)}`)
  let many = await askTable(page, lab.portal, `table="residents"&${manyCells}`)
  let scrolled = await scroll(page)
  if (scrolled === undefined) {
    say(
      'a table of some hundred cells',
      `refused by the broker after ${ms(many.onScreen)}; drawn from a made-up answer`,
    )
    await page.route('**/cross-tabs', async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      const response = await route.fetch({ postData: JSON.stringify(smallQuestion) })
      return route.fulfill({ response, json: manyAnswer((await response.json()) as CrossTabAnswer) })
    })
    many = await askTable(page, lab.portal, `table="residents"&${questions[4]}`)
    scrolled = await scroll(page)
  }
  if (scrolled === undefined) throw new Error('no table to scroll')
  else {
    say(`${scrolled.cells} cells on the screen`, `${ms(many.onScreen)}, of which the broker ${ms(many.answered)}`)
    say(`${scrolled.cells} cells scrolled`, `${scrolled.late} of ${scrolled.frames} frames late`)
  }
} finally {
  await browser.close()
  await lab.close()
}
