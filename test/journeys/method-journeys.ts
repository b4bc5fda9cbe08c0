/**
 * Organisations go through the phases of a lab together: issues, votes, canvas, facts, insights, solutions. Two write at the
 * same moment, one steps out, and something about a person is kept out.
 * @module
 */
import type { Browser, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { OpenLab } from './support/open-lab.ts'
import { tabTo, type Visitor, visit } from './support/visitor.ts'

const patient = 600_000
type At = () => { readonly lab: OpenLab; readonly browser: Browser }

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

async function comeIn({ page }: Visitor, portal: string, link: string, phase = 1): Promise<void> {
  await page.goto(link)
  await heading(page, 'Langer thuis en overlast').waitFor()
  await page.goto(`${portal}/labs/praktijk/phases/${phase}`)
  await page.getByRole('navigation', { name: 'De vijf fasen van een Datalab' }).waitFor()
  await page.getByText('Hier staat alleen iets over groepen en organisaties.').waitFor()
}

/** As the page asks, without its forms: what the other organisations write meanwhile. */
const write = (page: Page, content: object) =>
  page.evaluate(async (json) => {
    const answer = await fetch('/v1/labs/praktijk/contributions', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-kruispunt-page': '1' },
      body: JSON.stringify({ content: json }),
    })
    const board = (await answer.json()) as { contributions: { id: string }[] }
    if (!answer.ok) throw new Error(JSON.stringify(board))
    return board.contributions.at(-1)?.id as string
  }, content)

/** Unfolds a form, and hands it over. */
async function form(page: Page, words: string, nth = 0) {
  await page.getByText(words, { exact: true }).nth(nth).click()
  return page.locator('details[open] form').last()
}

