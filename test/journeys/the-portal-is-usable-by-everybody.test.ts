/**
 * A coordinator and an auditor at real browsers, over the demo's real processes. Pictures are left in `.kruispunt/journeys`.
 */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPages } from '../../infra/pages/build-pages.ts'
import { consoleAccountJourneys } from './console-account-journeys.ts'
import { consoleJourneys } from './console-journeys.ts'
import { keepingJourneys } from './keeping-journeys.ts'
import { methodJourneys } from './method-journeys.ts'
import { signingJourneys } from './signing-journeys.ts'
import { launchBrowser } from './support/browser.ts'
import { memoryOf, rawNumbers } from './support/memory.ts'
import { type OpenLab, openLab } from './support/open-lab.ts'
import { tabTo, type Visitor, visit } from './support/visitor.ts'

const patient = 900_000
let lab: OpenLab
let browser: Browser

beforeAll(async () => {
  await buildPages()
  const [opened, launched] = await Promise.all([openLab(), launchBrowser()])
  lab = opened
  browser = launched
}, patient)
afterAll(async () => {
  await browser?.close()
  await lab?.close()
}, patient)

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

async function comeIn(name: 'coordinator' | 'auditor', visitor: Visitor): Promise<void> {
  await visitor.page.goto(await lab.link(name))
  await heading(visitor.page, 'Langer thuis en overlast').waitFor()
}

/** The cells on the screen, head first. */
const cellsOf = (page: Page) =>
  page.locator('.kp-cross-tab').evaluate((table) => {
    const text = (cell: Element) =>
      [...cell.childNodes]
        .filter((node) => !(node instanceof Element && node.classList.contains('kp-hidden')))
        .map((node) => node.textContent)
        .join('')
    return [...table.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('th, td')].map(text))
  })

