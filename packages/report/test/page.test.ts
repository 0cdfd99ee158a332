import {createHash} from 'node:crypto'

import {both, html} from '#src/html.js'
import {isOwnPage, pageAssets, pageFooter, pageHead, pageHeader} from '#src/page.js'
import {expect} from 'chai'

const HOSTILE = '</title><script>alert(1)</script>'

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

describe('a page', () => {
  it('allows its own style and script by their hashes and nothing else', () => {
    const assets = pageAssets({style: '.mine { color: var(--good) }', script: 'show()'})
    const head = pageHead('x', assets, 'ru')
    const style = /<style>([^]*)<\/style>/u.exec(head)?.[1] ?? ''
    expect(style)
      .to.match(/\.mine \{ color: var\(--good\) \}$/u)
      .and.include('--good: #15803d')
    expect(assets.policy).to.equal(
      `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf('show()')}'; base-uri 'none'; form-action 'none'`,
    )
    expect(pageAssets().policy).not.to.include('script-src')
  })

  it('is known by its beginning', () => {
    const beginning = Buffer.from(pageHead('x', pageAssets(), 'en'))
    expect(isOwnPage(beginning)).to.equal(true)
    expect(isOwnPage(Buffer.from('<!doctype html>\n<html lang="en"><head><title>mine</title>'))).to.equal(false)
  })

  it('may place elements by style attributes, then without a hash, which would forbid them', () => {
    expect(pageAssets({inlineStyles: true}).policy)
      .to.include("style-src 'unsafe-inline'")
      .and.not.include('sha256')
  })

  it('lets no text out of its place, and loads nothing', () => {
    const header = pageHeader({
      brand: HOSTILE,
      title: html`${HOSTILE}`,
      facts: [[both('a', 'b'), HOSTILE]],
      language: 'en',
    })
    const footer = pageFooter([[HOSTILE, HOSTILE]], HOSTILE)
    const page = pageHead(HOSTILE, pageAssets(), 'en') + header.html + footer.html
    expect(page).not.to.match(/<script|<link|<img|url\(|https?:|@import/u)
    expect(page.match(/&#60;script&#62;/gu)).to.have.length(7)
  })

  it('opens in the language asked for, and can be switched without a script', () => {
    const header = pageHeader({brand: 'ep23', title: both('да', 'yes'), facts: [], language: 'en'}).html
    expect(header)
      .to.match(/id="en" checked/u)
      .and.not.match(/id="ru" checked/u)
    expect(pageHead('x', pageAssets(), 'en')).to.include('<html lang="en">')
    expect(pageAssets().style).to.include("html:has(#ru:checked) [lang='en']")
  })
})
