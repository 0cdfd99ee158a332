import {tokenize} from '@ep23/plugin-dataset/text'
import {expect} from 'chai'

import {wordDiff} from '../../page/word-diff.ts'

const told = (summary: string) => ({summary, tokens: tokenize(summary).map(({start, end}) => [start, end] as const)})

describe('the difference of two digests', () => {
  it('is whole words and numbers; ё and е are one letter', () => {
    const pieces = wordDiff(told('Ёлку привезли в Москву, 5,5 млн'), told('Елку привезли из Москвы, 5,7 млн'))
    const wordsOf = (kind: string): string[] =>
      pieces
        .filter(piece => piece.kind === kind)
        .flatMap(({before, after}) => tokenize(before + after).map(({text}) => text))
    expect(wordsOf('removed')).to.deep.equal(['в', 'Москву', '5,5'])
    expect(wordsOf('added')).to.deep.equal(['из', 'Москвы', '5,7'])
  })

  it('gives back both texts', () => {
    const [before, after] = [
      '- Открыли мост. [пост](https://t.me/a/1)\n- Закрыли школу.',
      '- Открыли новый мост.\n\n- Закрыли школу!',
    ]
    const pieces = wordDiff(told(before), told(after))
    expect(pieces.map(piece => piece.before).join('')).to.equal(before)
    expect(pieces.map(piece => piece.after).join('')).to.equal(after)
  })

  it('says nothing of equal texts, and all of texts with nothing in common', () => {
    expect(wordDiff(told('Одно и то же.'), told('Одно и то же.')).every(({kind}) => kind === 'same')).to.equal(true)
    expect(wordDiff(told('кот'), told('пёс')).map(({kind}) => kind)).to.have.members(['removed', 'added'])
  })
})