describe('a coordinator', () => {
  it(
    'comes in by a link that works once and leaves nothing in the address or the browser, makes a table, and takes it along',
    async () => {
      const visitor = await visit(browser, lab.portal)
      const { page } = visitor
      const link = await lab.link('coordinator')
      await page.goto(link)
      await heading(page, 'Langer thuis en overlast').waitFor()
      await page.getByText('wat nodig is om te tellen').waitFor()
      const code = new URL(link).hash
      expect(page.url()).toBe(`${lab.portal}/labs/praktijk`)
      expect(await page.title()).toBe('Langer thuis en overlast · Kruispunt-portaal')
      await page.getByText('Proef met verzonnen gegevens').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('coordinator-overview')

      await page.getByRole('link', { name: 'Tabel maken' }).first().click()
      await heading(page, 'Tabel maken').waitFor()
      // What cannot be chosen says why.
      await page.getByText(/kenmerken kunnen hier niet/).click()
      await page.getByText('Staat bij deze tabel niet in de deelafspraak').first().waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('coordinator-question')

      await page.getByLabel('Plaats van gebied').selectOption({ label: 'niet gebruiken' })
      await page.getByLabel('Plaats van leeftijd').selectOption({ label: 'in de rijen' })
      await page.getByLabel('Percentages erbij').selectOption({ label: 'van de rij' })
      await page.getByRole('button', { name: 'Toon de tabel' }).click()
      const table = page.getByRole('region', { name: /Inwoners naar leeftijd en Wmo-voorziening/ })
      await table.waitFor()
      await page.getByText('Nummer van de vrijgave').waitFor()
      await page.locator('.kp-chart svg').first().waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('coordinator-answer')

      const onScreen = await cellsOf(page)
      expect(onScreen.length).toBeGreaterThan(5)
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'CSV', exact: true }).click()
      const file = await (await download).path()
      const [, ...lines] = parse(readFileSync(file, 'utf8')) as string[][]
      expect(lines).toStrictEqual(onScreen.map((line) => line.map((cell) => cell.replaceAll('.', '') || '.')))

      await page.getByRole('button', { name: 'Warmtekaart' }).click()
      await page.locator('.kp-chart svg rect').first().waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      for (const [button, kind] of [
        ['CSV voor Excel', /-excel\.csv$/],
        ['Excel (xlsx)', /\.xlsx$/],
        ['Beeld als SVG', /\.svg$/],
        ['Beeld als PNG', /\.png$/],
      ] as const) {
        const saved = page.waitForEvent('download')
        await page.getByRole('button', { name: button, exact: true }).click()
        expect((await saved).suggestedFilename()).toMatch(kind)
      }

      const kept = await page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)].flat())
      expect(kept.filter((key) => !/^kruispunt\.(language|theme)$|^tsr-scroll/.test(key))).toStrictEqual([])
      const memory = await page.evaluate(() =>
        JSON.stringify({ ...localStorage, ...sessionStorage, at: location.href }),
      )
      expect(memory).not.toContain(code.slice(-32))
      // Nothing of anybody: not in what the page holds, shows, was told or asked. That the search finds things is tried first.
      const held = await memoryOf(page)
      expect(held).toContain('Woningcorporatie De Hoeksteen')
      const people = rawNumbers()
      expect(people.size).toBeGreaterThan(1000)
      const shown = [held, memory, await page.content(), ...visitor.sent].join('\n')
      expect((shown.match(/\b\d{9}\b/g) ?? []).filter((number) => people.has(number))).toStrictEqual([])
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()

      const second = await visit(browser, lab.portal, {}, [401])
      await second.page.goto(link)
      await second.page.getByText('Aanmelden is niet gelukt.').waitFor()
      expect(await second.findings()).toStrictEqual([])
      await second.picture('signed-out-refused')
      expect(second.troubles).toStrictEqual([])
      await second.leave()
    },
    patient,
  )

  it(
    'does the same in English with nothing but the keyboard',
    async () => {
      const visitor = await visit(browser, lab.portal)
      const { page } = visitor
      await comeIn('coordinator', visitor)
      await page.keyboard.press('Tab')
      await tabTo(page, /English/)
      await page.keyboard.press('Enter')
      await page.getByText('Rehearsal with invented data').waitFor()
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
      await tabTo(page, /Make a table/)
      await page.keyboard.press('Enter')
      await heading(page, 'Make a table').waitFor()
      await page.getByRole('button', { name: 'Show the table' }).waitFor()
      await tabTo(page, /Place of age/)
      // As somebody chooses from a list without opening it.
      await page.keyboard.press('ArrowDown')
      await tabTo(page, /Show the table/)
      await page.keyboard.press('Enter')
      await page.locator('.kp-cross-tab').waitFor()
      await tabTo(page, /Move through the cells/)
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowRight')
      const at = await page.evaluate(() => {
        const cell = document.activeElement
        return [cell?.tagName, cell?.parentElement instanceof HTMLTableRowElement && cell.parentElement.sectionRowIndex]
      })
      expect(at).toStrictEqual(['TD', 1])
      const saved = page.waitForEvent('download')
      await tabTo(page, /^ *CSV$/)
      await page.keyboard.press('Enter')
      expect((await saved).suggestedFilename()).toMatch(/^residents-by-.*\.csv$/)
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('coordinator-answer-english')
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )

  it(
    'is told why when the broker refuses, when it is not there, and when the line falls',
    async () => {
      const visitor = await visit(browser, lab.portal, {}, [409, 503])
      const { page } = visitor
      await comeIn('coordinator', visitor)
      await page.getByRole('link', { name: 'Tabel maken' }).first().click()
      const show = page.getByRole('button', { name: 'Toon de tabel' })
      await show.waitFor()
      const problem = {
        type: 'urn:kruispunt:problem:table_refused',
        title: 'refused',
        status: 409,
        code: 'table_refused',
        reason: { nl: 'Deze tabel kan niet veilig worden getoond.', en: 'This table cannot be shown safely.' },
        remedy: { nl: 'Kies grovere categorieën.', en: 'Choose coarser categories.' },
        advice: [{ nl: 'Kies wijk in plaats van buurt.', en: 'Choose districts.' }],
      }
      await page.route('**/v1/**/cross-tabs', (route) =>
        route.request().method() === 'POST'
          ? route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(problem) })
          : route.continue(),
      )
      await show.click()
      await page.getByText('Kies wijk in plaats van buurt.').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('refused')
      await page.unroute('**/v1/**/cross-tabs')

      await page.context().setOffline(true)
      await page.getByText('U bent niet verbonden').waitFor()
      await show.click()
      await page.getByText('De dienst antwoordt niet').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('offline')
      await page.context().setOffline(false)
      await show.click()
      await page.locator('.kp-cross-tab').waitFor()
      await visitor.leave()
    },
    patient,
  )
})

