/** The parts of the shared infrastructure, in the order they start: Prometheus knows the addresses of those before it. */
export const INFRA_STEPS = ['mongo', 'alertmanager', 'pushgateway', 'mock_services', 'prometheus'] as const
export type InfraStep = (typeof INFRA_STEPS)[number]

/** How a part comes up: a program of this host, a container, something that runs already, or a team's own command. */
export const INFRA_PROVIDERS = ['process', 'docker', 'external', 'command'] as const
export type InfraProvider = (typeof INFRA_PROVIDERS)[number]

/** What the user wants of one part. */
export interface StepPlan {
  step: InfraStep
  provider: InfraProvider
  /** A fixed port; a free one by default. */
  port?: number
  /** Where an `external` or `command` part answers. */
  url?: string
  /** Shell commands of a `command` part. */
  upCommand?: string
  downCommand?: string
}

/** The variable by which CI jobs and people find a part. */
export const STEP_VARIABLES: Readonly<Record<InfraStep, string>> = {
  mongo: 'MONGODB_URL',
  alertmanager: 'ALERTMANAGER_URL',
  pushgateway: 'PUSHGATEWAY_URL',
  mock_services: 'LLM_URL',
  prometheus: 'PROMETHEUS_URL',
}
