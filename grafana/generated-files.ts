import {buildDashboard, uidOf, type Language} from './build-dashboard.ts'
import {dashboards} from './dashboards.ts'

const LANGUAGES: readonly Language[] = ['en', 'ru']

/** Every generated file by its path within this folder. */
export function generatedFiles(): Map<string, string> {
  return new Map(
    LANGUAGES.flatMap(language =>
      dashboards.map((spec): [string, string] => [
        `dashboards/${language === 'en' ? '' : `${language}/`}${uidOf(spec.name, language)}.json`,
        `${JSON.stringify(buildDashboard(spec, language), undefined, 2)}\n`,
      ]),
    ),
  )
}
