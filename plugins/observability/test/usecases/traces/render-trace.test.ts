import {expect} from 'chai'

import {renderHtml} from '#src/usecases/traces/render-html.js'
import {renderTree} from '#src/usecases/traces/render-tree.js'
import {spanOf} from '../../sample/span-of.ts'

const FAILED = {status: 'error', status_message: 'the judge did not answer'} as const

describe('a drawn trace', () => {
  const spans = [
    spanOf(1, 0xffff),
    spanOf(2, 1, {...FAILED, name: `<b>${'ш'.repeat(80)}</b>`}),
    spanOf(3, 2),
    spanOf(4, 5, {service: 'butler-bot'}),
    spanOf(5, 4, {service: 'butler-bot', attributes: {url: 'https://example.org/?a=1&b="2"'}}),
  ]

  it('says in the terminal which spans stand apart from their parents, and shortens long names', () => {
    const lines = renderTree(spans)
    expect(lines[0]).to.equal('trace 4bf92f3577b34da6a3ce929d0e0e4736: 5 spans, 5.00 ms')
    expect(lines[2]).to.match(/^s1 .*\(its parent 000000000000ffff is not stored\)$/u)
    expect(lines[3]).to.match(/^└─ <b>ш+… .* ✗ the judge did not answer$/u)
    expect(lines[4]).to.match(/^ {3}└─ s3 /u)
    expect(lines[5]).to.match(/^s4 .*\(its parents name each other in a circle, beginning with 0000000000000005\)$/u)
    expect(lines[6]).to.match(/^└─ s5 /u)
  })

  it('is a page that shows every span once, failures open, and nothing of theirs as markup', () => {
    const html = renderHtml(spans)
    expect(html.match(/<details /gu)).to.have.length(5)
    expect(html.match(/<details class="error" open>/gu)).to.have.length(1)
    expect(html).to.include('5 spans, 1 failed; 5.00 ms from ')
    expect(html).to.include('its parent 000000000000ffff is not stored')
    expect(html).to.include('&#60;b&#62;шшш').and.not.include('<b>')
    expect(html).to.include('?a=1&#38;b=&#34;2&#34;')
    expect(html).to.not.match(/<script|src=|href=|url\(/u)
  })

  it('copes with more spans than a call may have arguments', () => {
    const many = Array.from({length: 130_000}, (_, index) => spanOf(index + 1, index === 0 ? null : 1))
    expect(() => Math.max(...many.keys())).to.throw(RangeError)
    expect(renderTree(many)).to.have.length(130_002)
  })
})
