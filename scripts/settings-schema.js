// Writes schemas/ep23.config.schema.json, from what the host and each plugin's package.json declare: editors complete and check with it.
import {globSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'

export async function writeSettingsSchema(root) {
  const {settingsSchema} = await import(pathToFileURL(join(root, 'dist/setting-definitions.js')).href)
  const sections = globSync('plugins/*/package.json', {cwd: root})
    .sort()
    .map(file => JSON.parse(readFileSync(join(root, file), 'utf8')).ep23?.settings ?? {})
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'ep23.config.yaml',
    ...closed(settingsSchema(Object.assign({}, ...sections))),
  }
  writeFileSync(join(root, 'schemas/ep23.config.schema.json'), `${JSON.stringify(schema, null, 2)}\n`)
}

/** What ep23 refuses, an editor marks: keys that are not declared. */
function closed({properties, items, ...schema}) {
  return {
    ...schema,
    ...(items && {items: closed(items)}),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, closed(inner)])),
      additionalProperties: false,
    }),
  }
}