export function methodJourneys(at: At): void {
  it(
    'choose an issue together, and no phase opens before everybody has a goal',
    async () => {
      const { lab, browser } = at()
      const town = await visit(browser, lab.portal, {}, [409, 422])
      const police = await visit(browser, lab.portal, {}, [409, 422])
      await comeIn(town, lab.portal, await lab.member('gemeente'))
      await town.page.getByText('Nog geen vraagstuk', { exact: true }).waitFor()
      expect(await town.findings()).toStrictEqual([])

      const issue = await form(town.page, 'Vraagstuk noemen')
      await issue.getByLabel('Titel').fill('Langer thuis wonen')
      await issue.getByLabel('Toelichting').fill('Bel mevrouw Jansen, 06-12345678')
      await issue.getByRole('button', { name: 'Vastleggen' }).click()
      await town.page.getByText('Hier staat een telefoonnummer. Haal het weg.').waitFor()
      expect(await town.findings()).toStrictEqual([])
      await issue.getByLabel('Toelichting').fill('Ouderen blijven langer thuis, soms zonder hulp in de buurt.')
      await issue.getByRole('button', { name: 'Vastleggen' }).click()
      await town.page.getByRole('heading', { level: 3, name: 'Langer thuis wonen' }).waitFor()

      await comeIn(police, lab.portal, await lab.member('politie'))
      const second = await form(police.page, 'Vraagstuk noemen')
      await second.getByLabel('Titel').fill('Overlast in de buurt')
      await second.getByLabel('Toelichting').fill('Meldingen over verward gedrag nemen toe.')
      await second.getByRole('button', { name: 'Vastleggen' }).click()
      await police.page.getByRole('heading', { level: 3, name: 'Overlast in de buurt' }).waitFor()
      await police.page.getByLabel('Langer thuis wonen', { exact: true }).selectOption('7')
      await police.page.getByLabel('Overlast in de buurt', { exact: true }).selectOption('4')
      await police.page.getByText('Dit zijn er meer dan 10.').waitFor()
      await police.page.getByLabel('Overlast in de buurt', { exact: true }).selectOption('3')
      await police.page.getByRole('button', { name: 'Stemmen vastleggen' }).click()
      await police.page.getByText('7 stemmen').waitFor()

      // Both change the same note of the canvas, read at the same time.
      const note = await form(town.page, 'Toevoegen aan het canvas')
      await note.getByLabel('Waar op het canvas').selectOption({ label: 'Kern van het vraagstuk' })
      await note.getByLabel('Toelichting').fill('Eenzaamheid')
      await note.getByRole('button', { name: 'Vastleggen' }).click()
      await town.page.getByRole('button', { name: 'Wijzigen: Eenzaamheid' }).waitFor()
      await police.page.reload()
      await police.page.getByRole('button', { name: 'Wijzigen: Eenzaamheid' }).click()
      await town.page.getByRole('button', { name: 'Wijzigen: Eenzaamheid' }).click()
      const theirs = police.page.locator('.kp-canvas form')
      await theirs.getByLabel('Toelichting').fill('Eenzaamheid en overlast')
      await theirs.getByRole('button', { name: 'Vastleggen' }).click()
      await police.page.getByText('Eenzaamheid en overlast', { exact: true }).first().waitFor()
      const mine = town.page.locator('.kp-canvas form')
      await mine.getByLabel('Toelichting').fill('Eenzaamheid bij ouderen')
      await mine.getByRole('button', { name: 'Vastleggen' }).click()
      await town.page.getByText('Iemand anders heeft dit intussen veranderd.').waitFor()
      expect(await town.findings()).toStrictEqual([])

      const coordinator = await visit(browser, lab.portal)
      await comeIn(coordinator, lab.portal, await lab.link('coordinator'))
      const { page } = coordinator
      const choose = await form(page, 'Dit vraagstuk kiezen')
      await choose.getByLabel('Waarom').fill('De meeste stemmen, en alle zes kunnen er iets aan doen.')
      await choose.getByRole('button', { name: 'Vastleggen' }).click()
      await page.getByText('gekozen', { exact: true }).waitFor()
      await page.getByText('niet gekozen, wel bewaard').waitFor()
      await page.getByText(/^een doel van /).waitFor()
      expect(await page.getByRole('button', { name: /^Naar fase 2/ }).count()).toBe(0)
      expect(await coordinator.findings()).toStrictEqual([])
      await coordinator.picture('method-issue')

      const chosen = await page.evaluate(async () => {
        const board = await (
          await fetch('/v1/labs/praktijk/contributions', { headers: { 'x-kruispunt-page': '1' } })
        ).json()
        return board.contributions.find(
          (one: { versions: { content: { title?: string } }[] }) =>
            one.versions[0]?.content.title === 'Langer thuis wonen',
        ).id as string
      })
      for (const party of lab.parties) {
        const visitor = await visit(browser, lab.portal)
        await visitor.page.goto(await lab.member(party))
        await heading(visitor.page, 'Langer thuis en overlast').waitFor()
        const takesPart = party !== lab.parties.at(-1)
        if (takesPart) await write(visitor.page, { kind: 'goal', issue: chosen, text: `Wat ${party} wil bereiken.` })
        await write(visitor.page, { kind: 'taking-part', takesPart, reason: 'Zo is het besloten.' })
        await visitor.leave()
      }
      await page.reload()
      await page.getByText('doet niet mee', { exact: true }).waitFor()
      await page.getByRole('button', { name: 'Naar fase 2: Gezamenlijk feitelijk beeld' }).click()
      await page.getByRole('link', { name: /^2\. .*nu$/ }).waitFor()
      await coordinator.picture('method-canvas')
      for (const visitor of [coordinator, town, police]) {
        expect(visitor.troubles.filter((line) => !/^4(09|22) /.test(line))).toStrictEqual([])
        await visitor.leave()
      }

      const left = await visit(browser, lab.portal)
      await comeIn(left, lab.portal, await lab.member(lab.parties.at(-1) as string))
      expect(await left.page.getByRole('link', { name: /nu$/ }).textContent(), 'sees nothing newer').toMatch(/^1\./)
      expect(await left.page.getByText('Vraagstuk noemen', { exact: true }).count()).toBe(0)
      await left.leave()
    },
    patient,
  )

  it(
    'bring facts together, and go from insights to solutions',
    async () => {
      const { lab, browser } = at()
      const visitor = await visit(browser, lab.portal)
      const { page } = visitor
      await comeIn(visitor, lab.portal, await lab.member('gemeente'), 2)
      const question = { kind: 'canvas-note', field: 'questions', analysis: 'descriptive' }
      await write(page, { ...question, text: 'Hoeveel mensen met Wmo komen bij de politie voor?' })
      await page.reload()
      for (const [value, source] of [
        ['1.250', 'Jaarverslag Wmo'],
        ['980', 'Wijkmonitor'],
      ] as const) {
        const fact = await form(page, 'Feit of cijfer toevoegen')
        await fact.getByLabel('Feit of cijfer in woorden').fill('Inwoners met een voorziening')
        await fact.getByLabel('Getal').fill(value)
        await fact.getByLabel('Eenheid').fill('inwoners')
        await fact.getByLabel('Periode').fill('2025')
        await fact.getByLabel('Gebied').fill('hele gemeente')
        await fact.getByLabel('Bron').fill(source)
        await fact.getByLabel('Hoe zeker').selectOption({ label: 'geteld' })
        await fact.getByLabel('Vraag van het canvas').selectOption({ index: 1 })
        await fact.getByRole('button', { name: 'Vastleggen' }).click()
        await page.getByText(new RegExp(`bron: ${source}`)).waitFor()
      }
      await page.getByText('Bij deze vraag staan 2 feiten naast elkaar.').waitFor()
      await page.getByText('1.250 inwoners').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('method-facts')

      for (const phase of [3, 4]) {
        await page.goto(`${lab.portal}/labs/praktijk/phases/${phase}`)
        await page.getByText('Hier staat alleen iets over groepen').waitFor()
        expect(await visitor.findings()).toStrictEqual([])
      }
      await page.getByText('Hoeveel mensen met Wmo komen bij de politie voor?').waitFor()

      await page.goto(`${lab.portal}/labs/praktijk/phases/5`)
      const insight = await form(page, 'Inzicht toevoegen')
      await insight
        .getByLabel('Inzicht', { exact: true })
        .fill('Wie begeleiding krijgt, komt vaker voor bij meldingen.')
      await insight.getByRole('button', { name: 'Vastleggen' }).click()
      await page.getByText('Kies er ten minste één.').waitFor()
      await insight.getByRole('checkbox').first().check()
      await insight.getByRole('button', { name: 'Vastleggen' }).click()
      await page.getByText('Rust op').waitFor()
      const solution = await form(page, 'Oplossing toevoegen')
      await solution.getByLabel('Titel').fill('Buurtkamer die elke dag open is')
      await solution.getByLabel('Toelichting').fill('Een plek met begeleiding om de hoek.')
      await solution.getByRole('checkbox').first().check()
      await solution.getByLabel('Hoe volgt de oplossing').fill('Wie begeleiding dichtbij heeft, loopt minder vast.')
      await solution.getByRole('button', { name: 'Vastleggen' }).click()
      await page.getByRole('heading', { level: 3, name: 'Buurtkamer die elke dag open is' }).waitFor()
      const feasible = await form(page, 'Haalbaarheid invullen')
      await feasible.getByLabel('Wat moet er ruwweg gebeuren?').fill('Ruimte en twee begeleiders.')
      await feasible.getByLabel('Wie zijn betrokken').fill('Welzijn, in ieder stadsdeel.')
      await feasible.getByLabel('Waarom zou het mislukken?').fill('Geen geld na het eerste jaar.')
      await feasible.getByRole('button', { name: 'Vastleggen' }).click()
      await page.getByText('Geen geld na het eerste jaar.').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('method-solutions')
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )

  it(
    'do so in English with the keyboard, and on a narrow dark screen',
    async () => {
      const { lab, browser } = at()
      const visitor = await visit(browser, lab.portal, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' })
      const { page } = visitor
      await comeIn(visitor, lab.portal, await lab.member('gemeente'))
      expect(await visitor.findings()).toStrictEqual([])
      expect(await visitor.sticksOut()).toBe(false)
      await visitor.picture('method-320-dark')
      await page.keyboard.press('Tab')
      await tabTo(page, /English/)
      await page.keyboard.press('Enter')
      await heading(page, 'Choose the issue').waitFor()
      await tabTo(page, /Add to the canvas/)
      await page.keyboard.press('Enter')
      await page.getByLabel('Where on the canvas').waitFor()
      await tabTo(page, /^ *noneCore of the issue/)
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Tab')
      await page.keyboard.type('Written without a mouse')
      await tabTo(page, /^\s*Record\s*$/)
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Change: Written without a mouse' }).waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )
}
