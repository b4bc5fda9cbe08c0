/**
 * A coordinator keeps tables, puts them on the dashboard and beside each other; an auditor reads along and changes nothing.
 * @module
 */
import type { Browser, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { OpenLab } from './support/open-lab.ts'
import { tabTo, visit } from './support/visitor.ts'

const patient = 600_000
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const ask = (question: string, table = 'residents') => `/labs/praktijk/ask?table="${table}"&${question}`
const byAge = 'rows=["gemeente.age%40gemeente.age"]&columns=["gemeente.wmo%40gemeente.wmo"]'
const bySupport = 'rows=["gemeente.wmo%40gemeente.wmo"]'
const byDistrict = 'rows=["gemeente.area%40wijk"]&columns=["gemeente.wmo%40gemeente.wmo"]'

export function keepingJourneys(at: () => { readonly lab: OpenLab; readonly browser: Browser }): void {
  it(
    'keeps a table under a name with a note, puts it on the dashboard and beside another, and takes it away',
    async () => {
      const { lab, browser } = at()
      const visitor = await visit(browser, lab.portal)
      const { page } = visitor
      await page.goto(await lab.link('coordinator'))
      await heading(page, 'Langer thuis en overlast').waitFor()
      await page.getByRole('link', { name: 'Dashboard' }).click()
      await page.getByRole('heading', { name: 'Nog niets op het dashboard' }).waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('dashboard-empty')

      for (const [question, name] of [
        [byAge, 'Zorg naar leeftijd'],
        [byDistrict, 'Zorg naar wijk'],
      ] as const) {
        await page.goto(`${lab.portal}${ask(question)}`)
        await page.getByRole('button', { name: 'Toon de tabel' }).click()
        await page.getByText('Deze tabel bewaren').click()
        await page.getByRole('button', { name: 'Bewaren', exact: true }).click()
        await page.getByText('Vul dit in.').waitFor()
        await page.getByLabel('Naam', { exact: true }).fill(name)
        await page.getByLabel(/^Toelichting/).fill('Over 123456782')
        await page.getByRole('button', { name: 'Bewaren', exact: true }).click()
        await page.getByText('een nummer dat een bsn kan zijn').waitFor()
        await page.getByLabel(/^Toelichting/).fill('Voor het overleg van november.')
        await page.getByRole('button', { name: 'Bewaren', exact: true }).click()
        await page.getByRole('heading', { level: 4, name }).waitFor()
        await page.getByText('Bewaard door de coördinator').first().waitFor()
        expect(await visitor.findings()).toStrictEqual([])
        await page.getByRole('button', { name: `Op het dashboard zetten: ${name}` }).click()
        await page.getByRole('button', { name: `Van het dashboard halen: ${name}` }).waitFor()
      }
      await visitor.picture('table-kept')
      await page.getByText('Naam of weergave wijzigen').click()
      await page.getByLabel('Op het dashboard als').selectOption({ label: 'warmtekaart' })
      await page.getByRole('button', { name: 'Wijzigen', exact: true }).click()
      await page.getByRole('link', { name: 'Dashboard' }).click()
      await page.locator('.kp-dashboard .kp-cross-tab').waitFor()
      await page.locator('.kp-dashboard .kp-chart svg').waitFor()
      const order = () => page.locator('.kp-dashboard h2').allTextContents()
      expect(await order()).toStrictEqual(['Zorg naar leeftijd', 'Zorg naar wijk'])
      await page.getByRole('button', { name: 'Eerder: Zorg naar wijk' }).click()
      await expect.poll(order).toStrictEqual(['Zorg naar wijk', 'Zorg naar leeftijd'])
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('dashboard')

      await page.getByRole('link', { name: 'Twee tabellen naast elkaar' }).click()
      await heading(page, 'Twee tabellen naast elkaar').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      const choose = async (side: string, name: RegExp) => {
        const options = await page.getByLabel(side).locator('option').allTextContents()
        await page.getByLabel(side).selectOption({ label: options.find((option) => name.test(option)) ?? '' })
      }
      await choose('Links', /^Zorg naar leeftijd/)
      await choose('Rechts', /^Zorg naar wijk/)
      await page.getByText('hebben niet dezelfde rijen en kolommen').waitFor()
      expect(await page.locator('.kp-two .kp-cross-tab').count()).toBe(2)
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('compared')
      await choose('Rechts', /^Zorg naar leeftijd/)
      await page.getByText('Beide zijn dezelfde tabel.').waitFor()

      await page.getByRole('link', { name: 'Dashboard' }).click()
      await page.getByRole('button', { name: 'Van het dashboard halen: Zorg naar wijk' }).click()
      await page.getByRole('heading', { name: 'Bewaard, niet op het dashboard' }).waitFor()
      await page.getByRole('button', { name: 'Niet meer bewaren: Zorg naar wijk' }).click()
      await page.getByText('Het antwoord zelf blijft').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await page.getByRole('button', { name: 'Ja, weghalen' }).click()
      await page.getByRole('heading', { name: 'Bewaard, niet op het dashboard' }).waitFor({ state: 'hidden' })
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )

  it(
    'puts two answers beside each other in English and with the keyboard, and is told what differs',
    async () => {
      const { lab, browser } = at()
      const visitor = await visit(browser, lab.portal)
      const { page } = visitor
      await page.goto(await lab.link('coordinator'))
      await heading(page, 'Langer thuis en overlast').waitFor()
      for (const population of ['residents', 'tenants']) {
        await page.goto(`${lab.portal}${ask(bySupport, population)}`)
        await page.getByRole('button', { name: 'Toon de tabel' }).click()
        await page.getByText('Deze tabel bewaren').waitFor()
      }
      await page.getByRole('button', { name: 'English' }).click()
      await page.getByRole('link', { name: 'Tables', exact: true }).click()
      await heading(page, 'Tables').waitFor()
      await tabTo(page, /Two tables beside each other/)
      await page.keyboard.press('Enter')
      await heading(page, 'Two tables beside each other').waitFor()
      for (const [side, wanted] of [
        ['Left', /^Residents by Wmo provision \(/],
        ['Right', /^Tenants.* by Wmo provision \(/],
      ] as const) {
        const list = page.getByLabel(side)
        await list.locator('option').nth(1).waitFor({ state: 'attached' })
        await expect
          .poll(async () => {
            await page.keyboard.press('Tab')
            return list.evaluate((element) => element === document.activeElement)
          })
          .toBe(true)
        const options = await list.locator('option').allTextContents()
        for (let step = options.findIndex((option) => wanted.test(option)); step > 0; step -= 1)
          await page.keyboard.press('ArrowDown')
      }
      await page.getByText('Something else was counted').waitFor()
      // Of tenants a municipality may not know all, so the two have other rows: no difference is made up.
      await page.getByText('do not have the same rows and columns').waitFor()
      expect(await page.locator('.kp-cross-tab').count()).toBe(2)
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('compared-english')
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )

  it(
    'is read by an auditor, who finds nothing to change there',
    async () => {
      const { lab, browser } = at()
      const visitor = await visit(browser, lab.portal, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' })
      const { page } = visitor
      await page.goto(await lab.link('auditor'))
      await heading(page, 'Langer thuis en overlast').waitFor()
      await page.goto(`${lab.portal}/labs/praktijk/dashboard`)
      await page.getByRole('heading', { name: 'Zorg naar leeftijd' }).waitFor()
      await page.getByText('Voor het overleg van november.').waitFor()
      expect(await page.getByRole('button', { name: /Eerder|halen|bewaren/ }).count()).toBe(0)
      expect(await visitor.findings()).toStrictEqual([])
      expect(await visitor.sticksOut()).toBe(false)
      await visitor.picture('dashboard-320-dark')
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )
}
