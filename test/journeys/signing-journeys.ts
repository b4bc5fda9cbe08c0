/**
 * A coordinator gets passkeys of its own, comes in with one, and opens and closes a job with another, which every node verifies.
 * @module
 */
import type { Browser, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { giveAuthenticator } from './support/authenticator.ts'
import type { OpenLab } from './support/open-lab.ts'
import { tabTo, visit } from './support/visitor.ts'

const patient = 600_000
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

export function signingJourneys(at: () => { readonly lab: OpenLab; readonly browser: Browser }): void {
  it(
    'adds a passkey, comes in with it and without one is told so, and opens a job that every node verifies',
    async () => {
      const { lab, browser } = at()
      // A wrong password is a refusal that is meant.
      const visitor = await visit(browser, lab.portal, {}, [401])
      const { page } = visitor
      const authenticator = await giveAuthenticator(page)
      await page.goto(await lab.link('coordinator'))
      await heading(page, 'Langer thuis en overlast').waitFor()
      await page.getByRole('link', { name: /Coördinator van de proef/ }).click()
      await heading(page, 'Uw account').waitFor()
      await page.getByText('deze browser').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await page.getByRole('button', { name: 'Passkey toevoegen' }).click()
      await page.getByText('Geef het apparaat een naam.').waitFor()
      const device = `laptop ${Date.now() % 100_000_000}`
      await page.getByLabel('Naam van het apparaat').fill(device)
      await page.getByRole('button', { name: 'Passkey toevoegen' }).click()
      await page.getByText(device, { exact: true }).waitFor()
      // Before a secret stands on the page: no picture holds one.
      await visitor.picture('account')

      await page.getByRole('button', { name: 'Wachtwoord instellen' }).click()
      await page.getByRole('img', { name: /QR-code/ }).waitFor()
      expect(await visitor.findings()).toStrictEqual([])

      await page.getByRole('button', { name: /^Passkey maken voor/ }).click()
      await page.getByText('Uw passkey is gemaakt').waitFor()
      await page.getByText('wacht op de partners').first().waitFor()
      expect(await visitor.findings()).toStrictEqual([])

      // Comes in again: first with a password that is not right, then with nobody at the passkey, then with it.
      await page.getByRole('button', { name: 'Afmelden', exact: true }).first().click()
      await heading(page, 'Aanmelden').waitFor()
      await page.getByText('Aanmelden met een wachtwoord en een code').click()
      expect(await visitor.findings()).toStrictEqual([])
      await page.getByRole('button', { name: 'Aanmelden', exact: true }).last().click()
      await page.getByText('Vul alle drie in').waitFor()
      await page.getByLabel('Accountnaam').fill('coordinator')
      await page.getByLabel('Wachtwoord', { exact: true }).fill('niet het goede wachtwoord')
      await page.getByLabel('Code uit uw authenticator-app').fill('123 456')
      await page.getByRole('button', { name: 'Aanmelden', exact: true }).last().click()
      await page.getByText('Aanmelden is niet gelukt.').waitFor()
      expect(await page.getByLabel('Wachtwoord', { exact: true }).inputValue()).toBe('')
      await authenticator.answers(false)
      await page.getByRole('button', { name: 'Aanmelden met een passkey' }).click()
      await page.getByText('De passkey is niet gebruikt').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('signed-out-ways')
      await authenticator.answers(true)
      await page.getByRole('button', { name: 'Aanmelden met een passkey' }).click()
      await page.getByRole('button', { name: 'Afmelden', exact: true }).first().waitFor()

      // What is open is closed, so that another has to be opened.
      await page.goto(`${lab.portal}/labs/praktijk/ask`)
      await page
        .getByText(/^Berekening (sluiten|openen)/)
        .first()
        .waitFor()
      if ((await page.getByText('Berekening sluiten').count()) > 0) {
        await page.getByText('Berekening sluiten').first().click()
        expect(await visitor.findings()).toStrictEqual([])
        await page.getByRole('button', { name: 'Berekening sluiten' }).click()
      }
      await heading(page, 'Tabel maken').waitFor()
      // In a lab that journeys were played in before, an earlier key of this account counts already.
      await page.getByText(/^(Uw passkey telt nog niet|Eén of twee zinnen)/).waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('job-key-waits')
      await lab.renewRoster()
      await page.reload()
      await page.getByRole('button', { name: /^Verder/ }).click()
      await page.getByText('Schrijf in één of twee zinnen').waitFor()
      await page.getByLabel('Waarvoor is deze berekening?').fill('Wie heeft zorg van wie, per wijk, voor het overleg?')
      await page.getByRole('button', { name: /^Verder/ }).click()
      await page.getByRole('button', { name: 'Ondertekenen met uw passkey' }).waitFor()
      await page.getByText(/van Gemeente Praktijk, versie/).waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('job-signing')
      await page.getByRole('button', { name: 'Ondertekenen met uw passkey' }).click()
      await page.getByText(/^Berekening open tot/).waitFor({ timeout: 180_000 })
      await page.getByRole('button', { name: 'Toon de tabel' }).click()
      await page.locator('.kp-cross-tab').waitFor()
      // An agreement, from the one there is: changed, rehearsed, put forward and there for the partners to sign.
      await page.goto(`${lab.portal}/labs/praktijk`)
      await page.getByRole('link', { name: 'Deelafspraak opstellen' }).click()
      await heading(page, 'Deelafspraken in de maak').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await page.getByRole('button', { name: 'Begin met: Langer thuis en overlast' }).first().click()
      await heading(page, /^Concept/).waitFor()
      const title = `Langer thuis, opgesteld in het portaal ${device.slice(7)}`
      await page.getByLabel('Titel', { exact: true }).fill('')
      await page.getByRole('button', { name: 'Bewaren', exact: true }).click()
      await page.getByText(/^Nog één punt/).waitFor()
      expect(await page.getByRole('button', { name: 'Verder: bekijken wat u ondertekent' }).count()).toBe(0)
      await page.getByLabel('Titel', { exact: true }).fill(title)
      for (const part of [
        'Partijen',
        'Gegevens',
        'Toegestane kruistabellen',
        'Onthullingscontrole',
        'Bewaren, ontvangers',
      ])
        await page.locator('form summary').filter({ hasText: part }).first().click()
      await page.getByLabel('Ondergrens (minimaal aantal personen per cel)').fill('2')
      await page.getByText('Vul een heel getal in van 3 tot en met 100.').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('draft')
      await page.getByLabel('Ondergrens (minimaal aantal personen per cel)').fill('12')
      await page.getByText('Er zijn wijzigingen die nog niet bewaard zijn.').waitFor()
      await page.getByRole('button', { name: 'Bewaren', exact: true }).click()
      await page.getByText('Bewaard', { exact: true }).waitFor()
      await page.getByText('Niets meer: deze deelafspraak kan worden voorgelegd.').waitFor()
      await page.getByRole('button', { name: 'Proef draaien' }).click()
      await page.getByText(/^Naar verwachting wordt/).waitFor({ timeout: 240_000 })
      await page.getByRole('button', { name: 'Verder: bekijken wat u ondertekent' }).click()
      await page.getByRole('button', { name: 'Ondertekenen met uw passkey' }).click()
      await page.getByText('Voorgelegd. De partners lezen').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await page.getByRole('link', { name: 'Overzicht' }).click()
      await page.getByRole('heading', { level: 3, name: title }).waitFor()
      await page.getByText(`Gemeente Praktijk moet “${title}” nog lezen`).waitFor()

      // Chromium advises RS256 as well, which no node verifies: statements carry Ed25519 or P-256 only.
      const advised = /pubKeyCredParams is missing .* RS256/
      expect(visitor.troubles.filter((trouble) => !advised.test(trouble))).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )

  it(
    'writes an agreement from the model, in English at 320 px and in the second theme, and is asked before it is lost',
    async () => {
      const { lab, browser } = at()
      const visitor = await visit(browser, lab.portal, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' })
      const { page } = visitor
      await page.goto(await lab.link('coordinator'))
      await heading(page, 'Langer thuis en overlast').waitFor()
      await page.getByRole('button', { name: 'English' }).click()
      await page.goto(`${lab.portal}/labs/praktijk/drafts`)
      await page.getByRole('button', { name: 'Begin with the model' }).click()
      await heading(page, 'Draft: Agreement without a title').waitFor()
      const shut = page.locator('form > details:not([open]) > summary')
      while ((await shut.count()) > 0) await shut.first().click()
      expect(await visitor.findings()).toStrictEqual([])
      expect(await visitor.sticksOut()).toBe(false)
      await page.getByLabel('Title', { exact: true }).fill('Living at home')
      await page.getByText('There are changes that have not been saved.').waitFor()
      page.once('dialog', (dialog) => void dialog.dismiss())
      await page.getByRole('link', { name: 'Dashboard' }).click()
      await tabTo(page, /^ *Save *$/, 400)
      await page.keyboard.press('Enter')
      await page.getByText('Saved', { exact: true }).waitFor()
      await visitor.picture('draft-320-dark')
      await page.getByText('Throw the draft away').click()
      await page.getByRole('button', { name: 'Yes, throw it away' }).click()
      await heading(page, 'Agreements being written').waitFor()
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )

  it(
    'is not made to sign what was not asked',
    async () => {
      const { lab, browser } = at()
      const visitor = await visit(browser, lab.portal)
      const { page } = visitor
      await giveAuthenticator(page)
      await page.goto(await lab.link('coordinator'))
      await heading(page, 'Langer thuis en overlast').waitFor()
      await page.getByRole('button', { name: 'English' }).click()
      // As if there were no job and a key that counts, and a broker that writes another question into the statement.
      await page.route('**/v1/labs/praktijk/jobs', (route) => route.fulfill({ json: { jobs: [] } }))
      await page.route('**/v1/labs/praktijk/coordinator-keys', async (route) => {
        const response = await route.fetch()
        const { keys } = (await response.json()) as { keys: object[] }
        await route.fulfill({ json: { keys: keys.map((key) => ({ ...key, isOwn: true, inRoster: true })) } })
      })
      await page.route('**/v1/labs/praktijk/statement-drafts', async (route) => {
        const asked = route.request().postDataJSON() as { question: string }
        const response = await route.fetch({ postData: JSON.stringify({ ...asked, question: 'Something else' }) })
        await route.fulfill({ response })
      })
      await page.goto(`${lab.portal}/labs/praktijk/ask`)
      await page.getByLabel('What is this job for?').fill('Who has care of whom, by district?')
      await tabTo(page, /^ *Go on/)
      await page.keyboard.press('Enter')
      await page.getByText('is not what you asked').waitFor()
      expect(await page.getByRole('button', { name: 'Sign with your passkey' }).count()).toBe(0)
      expect(await visitor.findings()).toStrictEqual([])
      expect(visitor.troubles).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )
}
