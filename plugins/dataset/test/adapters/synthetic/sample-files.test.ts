import {expect} from 'chai'

import {SAMPLE_CHANNELS, sampleFiles} from '#src/adapters/synthetic/sample-files.js'

interface Line {
  id: string
  date: string
  text: string
}

describe('sample files', () => {
  const files = new Map(sampleFiles().map(({path, content}) => [path, content]))
  const posts = new Map(SAMPLE_CHANNELS.map(channel => [channel, linesOf(`channels/${channel.slice(1)}.jsonl`)]))

  it('are the same every time', () => {
    expect(new Map(sampleFiles().map(({path, content}) => [path, content]))).to.deep.equal(files)
  })

  it('have posts of thirty-one days for each channel, under ids that no post of Telegram has', () => {
    for (const lines of posts.values()) {
      expect(new Set(lines.map(({date}) => date.slice(0, 10))).size).to.equal(31)
      expect(lines.filter(({id}) => /^\d+$/u.test(id))).to.deep.equal([])
    }
  })

  it('ask for posts that the dataset will have', () => {
    const stored = new Set(
      [...posts].flatMap(([channel, lines]) =>
        lines.filter(({id}) => !id.startsWith('20241204')).map(({id}) => `${channel}/${id}`),
      ),
    )
    const answers = (files.get('retrieval/qrels.tsv') ?? '').trim().split('\n').slice(1)
    expect(answers.length).to.equal(linesOf('retrieval/queries.jsonl').length).and.to.be.above(50)
    expect(answers.filter(line => !stored.has(line.split('\t')[1] ?? ''))).to.deep.equal([])
  })

  function linesOf(path: string): Line[] {
    return (files.get(path) ?? '')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Line)
  }
})
