import {expect} from 'chai'

import {channelNameOf} from '#src/index.js'

describe('the name of a channel', () => {
  for (const input of ['@habr', 'habr', ' Habr ', 't.me/habr', 'https://t.me/s/habr/', 'http://telegram.me/HABR'])
    it(`is @habr in ${JSON.stringify(input)}`, () => expect(channelNameOf(input)).to.equal('@habr'))

  for (const input of ['', 'abc', '@abcd_', '@a__bcd', '@1abc', '@хабр', '@hаbr', 'a b', 'a'.repeat(33)])
    it(`is not in ${JSON.stringify(input)}`, () => expect(channelNameOf(input)).to.equal(undefined))
})
