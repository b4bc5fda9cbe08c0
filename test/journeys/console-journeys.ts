/**
 * A steward, a privacy officer and an operator at the console of their own node, in the lab that the portal's journeys opened.
 * @module
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { root } from '../scenarios/support/processes.ts'
import type { OpenLab } from './support/open-lab.ts'
import { tabTo, visit } from './support/visitor.ts'

const patient = 600_000
const raw = join(root, 'infra', 'practice-region', 'gemeente-brp-wmo.csv')
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

/** Every value of nine digits in the file: no page may show one, nor a file that comes from it. */
const numbersIn = (text: string) => text.match(/\b\d{9}\b/g) ?? []

export function consoleJourneys(at: () => { readonly lab: OpenLab; readonly browser: Browser }): void {
  it(
    'a steward delivers a file again in two clicks, sees what leaves and its place in the trail',
    async () => {
      const { lab, browser } = at()
      const visitor = await visit(browser, lab.console)
      const { page } = visitor
      await page.goto(await lab.consoleLink('steward'))
      await page.getByText('Proef met verzonnen gegevens').waitFor()
      await heading(page, 'Langer thuis en overlast').waitFor()
      // What is the steward's own comes first; a backup is somebody else's.
      await page.getByRole('heading', { name: 'Hoe uw leveringen ervoor staan' }).waitFor()
      const others = page.locator('section', { has: page.getByRole('heading', { name: 'Bij uw collega’s' }) })
      await others.getByText('Reservekopie maken').waitFor()
      expect(await page.locator('main .kp-cards').getByText('Reservekopie maken').count()).toBe(0)
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-home')
      await page.getByRole('link', { name: 'Leveringen' }).click()
      await heading(page, 'Leveringen').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await page.locator('main .kp-cards a').first().click()
      await page.getByRole('heading', { name: 'Ontvangstbewijs' }).waitFor()
      expect(await visitor.findings()).toStrictEqual([])

      // The columns were confirmed before: choosing the file is the first click.
      await page.getByLabel('Bestand (CSV of tekst)').setInputFiles(raw)
      await page.getByRole('heading', { name: 'Gecontroleerd en versleuteld' }).waitFor({ timeout: patient })
      await page.getByText('Er is nog niets verstuurd').first().waitFor()
      await page.getByText('Toon iedere kolom').click()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-prepared')
      expect(numbersIn(await page.content())).toStrictEqual([])

      await page.getByRole('button', { name: 'Totalen kloppen: versturen' }).click()
      await page.getByRole('heading', { name: 'Gecontroleerd en versleuteld' }).waitFor({ state: 'hidden' })
      await page.getByText('Versie').first().waitFor()
      await page.getByRole('button', { name: 'Toon de plaats in het controlespoor' }).click()
      await page.getByText('Regel in het controlespoor').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-receipt')
      const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage, at: location.href }))
      expect(numbersIn(kept)).toStrictEqual([])
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )

  it(
    'a steward leaves one person out who objects: the number is on no screen, in no address and in no browser',
    async () => {
      const { lab, browser } = at()
      const visitor = await visit(browser, lab.console)
      const { page } = visitor
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.url()))
      const [number = ''] = numbersIn(readFileSync(raw, 'latin1'))
      await page.goto(await lab.consoleLink('steward'))
      await page.getByRole('link', { name: 'Leveringen' }).click()
      await page.locator('main .kp-cards a').first().click()
      await page.getByRole('button', { name: 'Bezwaar van één persoon verwerken' }).click()
      // A slip of the keyboard is seen before anything goes to the node.
      await page.getByLabel('Bsn van de persoon').fill('123456789')
      await page.getByLabel('Bestand (CSV of tekst)').setInputFiles(raw)
      await page.getByText('Dit nummer voldoet niet aan de elfproef.').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await page.getByLabel('Bsn van de persoon').fill(number)
      await visitor.picture('console-objection')
      await page.getByLabel('Bestand (CSV of tekst)').setInputFiles(raw)
      await page.getByText(/^Bezwaar: 1 van 1 gevonden/).waitFor({ timeout: patient })
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-objection-done')
      expect(numbersIn(await page.content())).toStrictEqual([])
      expect(asked.filter((url) => url.includes(number))).toStrictEqual([])
      const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage, at: location.href }))
      expect(kept).not.toContain(number)
      await page.getByRole('button', { name: 'Weggooien' }).click()
      await page.getByRole('button', { name: 'Bezwaar van één persoon verwerken' }).waitFor()
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )

  it(
    'a steward drags a file in, closes the tab in the middle, and finds the work again in another',
    async () => {
      const { lab, browser } = at()
      const visitor = await visit(browser, lab.console)
      const { page } = visitor
      await page.goto(await lab.consoleLink('steward'))
      await page.getByRole('link', { name: 'Leveringen' }).click()
      await page.locator('main .kp-cards a').first().click()
      await page.getByRole('heading', { name: 'Levering vervangen' }).waitFor()
      const drop = async (bytes: Buffer) => {
        const transfer = await page.evaluateHandle((base64) => {
          const letters = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
          const carried = new DataTransfer()
          carried.items.add(new File([letters], 'gegevens.csv'))
          return carried
        }, bytes.toString('base64'))
        await page.dispatchEvent('.kp-drop', 'drop', { dataTransfer: transfer })
      }
      // What can never be a table is told without sending it anywhere.
      const sent: string[] = []
      page.on('request', (request) => sent.push(request.method()))
      await drop(Buffer.from('PK\u0003\u0004 geen tekst', 'latin1'))
      await page.getByText('Dit is een Excel-bestand.').waitFor()
      expect(sent.filter((method) => method === 'POST')).toStrictEqual([])
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-preflight')

      // Another heading than last time, so that a person has to decide: there the tab is closed.
      const [head = '', ...rows] = readFileSync(raw, 'latin1').split(/\r?\n/)
      const separator = head.includes(';') ? ';' : ','
      const wider = [
        `${head}${separator}toelichting`,
        ...rows.filter((row) => row !== '').map((row) => `${row}${separator}`),
        '',
      ]
      await drop(Buffer.from(wider.join('\r\n'), 'latin1'))
      await page.getByRole('heading', { name: 'Kolommen koppelen' }).waitFor()
      const address = page.url()
      await page.close()

      const second = await page.context().newPage()
      await second.goto(address)
      await second.getByRole('heading', { name: 'Ga verder waar u was' }).waitFor()
      await second.getByRole('button', { name: 'Verder met dit bestand' }).click()
      await second.getByRole('heading', { name: 'Kolommen koppelen' }).waitFor()
      // Closed again, now while the node is at work: what it began it ends by itself.
      await second.getByRole('button', { name: 'Controleren' }).click()
      const atWork = second.getByText(/^Uw knooppunt (leest|versleutelt)/)
      const done = second.getByRole('heading', { name: 'Gecontroleerd en versleuteld' })
      await atWork.or(done).first().waitFor()
      await second.close()

      const third = await page.context().newPage()
      await third.goto(address)
      const goOn = third.getByRole('button', { name: 'Verder met dit bestand' })
      const prepared = third.getByRole('heading', { name: 'Gecontroleerd en versleuteld' })
      await goOn.or(prepared).first().waitFor({ timeout: patient })
      if (await goOn.isVisible()) {
        await goOn.click()
        await third.getByRole('button', { name: 'Controleren' }).click()
      }
      await prepared.waitFor({ timeout: patient })
      await third.getByRole('button', { name: 'Weggooien' }).click()
      await third.getByRole('heading', { name: 'Levering vervangen' }).waitFor()
      await visitor.leave()
    },
    patient,
  )

  it(
    'a steward checks the columns and is told which rows are wrong by their number only',
    async () => {
      const { lab, browser } = at()
      const visitor = await visit(browser, lab.console)
      const { page } = visitor
      // Another heading than last time, so nothing is remembered; and a row that is too short.
      const [head = '', ...rows] = readFileSync(raw, 'latin1').split(/\r?\n/)
      const file = join(tmpdir(), `kruispunt-journey-${process.pid}.csv`)
      const separator = head.includes(';') ? ';' : ','
      const longer = rows.slice(0, 40).map((row) => `${row}${separator}`)
      writeFileSync(file, [`${head}${separator}opmerking`, 'kort', ...longer, ''].join('\r\n'), 'latin1')
      await page.goto(await lab.consoleLink('steward'))
      await page.getByRole('link', { name: 'Leveringen' }).click()
      await page.locator('main .kp-cards a').first().click()
      await page.getByLabel('Bestand (CSV of tekst)').setInputFiles(file)
      await page.getByRole('heading', { name: 'Kolommen koppelen' }).waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-mapping')
      await page.getByRole('button', { name: 'Controleren' }).click()
      await page.getByRole('heading', { name: /kan zo niet mee/ }).waitFor({ timeout: patient })
      expect(numbersIn(await page.content())).toStrictEqual([])
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-bad-rows')
      const saved = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Bevindingen downloaden' }).click()
      const findings = readFileSync(await (await saved).path(), 'utf8')
      expect(findings).toContain('Regelnummers')
      expect(numbersIn(findings)).toStrictEqual([])
      rmSync(file)
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )

  it(
    'a privacy officer reads what the node made of the bytes, is refused with another code, and signs',
    async () => {
      const { lab, browser } = at()
      const title = await lab.propose('Langer thuis, een tweede afspraak')
      const visitor = await visit(browser, lab.console, {}, [403, 409, 422])
      const { page } = visitor
      await page.goto(await lab.consoleLink('privacy'))
      const toSign = page.locator('main section.kp-panel', { hasText: title })
      await toSign.getByRole('heading', { name: 'Deelafspraak lezen en tekenen' }).waitFor({ timeout: patient })
      await toSign.getByRole('link', { name: 'Lees de deelafspraak' }).click()
      await heading(page, title).waitFor()
      const code = (await page.locator('.kp-code').first().textContent()) ?? ''
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-agreement')
      await page.getByRole('button', { name: 'Ondertekenen' }).click()
      await page.getByLabel('Code', { exact: true }).fill('0000-0000-0000')
      await page.getByLabel('Uw wachtwoordzin').fill(lab.passphrase)
      await page.getByRole('button', { name: 'Ondertekenen' }).click()
      await page.getByText('Dit kan niet').waitFor()
      expect(await page.getByLabel('Uw wachtwoordzin').inputValue()).toBe('')
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-code-wrong')
      await page.getByLabel('Code', { exact: true }).fill(code)
      await page.getByLabel('Uw wachtwoordzin').fill(lab.passphrase)
      await page.getByRole('button', { name: 'Ondertekenen' }).click()
      await page
        .getByText(/^ondertekend$/)
        .first()
        .waitFor()
      await page
        .getByText(/privacy officer, .* regel \d+ van het controlespoor/)
        .first()
        .waitFor()
      await page.getByRole('button', { name: /^Intrekken/ }).click()
      await page.getByText('Dit gebeurt meteen als u intrekt').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-withdraw')
      const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage, at: location.href }))
      expect(kept).not.toContain(lab.passphrase)
      expect(visitor.troubles).toStrictEqual([])

      for (const [name, picture] of [
        ['Aanvragen', 'console-requests'],
        ['Deelnemers', 'console-roster'],
        ['Controlespoor', 'console-log'],
        ['Knooppunt', 'console-node'],
      ] as const) {
        await page.getByRole('navigation').getByRole('link', { name }).click()
        await heading(page, name).waitFor()
        if (name === 'Controlespoor') {
          await page.getByRole('button', { name: 'Controleer het controlespoor' }).click()
          await page.getByRole('heading', { name: 'Het controlespoor klopt', exact: true }).waitFor()
        }
        await page.locator('main code, main .kp-panel').first().waitFor()
        expect(await visitor.findings()).toStrictEqual([])
        await visitor.picture(picture)
      }
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )

  it(
    'a privacy officer sees what changed since the text signed before and sends it back with a reason, by keyboard',
    async () => {
      const { lab, browser } = at()
      const title = await lab.propose('Langer thuis, meteen openbaar', {
        publication: 'Iedere tabel wordt meteen openbaar.',
      })
      const visitor = await visit(browser, lab.console)
      const { page } = visitor
      await page.goto(await lab.consoleLink('privacy'))
      await page.getByRole('link', { name: 'Deelafspraken' }).click()
      await page.getByRole('link', { name: title }).click({ timeout: patient })
      await heading(page, title).waitFor()
      await page.getByRole('heading', { name: 'Wat er anders is' }).waitFor()
      await page.getByText('Iedere tabel wordt meteen openbaar.').first().waitFor()
      await page.locator('.kp-change del').first().waitFor()
      expect(await page.locator('.kp-change').count()).toBe(2)
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-differences')
      for (const [name, kind] of [
        ['Deelafspraak met handtekeningen (pdf)', 'deelafspraak.pdf'],
        ['Regel voor het verwerkingenregister (csv)', 'verwerkingenregister.csv'],
        ['Bijlage bij de DPIA (pdf)', 'bijlage-dpia.pdf'],
        ['Controlespoor van deze deelafspraak, met bewijzen (jsonl)', 'controlespoor-deelafspraak.jsonl'],
      ] as const) {
        const saved = page.waitForEvent('download')
        await page.getByRole('link', { name }).click()
        const file = await saved
        expect(file.suggestedFilename()).toBe(kind)
        const bytes = readFileSync(await file.path())
        expect(bytes.length).toBeGreaterThan(1000)
        if (kind.endsWith('.pdf')) expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
      }
      const code = (await page.locator('.kp-code').first().textContent()) ?? ''
      await tabTo(page, /^ *Terug naar opsteller *$/)
      await page.keyboard.press('Enter')
      await page.getByText('Deze tekst wordt niet actief.').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      // Without a reason nothing is signed.
      await page.getByLabel('Code', { exact: true }).fill(code)
      await page.getByLabel('Uw wachtwoordzin').fill(lab.passphrase)
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: 'Vul een reden in.' }).waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await page.getByLabel('Reden').fill('Openbaar maken past niet bij het doel.')
      await page.getByRole('button', { name: 'Terug naar opsteller' }).click()
      await page.getByText('Reden: Openbaar maken past niet bij het doel.').waitFor()
      await page.getByText(/^terug naar opsteller$/).waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-sent-back')
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )

  it(
    'an officer names a deputy, who counts only once partners accept the roster that says so, and changes a passphrase',
    async () => {
      const { lab, browser } = at()
      const visitor = await visit(browser, lab.console, {}, [403, 409, 422])
      const { page } = visitor
      const name = `vervanger ${Date.now() % 1_000_000}`
      const theirs = 'een zin van de vervanger'
      await page.goto(await lab.consoleLink('privacy'))
      await page.getByRole('navigation').getByRole('link', { name: 'Deelnemers' }).click()
      const proposing = page.locator('#propose')
      await proposing.getByRole('button', { name: 'Wijziging kiezen' }).click()
      await proposing.getByLabel('Naam van de sleutel').fill(name)
      await proposing.getByLabel('Wachtwoordzin van de vervanger').fill(theirs)
      await proposing.getByLabel('Nog een keer').fill('iets anders')
      await proposing.getByLabel('Uw wachtwoordzin').fill(lab.passphrase)
      await proposing.getByRole('button', { name: 'Voorleggen' }).click()
      await proposing.getByRole('link', { name: 'De twee wachtwoordzinnen zijn niet gelijk.' }).waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-deputy')
      await proposing.getByLabel('Nog een keer').fill(theirs)
      await proposing.getByRole('button', { name: 'Voorleggen' }).click()
      await proposing.getByText(/^Voorgelegd\./).waitFor()
      await page.getByRole('heading', { name: /^Voorgelegd: deelnemerslijst/ }).waitFor()
      await page.getByText('Gemeente Praktijk krijgt er een functionaris bij').first().waitFor()
      await page.getByText('telt nog niet mee').first().waitFor()
      expect(await visitor.findings()).toStrictEqual([])

      // Another code than that of this roster is refused, with the remedy in words.
      const next = page.locator('section', { has: page.getByRole('heading', { name: /^Voorgelegd/ }) })
      const code = (await next.locator('.kp-code').textContent()) ?? ''
      await next.getByLabel('Code', { exact: true }).fill('AAAA-AAAA-AAAA-AAAA-AAAA-AAAA')
      await next.getByLabel('Uw wachtwoordzin').fill(lab.passphrase)
      await next.getByRole('button', { name: 'Nieuwe lijst bevestigen' }).click()
      await page.getByText('Dit kan niet').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await next.getByLabel('Code', { exact: true }).fill(code)
      await next.getByLabel('Uw wachtwoordzin').fill(lab.passphrase)
      await next.getByRole('button', { name: 'Nieuwe lijst bevestigen' }).click()
      await next.getByText(/^Ondertekend/).waitFor()
      await next.getByText('meer partners; 4 zijn er nodig').waitFor()
      await visitor.picture('console-roster-next')

      await page.getByRole('button', { name: 'Wachtwoordzin veranderen' }).click()
      await page.getByLabel('Van welke sleutel').selectOption({ label: `${name} (privacy officer)` })
      await page.getByLabel('Huidige wachtwoordzin').fill('een heel andere zin')
      await page.getByLabel('Nieuwe wachtwoordzin').fill('een nieuwe lange zin')
      await page.getByLabel('Nog een keer').fill('een nieuwe lange zin')
      await page.getByRole('button', { name: 'Wachtwoordzin veranderen' }).click()
      await page.getByText('Dit kan niet').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      expect(await page.getByLabel('Nieuwe wachtwoordzin').inputValue()).toBe('')
      await page.getByLabel('Huidige wachtwoordzin').fill(theirs)
      await page.getByLabel('Nieuwe wachtwoordzin').fill('een nieuwe lange zin')
      await page.getByLabel('Nog een keer').fill('een nieuwe lange zin')
      await page.getByRole('button', { name: 'Wachtwoordzin veranderen' }).click()
      await page.getByText('De wachtwoordzin is veranderd.').waitFor()
      const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage, at: location.href }))
      for (const secret of [lab.passphrase, theirs, 'een nieuwe lange zin']) expect(kept).not.toContain(secret)
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )

  it(
    'officers and operators see at a node that stopped what to compare and sign, as the node tells it',
    async () => {
      const { lab, browser } = at()
      const visitor = await visit(browser, lab.console)
      const { page } = visitor
      await page.goto(await lab.consoleLink('privacy'))
      await heading(page, 'Langer thuis en overlast').waitFor()
      await page.goto(`${lab.console}/recovery`)
      await page.getByRole('heading', { name: 'Dit knooppunt loopt gewoon' }).waitFor()
      expect(await page.locator('.kp-code').count()).toBe(2)
      expect(await visitor.findings()).toStrictEqual([])
      // A lab that everybody shares is not made to contradict itself here: only the page's own part is tried.
      const frozen = [{ reason: 'checkpoint_other_root', foundAt: new Date().toISOString() }]
      const point = (size: number, letter: string) => ({
        size,
        root: letter.repeat(64),
        code: 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF',
      })
      await page.route('**/v1/status', async (route) => {
        const answer = await route.fetch()
        await route.fulfill({ response: answer, json: { ...(await answer.json()), frozen } })
      })
      await page.route('**/v1/recovery', (route) =>
        route.fulfill({
          json: {
            frozen,
            own: point(90, 'a'),
            offered: point(95, 'b'),
            isSame: false,
            signed: [{ size: 88, code: 'GGGG-HHHH-IIII-JJJJ-KKKK-LLLL', by: ['politie'] }],
            needed: 4,
          },
        }),
      )
      await page.goto(lab.console)
      await page.getByRole('heading', { name: 'Dit knooppunt staat stil' }).waitFor()
      await page.getByRole('heading', { name: 'Het knooppunt staat stil' }).waitFor()
      await page.getByRole('link', { name: 'Naar het herstel' }).click()
      await heading(page, 'Herstel').waitFor()
      await page.getByText('1 van 4 partners').waitFor()
      await page.getByLabel('Aantal regels').fill('0')
      await page.getByRole('button', { name: 'Herstel ondertekenen' }).click()
      await page.getByRole('link', { name: 'Vul het afgesproken aantal regels in.' }).waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-recovery')
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )

  it(
    'an operator reads in English with the keyboard, at 320 px and in the second theme, how the node is',
    async () => {
      const { lab, browser } = at()
      const visitor = await visit(browser, lab.console, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' })
      const { page } = visitor
      await page.goto(await lab.consoleLink('operator'))
      await heading(page, 'Langer thuis en overlast').waitFor()
      await page.keyboard.press('Tab')
      await tabTo(page, /English/)
      await page.keyboard.press('Enter')
      await tabTo(page, /^ *Node *$/)
      await page.keyboard.press('Enter')
      await heading(page, 'Node').waitFor()
      await page.getByText('No copy has been made yet.').waitFor()
      await page.getByRole('heading', { name: 'When partners were last seen' }).waitFor()
      await page.getByText(/^The roster holds until/).waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      expect(await visitor.sticksOut()).toBe(false)
      await visitor.picture('console-operator-320-dark')
      for (const place of ['', 'deliveries', 'agreements', 'requests', 'roster', 'log', 'recovery', 'account']) {
        await page.goto(`${lab.console}/${place}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        expect(await visitor.findings(), place).toStrictEqual([])
        expect(await visitor.sticksOut(), place).toBe(false)
      }
      await page.context().setOffline(true)
      await page.getByText('You are not connected').waitFor()
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )
}
