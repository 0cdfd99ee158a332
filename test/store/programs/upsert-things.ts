// Run as a child: upserts documents FROM to TO into the store LOCATION and prints the counts as JSON.
import {openStore} from '#src/store/open-store.js'

const [location = '', from = '0', to = '0', ...ranges] = process.argv.slice(2)

async function* things(): AsyncGenerator<{id: string; n: number; text: string}> {
  for (const [start, end] of pairs([from, to, ...ranges]))
    for (let n = start; n < end; n += 1)
      yield {id: `thing-${String(n).padStart(8, '0')}`, n, text: 'Новости дня. '.repeat(5)}
}

function* pairs(bounds: string[]): Generator<[number, number]> {
  for (let i = 0; i < bounds.length; i += 2) yield [Number(bounds[i]), Number(bounds[i + 1])]
}

const store = await openStore(location)
const counts = await store.collection<{id: string}>('things').upsertMany(things(), 'id')
await store.dispose()
process.stdout.write(JSON.stringify(counts))
