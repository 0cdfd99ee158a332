import {readFile} from 'node:fs/promises'

/** A check against `schemas/handoff.schema.json`: what is wrong, and where. */
export async function compileHandoffSchema(): Promise<(handoff: object) => string[]> {
  const [{Ajv2020}, {default: addFormats}, text] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('ajv-formats'),
    readFile(new URL('../../schemas/handoff.schema.json', import.meta.url), 'utf8'),
  ])
  const ajv = new Ajv2020({allErrors: true, allowUnionTypes: true})
  addFormats.default(ajv)
  const validate = ajv.compile(JSON.parse(text) as object)
  return handoff => {
    validate(handoff)
    return (validate.errors ?? []).map(({instancePath, message}) => `${instancePath || 'it'} ${message}`)
  }
}
