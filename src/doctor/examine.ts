import type {HealthCheck, HealthFinding, Runtime} from '@ep23/sdk'

export interface Diagnosis extends HealthFinding {
  name: string
}

/** Runs all checks at once; a check that throws is itself a finding. */
export async function examine(checks: readonly HealthCheck[], runtime: Runtime): Promise<Diagnosis[]> {
  return Promise.all(checks.map(async check => ({name: check.name, ...(await runCheck(check, runtime))})))
}

async function runCheck(check: HealthCheck, runtime: Runtime): Promise<HealthFinding> {
  try {
    return await check.run(runtime)
  } catch (error) {
    return {
      status: 'warning',
      detail: `the check itself failed: ${(error as Error).message}`,
      fix: 'run again with --debug',
    }
  }
}