describe('every page', () => {
  const places = ['', '/ask', '/tables', '/log'] as const
  const settings = [
    { name: 'at 320 px', options: { viewport: { width: 320, height: 640 } } },
    { name: 'at 200 %', options: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 } },
    { name: 'in the second theme', options: { colorScheme: 'dark' as const } },
    { name: 'with forced colours', options: { forcedColors: 'active' as const } },
    { name: 'on a wall screen', options: { viewport: { width: 2560, height: 1440 } } },
  ]
  it.each(settings)(
    'is complete and without findings $name',
    async ({ name, options }) => {
      const visitor = await visit(browser, lab.portal, options)
      const { page } = visitor
      await comeIn('coordinator', visitor)
      for (const place of places) {
        await page.goto(`${lab.portal}/labs/praktijk${place}`)
        await page.locator('main table, main form').first().waitFor()
        if (place === '/ask') {
          await page.getByRole('button', { name: 'Toon de tabel' }).click()
          await page.locator('.kp-chart svg').waitFor()
        }
        expect(await visitor.findings()).toStrictEqual([])
        expect(await visitor.sticksOut()).toBe(false)
        if (place === '/ask') await visitor.picture(name.replaceAll(/[ %]+/g, '-'))
      }
      await page.goto(`${lab.portal}/labs/praktijk`)
      await page.getByRole('heading', { level: 3 }).getByRole('link').first().click()
      await page.getByRole('heading', { name: 'Toegestane kruistabellen' }).waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      expect(await visitor.sticksOut()).toBe(false)
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )
})

describe('a coordinator who keeps what was answered', () => {
  keepingJourneys(() => ({ lab, browser }))
})

describe('the organisations of a lab', () => {
  methodJourneys(() => ({ lab, browser }))
})

describe('an auditor', () => {
  it(
    'reads the trail, filters it, and has it recalculated in the browser',
    async () => {
      const visitor = await visit(browser, lab.portal)
      const { page } = visitor
      await comeIn('auditor', visitor)
      expect(await page.getByRole('link', { name: 'Tabel maken' }).count()).toBe(0)
      await page.getByRole('link', { name: 'Controlespoor' }).click()
      await heading(page, 'Controlespoor').waitFor()
      await page.getByLabel('Wat', { exact: true }).selectOption({ label: 'leverde' })
      await page.getByText(/^6 regels van/).waitFor()
      await page.getByLabel('Zoeken in de regels').fill('Gemeente')
      await page.getByText(/^1 regel van/).waitFor()
      await page.getByRole('button', { name: 'Controleer het controlespoor' }).click()
      await page.getByRole('heading', { name: 'Het controlespoor klopt', exact: true }).waitFor()
      await page.getByText(/Medeondertekend door 6 partners/).waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('auditor-verified')
      const saved = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Volledig controlespoor (JSON)' }).click()
      const { entries } = JSON.parse(readFileSync(await (await saved).path(), 'utf8')) as { entries: unknown[] }
      expect(entries.length).toBeGreaterThan(60)
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )

  it.each([
    {
      what: 'a changed line',
      change: (payload: Record<string, unknown>) => ({ ...payload, issuedAt: '2020-01-01T00:00:00.000Z' }),
    },
    { what: 'a line that is left out', change: undefined },
  ])(
    'sees that $what does not fit',
    async ({ change }) => {
      const visitor = await visit(browser, lab.portal)
      const { page } = visitor
      await comeIn('auditor', visitor)
      await page.route('**/log/entries**', async (route) => {
        const response = await route.fetch()
        const body = (await response.json()) as { entries: { envelope: { payload: string } }[]; size: number }
        const [entry] = body.entries.splice(10, change === undefined ? 1 : 0)
        const target = body.entries[10]
        if (change !== undefined && target !== undefined) {
          const payload = JSON.parse(Buffer.from(target.envelope.payload, 'base64').toString()) as Record<
            string,
            unknown
          >
          target.envelope.payload = Buffer.from(JSON.stringify(change(payload))).toString('base64')
        }
        if (entry !== undefined) body.size -= 1
        await route.fulfill({ response, json: body })
      })
      await page.getByRole('link', { name: 'Controlespoor' }).click()
      await page.getByRole('button', { name: 'Controleer het controlespoor' }).click()
      await page.getByRole('heading', { name: 'Het controlespoor klopt niet' }).waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )
})

describe('a coordinator with a passkey', () => {
  signingJourneys(() => ({ lab, browser }))
})

// Last: what is delivered and signed there changes the lab.
describe('at the console of a node', () => {
  consoleJourneys(() => ({ lab, browser }))
  consoleAccountJourneys(() => ({ lab, browser }))
})
