/**
 * Makes the picture of the portal that the README shows, from a demo that runs: `node test/journeys/readme-picture.ts FOLDER`.
 * @module
 */
import { join } from 'node:path'
import { root } from '../scenarios/support/processes.ts'
import { launchBrowser } from './support/browser.ts'
import { openLab } from './support/open-lab.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Name the folder of a demo that runs.')
process.env.KRUISPUNT_JOURNEYS_FOLDER = folder
const lab = await openLab()
const browser = await launchBrowser()
try {
  const context = await browser.newContext({ viewport: { width: 1180, height: 820 }, colorScheme: 'light' })
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  await page.goto(await lab.link('coordinator'))
  await page.locator('h1').waitFor()
  const question = 'table="residents"&rows=["gemeente.age%40gemeente.age"]&columns=["gemeente.wmo%40gemeente.wmo"]'
  await page.goto(`${lab.portal}/labs/praktijk/ask?${question}`)
  await page.getByRole('button', { name: 'Toon de tabel' }).click()
  await page.getByText('Nummer van de vrijgave').waitFor()
  await page.evaluate(() => window.scrollTo(0, 0))
  await page.screenshot({ path: join(root, 'services', 'portal', 'screenshot.png') })
} finally {
  await browser.close()
  await lab.close()
}
