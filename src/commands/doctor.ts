import {BaseCommand, englishOf, EXIT, inLanguage, type CommandResult, type Input} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'

import {commandNames, hostChecks, metricNames, pluginChecks} from '../doctor.js'
import {examine, formatFindings, toDiagnosis, type Diagnosis} from '../findings.js'
import {translator} from '../language/static-words.js'
import type {RepositoryFinding} from '../repository/repository-finding.js'

interface DoctorData {
  checks: Diagnosis[]
  /** Of `--repo`. */
  repository?: {folder: string; files: number; findings: (Omit<RepositoryFinding, 'detail'> & {detail: string})[]}
}

export default class Doctor extends BaseCommand<typeof Doctor> {
  static override summary = 'Check Node, store, plugins, disk, clock and text rules; each finding comes with its fix.'
  static override examples = [
    '<%= config.bin %> doctor',
    '<%= config.bin %> doctor --store mongodb://127.0.0.1:27017',
    '<%= config.bin %> doctor --repo .',
  ]
  static override flags = {
    repo: Flags.string({
      summary:
        'Check the files of this repository instead: YAML, JSON, conflict marks, large JSON lines, links and their anchors, copies of schemas, Russian pages.',
      helpValue: 'DIR',
      env: 'EP23_DOCTOR_REPO',
    }),
  }
  static override args = {}
  static override readOnly = true

  protected async execute({flags}: Input<typeof Doctor>): Promise<CommandResult<DoctorData>> {
    return flags.repo === undefined ? this.examineMachine() : this.examineRepository(flags.repo)
  }

  private async examineRepository(folder: string): Promise<CommandResult<DoctorData>> {
    const {settings, progress} = this.runtime
    const {checkRepository} = await import('../repository/check-repository.js')
    const {readOwnSchemas} = await import('../repository/own-schemas.js')
    const {message} = await import('../words/words.js')
    const {files, findings} = await progress.step('Look at the files', async () =>
      checkRepository(folder, await readOwnSchemas([...this.config.plugins.values()].map(({root}) => root))),
    )
    const lines = await Promise.all(
      findings.map(async ({file, line, column, detail}) => {
        const place = [file, line, column].filter(part => part !== null).join(':')
        return `✖ ${place} ${await inLanguage<string>(detail, settings.lang)}`
      }),
    )
    const summary =
      findings.length === 0
        ? message('repositoryFine', {files})
        : message('repositoryFindings', {files, findings: findings.length})
    const told = findings.map(finding => ({...finding, detail: englishOf(finding.detail)}))
    return {
      data: {checks: [], repository: {folder, files, findings: told}},
      text: [...lines, await inLanguage<string>(summary, settings.lang)],
      exit: findings.length === 0 ? EXIT.ok : EXIT.gateFailed,
    }
  }

  private async examineMachine(): Promise<CommandResult<DoctorData>> {
    const {lang} = this.runtime.settings
    const contributed = (await this.runtime.contributions()).flatMap(({checks = []}) => checks)
    const found = await examine(
      [...hostChecks, ...pluginChecks(this.config), commandNames(this.config), metricNames, ...contributed],
      this.runtime,
    )
    const isDown = found.some(({status}) => status === 'down')
    return {
      data: {checks: found.map(toDiagnosis)},
      text: await formatFindings(found, lang, translator(lang, this.config)),
      exit: isDown ? EXIT.unavailable : EXIT.ok,
    }
  }
}
