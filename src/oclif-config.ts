import type {Interfaces} from '@oclif/core'

/** oclif's Config, as the host uses it. */
export type OclifConfig = Interfaces.Config
