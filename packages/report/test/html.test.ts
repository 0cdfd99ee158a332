import {expect} from 'chai'

import {both, html} from '#src/html.js'

describe('html', () => {
  it('escapes text in content and in quoted attributes, and leaves markup alone', () => {
    const text = `"><b>'&`
    const escaped = '&#34;&#62;&#60;b&#62;&#39;&#38;'
    expect(html`<p title="${text}">${text}${html`<i>1</i>`}</p>`.html).to.equal(
      `<p title="${escaped}">${escaped}<i>1</i></p>`,
    )
  })

  it('joins lists, and makes nothing of what is absent', () => {
    expect(html`<i>${[1, html`<b></b>`, null, ['a', undefined]]}</i>`.html).to.equal('<i>1<b></b>a</i>')
  })

  it('says things in both languages', () => {
    expect(both('да', 'yes').html).to.equal('<span lang="ru">да</span><span lang="en">yes</span>')
  })
})
