import type {DashboardSpec} from './panel-spec.ts'
import {benchmarks} from './specs/benchmarks.ts'
import {daily} from './specs/daily.ts'
import {dataset} from './specs/dataset.ts'
import {exporters} from './specs/exporters.ts'
import {observability} from './specs/observability.ts'
import {rag} from './specs/rag.ts'

/** All dashboards; each says its queries in its own file. */
export const dashboards: readonly DashboardSpec[] = [dataset, exporters, benchmarks, daily, observability, rag]
