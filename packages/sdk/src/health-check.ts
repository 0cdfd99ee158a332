import type {Runtime} from './runtime.js'

export interface HealthFinding {
  /** `down` makes `ep23 doctor` exit 69. */
  status: 'ok' | 'warning' | 'down'
  detail: string
  /** What to do about it; there whenever the status is not `ok`. */
  fix?: string
}

/** One line of `ep23 doctor`; plugins contribute their own. */
export interface HealthCheck {
  name: string
  run(runtime: Runtime): Promise<HealthFinding>
}
