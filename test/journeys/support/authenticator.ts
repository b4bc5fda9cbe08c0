/**
 * A passkey of the browser itself, without a finger: Chromium's virtual authenticator (CDP, WebAuthn domain). It verifies whoever
 * sits there at once, keeps its keys, and signs as a real one does.
 * @module
 */
import type { Page } from 'playwright-core'

export type VirtualAuthenticator = {
  /** Whether somebody goes through with it. */
  answers(isThere: boolean): Promise<void>
}

export async function giveAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    async answers(isThere) {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: isThere })
    },
  }
}
