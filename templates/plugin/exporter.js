const SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'team_lengths.schema.json',
  type: 'object',
  properties: {
    sample_id: {type: 'string'},
    channel: {type: 'string'},
    timestamp: {type: 'string'},
    characters: {type: 'integer'},
  },
  required: ['sample_id', 'channel', 'timestamp', 'characters'],
  additionalProperties: false,
}

/** How long each digest is, one record a digest. */
export const lengthsExporter = {
  name: 'team_lengths',
  summary: 'How long each digest is.',
  schema: async () => SCHEMA,
  count: async (store, query) => (await Array.fromAsync(digests(store, query))).length,
  async *records(store, query) {
    for await (const {digest_id, channel, created_at, summary_markdown: text} of digests(store, query))
      yield {sample_id: digest_id, channel, timestamp: created_at.toISOString(), characters: text.length}
  },
}

async function* digests(store, {channels, from, to}) {
  const created = {...(from && {$gte: from}), ...(to && {$lt: to})}
  yield* store.collection('digests').find(
    {
      ...(channels && {channel: {$in: channels}}),
      ...(Object.keys(created).length > 0 && {created_at: created}),
    },
    {sort: {channel: 1, created_at: 1, digest_id: 1}},
  )
}
