// Writes the dashboards: node grafana/generate.ts
import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'

import {generatedFiles} from './generated-files.ts'

for (const [path, content] of generatedFiles()) {
  const file = join(import.meta.dirname, path)
  mkdirSync(dirname(file), {recursive: true})
  writeFileSync(file, content)
}
