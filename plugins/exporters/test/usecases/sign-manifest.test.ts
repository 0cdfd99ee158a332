import {expect} from 'chai'

import {preAuthenticationEncoding} from '#src/usecases/sign-manifest.js'

describe('the DSSE pre-authentication encoding', () => {
  it('is that of the specification’s own example', () => {
    const encoded = preAuthenticationEncoding('http://example.com/HelloWorld', Buffer.from('hello world'))
    expect(String(encoded)).to.equal('DSSEv1 29 http://example.com/HelloWorld 11 hello world')
  })

  it('counts bytes, not characters', () => {
    expect(String(preAuthenticationEncoding('ж', Buffer.from('жж')))).to.equal('DSSEv1 2 ж 4 жж')
  })
})
