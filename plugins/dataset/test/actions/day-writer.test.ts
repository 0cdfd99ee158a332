import {openDayWriter} from '#src/actions/day-writer.js'
import type {ChannelName} from '#src/domain/channel.js'
import {fakeRuntime, memoryStore} from '@ep23/sdk/testing'
import {expect} from 'chai'

const [channel, day, zone] = ['@habr' as ChannelName, '2024-11-04', 'Europe/Moscow']
const byDay = new Map([
  [
    day,
    [
      'В городе открыли новую станцию метро. Она стоит на востоке. Там живёт много людей.',
      'Учёные нашли редкий минерал на Урале. Он лежал в старой шахте. Его покажут в музее.',
      'Библиотеку у реки открыли после ремонта. В ней новые залы. Вход туда свободный.',
    ].map((text, index) => ({
      channel: {username: 'habr'},
      post_id: String(index + 1),
      published_at: new Date(`${day}T09:0${index}:00Z`),
      text,
    })),
  ],
])

describe("writing a day's digest", () => {
  it('writes the review that a killed process has left out, and nothing else', async () => {
    const runtime = fakeRuntime({store: memoryStore()})
    const writer = await openDayWriter(runtime, 'extractive')
    const write = () => writer.write({channel, day, zone, byDay, dryRun: false})
    await write()
    const all = async (name: string): Promise<unknown[]> => Array.fromAsync(runtime.store.collection(name).find())
    const [digests, reviews] = [await all('digests'), await all('review_reports')]
    expect([digests.length, reviews.length]).to.deep.equal([1, 1])
    await runtime.store.collection('review_reports').deleteMany({})
    await write()
    expect(await all('digests')).to.deep.equal(digests)
    expect(await all('review_reports')).to.have.length(1)
  })
})
