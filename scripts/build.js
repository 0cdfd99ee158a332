// Compiles all packages, removes outputs whose source is gone (oclif would go on offering deleted commands),
// compiles the documents' schemas and writes each package's oclif.manifest.json.
import {spawnSync} from 'node:child_process'
import {cpSync, existsSync, globSync, rmSync} from 'node:fs'
import {basename, join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {buildPage} from './build-page.js'
import {compileJudges} from './compile-judges.js'
import {writeCompletions} from './completions.js'
import {packagesWithCommands, writeManifest} from './manifests.js'
import {writeSettingsSchema} from './settings-schema.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const RAG_CONFIG = 'config/retrieval_rerank_config.yaml'

removeOrphans()
compile()
await compileJudges(root)
await buildPage(root)
await writeSettingsSchema(root)
// What `ep23 init` gives a new project is what this one has.
cpSync(join(root, RAG_CONFIG), join(root, 'plugins/rag/assets', basename(RAG_CONFIG)))
for (const folder of packagesWithCommands(root)) await writeManifest(folder)
writeCompletions(root)
// It reads what was compiled.
const {writeReference} = await import('./reference.js')
writeReference(root)

function removeOrphans() {
  for (const output of globSync(['dist/**/*.js', 'packages/{*,sdk/testing}/dist/**/*.js', 'plugins/*/dist/**/*.js'], {
    cwd: root,
  })) {
    const source = output.replace(/(^|\/)dist\//u, '$1src/').replace(/\.js$/u, '.ts')
    // What is generated has its types among the sources.
    if (existsSync(join(root, source)) || existsSync(join(root, source.replace(/\.ts$/u, '.d.ts')))) continue
    for (const ending of ['.js', '.js.map', '.d.ts', '.d.ts.map'])
      rmSync(join(root, output.replace(/\.js$/u, ending)), {force: true})
  }
}

function compile() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const {status} = spawnSync(process.execPath, [tsc, '-b', root], {stdio: 'inherit'})
  if (status !== 0) process.exit(status ?? 1)
}
