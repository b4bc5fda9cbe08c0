/**
 * Somebody of a partner sets up own ways to come in at the console: a passkey, and a password with an authenticator app.
 * @module
 */
import { createHmac } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { expect, it } from 'vitest'
import { giveAuthenticator } from './support/authenticator.ts'
import type { OpenLab } from './support/open-lab.ts'
import { visit } from './support/visitor.ts'

const patient = 300_000
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 and RFC 6238, written again here. @param step - periods of thirty seconds from now */
function codeOf(secret: string, step: number): string {
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [])
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + step))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

export function consoleAccountJourneys(at: () => { readonly lab: OpenLab; readonly browser: Browser }): void {
  it(
    'somebody adds a passkey and a password with an app, and comes in with either',
    async () => {
      const { lab, browser } = at()
      const visitor = await visit(browser, lab.console, {}, [401])
      const { page } = visitor
      await giveAuthenticator(page)
      const out = () => page.getByRole('button', { name: 'Afmelden', exact: true }).first().click()
      const signedOut = page.getByRole('heading', { level: 1, name: 'Aanmelden' })
      await page.goto(await lab.consoleLink('operator'))
      const own = page.getByRole('link', { name: /beheerder$/ })
      await own.click()
      await page.getByRole('heading', { level: 1, name: 'Uw account' }).waitFor()
      const device = `laptop ${Date.now() % 100_000_000}`
      await page.getByLabel('Naam van het apparaat').fill(device)
      await page.getByRole('button', { name: 'Passkey toevoegen' }).click()
      await page.getByText(device, { exact: true }).waitFor()
      expect(await visitor.findings()).toStrictEqual([])

      const password = 'vier losse woorden samen'
      await page.getByRole('button', { name: 'Wachtwoord instellen' }).click()
      const shown = (await page.locator('code', { hasText: /^[A-Z2-7 ]{30,}$/ }).textContent()) ?? ''
      const secret = shown.replaceAll(' ', '')
      await page.getByLabel('Wachtwoord', { exact: true }).fill(password)
      await page.getByLabel('Code uit uw authenticator-app').fill(codeOf(secret, 0))
      await page.getByRole('button', { name: 'Instellen', exact: true }).click()
      await page.getByText('U kunt zich aanmelden met een wachtwoord en een code.').waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await out()
      await signedOut.waitFor()

      // The next code: each counts once.
      const account = 'operator'
      await page.getByText('Aanmelden met een wachtwoord en een code').click()
      await page.getByLabel('Accountnaam').fill(account)
      await page.getByLabel('Wachtwoord', { exact: true }).fill(password)
      await page.getByLabel('Code uit uw authenticator-app').fill(codeOf(secret, 1))
      await page.getByRole('button', { name: 'Aanmelden', exact: true }).last().click()
      await own.waitFor()
      await out()
      await signedOut.waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-signed-out')

      await page.getByRole('button', { name: 'Aanmelden met een passkey' }).click()
      await own.click()
      await page.getByText('deze browser').waitFor()
      await page.getByRole('button', { name: 'English' }).click()
      await page.getByRole('heading', { level: 1, name: 'Your account' }).waitFor()
      expect(await visitor.findings()).toStrictEqual([])
      await visitor.picture('console-account')
      const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage, at: location.href }))
      for (const one of [password, secret]) expect(kept).not.toContain(one)
      // The browser advises RSA beside them; keys are of two kinds here, on purpose.
      const advised = /pubKeyCredParams is missing .* RS256/
      expect(visitor.troubles.filter((trouble) => !advised.test(trouble))).toStrictEqual([])
      await visitor.leave()
    },
    patient,
  )
}
