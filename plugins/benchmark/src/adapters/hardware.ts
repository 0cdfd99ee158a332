import {cpus, totalmem} from 'node:os'

import type {HardwareFacts} from '../domain/run-result.js'

/** What the numbers of this run were measured on. */
export function readHardware(): HardwareFacts {
  const processors = cpus()
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memory_bytes: totalmem(),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    icu: process.versions['icu'] ?? null,
  }
}
