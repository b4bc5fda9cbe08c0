/**
 * Somebody at a browser of their own. Whatever goes wrong behind the page is kept: a line in the console, a request elsewhere,
 * anything the page's policy stopped.
 * @module
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { root } from '../../scenarios/support/processes.ts'

const pictures = join(root, '.kruispunt', 'journeys')

type Finding = {
  readonly id: string
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string }[]
}

export type Visitor = {
  readonly page: Page
  /** What should have stayed empty. */
  readonly troubles: readonly string[]
  /** Every address this visitor's page asked, and what it sent. */
  readonly sent: readonly string[]
  /** WCAG 2.2 A and AA, as far as a program can tell. */
  findings(): Promise<string[]>
  picture(name: string): Promise<void>
  /** Whether something sticks out sideways. */
  sticksOut(): Promise<boolean>
  leave(): Promise<void>
}

/** @param refusals - statuses that this journey is meant to meet */
export async function visit(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
  refusals: readonly number[] = [],
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    acceptDownloads: true,
    ...options,
  })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const troubles: string[] = []
  const sent: string[] = []
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
  page.on('console', (message) => {
    const isMeant = refusals.length > 0 && /Failed to load resource/.test(message.text())
    if (!isMeant) troubles.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    sent.push(`${request.url()} ${request.postData() ?? ''}`)
    const { protocol } = new URL(request.url())
    if (!request.url().startsWith(`${origin}/`) && protocol !== 'data:' && protocol !== 'blob:')
      troubles.push(`asked elsewhere: ${request.url()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400 && !refusals.includes(response.status()))
      troubles.push(`${response.status()} ${new URL(response.url()).pathname}`)
  })
  return {
    page,
    troubles,
    sent,
    async findings() {
      await page.evaluate(axe.source)
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
      const violations = (await page.evaluate(
        `axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(tags)} }, resultTypes: ['violations'] }).then((r) => r.violations)`,
      )) as Finding[]
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} at ${JSON.stringify(target)}: ${failureSummary ?? ''}`),
      )
    },
    async picture(name) {
      mkdirSync(pictures, { recursive: true })
      await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
    },
    sticksOut: () => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth),
    leave: () => context.close(),
  }
}

/** Goes through the page with the tab key until what has this name has the focus. */
export async function tabTo(page: Page, name: RegExp, most = 120): Promise<void> {
  for (let step = 0; step < most; step += 1) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      const label = element instanceof HTMLElement ? (element.getAttribute('aria-label') ?? '') : ''
      const labelled = element?.getAttribute('aria-labelledby')
      const other = labelled ? (document.getElementById(labelled)?.textContent ?? '') : ''
      return `${label} ${other} ${element === document.body ? '' : (element?.textContent ?? '')}`
    })
    if (name.test(focused)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`no way with the tab key to ${name}`)
}
