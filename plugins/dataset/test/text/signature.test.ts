import {expect} from 'chai'

import {textSignature} from '#src/text/near-duplicates.js'

describe('textSignature', () => {
  it('names tokens, ё, stemmer and case', () => {
    expect(textSignature({stem: true})).to.equal('tok:ru-1|yo:e|stem:sb3|case:lc')
    expect(textSignature()).to.equal('tok:ru-1|yo:e|stem:no|case:lc')
    expect(textSignature({sentences: true})).to.equal('tok:ru-1|yo:e|stem:no|case:lc|sent:ru-2')
  })

  it('tells every option that changes words apart', () => {
    const signatures = [
      textSignature(),
      textSignature({stem: true}),
      textSignature({splitCompounds: true}),
      textSignature({kinds: ['word']}),
      textSignature({kinds: ['word', 'number', 'hashtag']}),
      textSignature({stopWords: true}),
      textSignature({sentences: true}),
    ]
    expect(new Set(signatures).size).to.equal(signatures.length)
  })

  it('does not depend on the order of classes', () => {
    expect(textSignature({kinds: ['number', 'word']})).to.equal(textSignature())
    expect(textSignature({kinds: ['url', 'word']})).to.equal(textSignature({kinds: ['word', 'url']}))
  })
})
