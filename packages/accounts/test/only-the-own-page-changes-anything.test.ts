import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFromOwnPage } from '../src/index.ts'

const own = ['https://portaal.voorbeeld.nl']
const page = { method: 'POST', origin: own[0], fetchSite: 'same-origin', pageHeader: '1' }

describe('only the own page changes anything', () => {
  it.each([
    ['all signs', page],
    ['a browser without Fetch Metadata', { ...page, fetchSite: undefined }],
    ['a read by the page', { ...page, method: 'GET', origin: undefined, pageHeader: undefined }],
    ['an address that was typed', { method: 'GET', origin: undefined, fetchSite: 'none', pageHeader: undefined }],
  ])('lets through %s', (_name, signs) => expect(isFromOwnPage(signs, own)).toBe(true))

  it.each([
    ['another origin', { ...page, origin: 'https://elders.nl' }],
    ['a name that only begins alike', { ...page, origin: `${own[0]}.elders.nl` }],
    ['the same host without TLS', { ...page, origin: 'http://portaal.voorbeeld.nl' }],
    ['a sandboxed frame', { ...page, origin: 'null' }],
    ['another site', { ...page, fetchSite: 'cross-site' }],
    ['a neighbour on the same site', { ...page, fetchSite: 'same-site' }],
    ['a read for another site', { ...page, method: 'GET', fetchSite: 'cross-site', origin: undefined }],
    ['a form, which sends no header', { ...page, pageHeader: undefined }],
    ['another value of the header', { ...page, pageHeader: '1, 1' }],
    ['a change that was typed', { ...page, fetchSite: 'none' }],
    ['neither origin nor Fetch Metadata', { ...page, origin: undefined, fetchSite: undefined }],
  ])('refuses %s', (_name, signs) => expect(isFromOwnPage(signs, own)).toBe(false))

  it('lets no foreign origin change anything, whatever else it sends', () => {
    const text = fc.option(fc.oneof(fc.constantFrom('same-origin', 'none', '1'), fc.string()), { nil: undefined })
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('POST', 'PUT', 'DELETE', 'PATCH'),
        text,
        text,
        (origin, method, a, b) => {
          fc.pre(!own.includes(origin))
          return !isFromOwnPage({ method, origin, fetchSite: a, pageHeader: b }, own)
        },
      ),
    )
  })
})
