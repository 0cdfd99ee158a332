import {expect} from 'chai'

import {auditFindings} from '#src/usecases/audit-report.js'
import type {Digest} from '#src/domain/digest.js'
import {validateLanguage} from '#src/usecases/validate-channels.js'
import {ChannelTally} from '#src/usecases/channel-tally.js'
import {sampleDigest} from '../sample/documents.ts'
import {cleanPost, NOVEMBER} from '../sample/channels.ts'

const VALIDATORS = {digest: () => [], reviewReport: () => []}
const HEADING = '# @demo: 11 ноября 2024 года, понедельник\n\nЗа день — 2 поста.\n\n'

function languageFindings(...bullets: string[]): string[] {
  const tally = new ChannelTally('@demo', NOVEMBER, VALIDATORS)
  for (const [index, bullet] of bullets.entries())
    tally.addDigest({
      document: {
        ...sampleDigest(),
        digest_id: `@demo:${index}`,
        summary_markdown: `${HEADING}- ${bullet} [пост](https://t.me/demo/${index})\n`,
      } as unknown as Digest,
      isTeam: false,
      stored: {},
      problems: [],
      dropped: [],
    })
  const findings = auditFindings([tally.report()], [], {channels: 1, days: 30, minimum: 0})
  return findings.filter(({rule}) => rule === 'language').map(({detail}) => detail.english)
}

/** Code and message of the refusal at seeding; undefined when the channel is accepted. */
function refusalOf(...texts: string[]): string | undefined {
  const posts = texts.map((text, index) => cleanPost(String(index + 1), text))
  try {
    validateLanguage({name: '@demo', cleanByDay: new Map([['2024-11-11', posts]])})
    return undefined
  } catch (error) {
    const {code, message} = error as Error & {code: string}
    return `${code} ${message}`
  }
}

const RUSSIAN = 'В Казани открыли трамвайный маршрут, вагоны пойдут каждые десять минут.'
const UKRAINIAN = 'У Львові відкрили трамвайний маршрут. Вагони курсуватимуть що десять хвилин.'
const BULGARIAN = 'Съдът остави в ареста бившия директор, съобщиха от прокуратурата. Той не призна вината си.'

describe('the language of a dataset', () => {
  it('is a finding of the audit that names it, whatever language the headings are in', () => {
    expect(languageFindings(UKRAINIAN, UKRAINIAN, BULGARIAN)).to.deep.equal([
      '3 of 3 digests are not in Russian: uk (2), bg (1)',
    ])
  })

  it('is none for Russian digests, and for a day or two of quotations among them', () => {
    expect(languageFindings(RUSSIAN)).to.deep.equal([])
    expect(languageFindings(UKRAINIAN, ...Array.from({length: 5}, () => RUSSIAN))).to.deep.equal([])
  })

  it('refuses a channel at seeding, by name', () => {
    expect(refusalOf(UKRAINIAN, UKRAINIAN, RUSSIAN)).to.match(/DATASET_NOT_RUSSIAN.*Ukrainian \(uk\)/u)
    expect(refusalOf(BULGARIAN)).to.match(/DATASET_NOT_RUSSIAN.*Bulgarian \(bg\)/u)
    expect(refusalOf('The government announced new measures today.')).to.match(/English \(en\)/u)
  })

  it('accepts a Russian channel that quotes others, and one without a word', () => {
    expect(refusalOf(RUSSIAN, RUSSIAN, UKRAINIAN)).to.equal(undefined)
    expect(refusalOf('🎉')).to.equal(undefined)
  })
})
