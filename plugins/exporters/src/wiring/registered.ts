import type {Runtime} from '@ep23/sdk'

import type {RegisteredExporter} from '../domain/registered-exporter.js'
import {readCommandExporters} from '../usecases/registry/read-command-exporters.js'
import {registerExporters} from '../usecases/registry/register-exporters.js'

/** The exporters of all plugins and of the settings file. */
export async function registeredExporters(runtime: Runtime): Promise<RegisteredExporter[]> {
  const {settings} = runtime
  const commands = readCommandExporters(settings.section('exporters'), settings.configDir)
  return registerExporters(await runtime.contributions(), commands)
}
