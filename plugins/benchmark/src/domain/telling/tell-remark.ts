import type {RunRemark} from '../run-result.js'
import {tellName} from './name-words.js'
import {tellInventedLook} from './tell-gate.js'
import {joinTold, russianCount, type Told} from './told.js'

/** What a run's verdict rests on or lacks, in a sentence. */
export function tellRemark(remark: RunRemark): Told {
  switch (remark.code) {
    case 'no_thresholds':
      return {
        ru: `В сценарии ${remark.scenario} нет порогов для оценок по шкале «${remark.scale}»: они показаны, но ничего не решают`,
        en: `${remark.scenario} has no thresholds for scores of the scale "${remark.scale}": they are reported, not gated`,
      }
    case 'few_channels':
      return {
        ru: `Интервалы — о среднем по всем таким каналам, а не по этим ${remark.channels}: образцы одного канала похожи, и при столь немногих каналах интервалы широки`,
        en: `intervals are about the mean over all such channels, not these ${remark.channels} alone: the samples of a channel resemble each other, and with so few channels they are wide`,
      }
    case 'shared_news': {
      const told = remark.pairs
        .map(({channels, share}) => `${channels.join(' / ')} ${Math.round(share * 100)} %`)
        .join(', ')
      const merged = remark.clusters < remark.channels
      return {
        ru: `Каналы делят новости (${told} меньшего)${merged ? `: независимых групп ${remark.clusters} из ${remark.channels} каналов, по ним и считаны интервалы` : ''}`,
        en: `channels share their news (${told} of the smaller)${merged ? `: ${remark.channels} channels are ${remark.clusters} independent ${remark.clusters === 1 ? 'group' : 'groups'}, and intervals are over these` : ''}`,
      }
    }
    case 'scores_look_invented': {
      const [names, {ru, en}] = [joinTold(remark.scores.map(tellName), ', '), tellInventedLook(remark.look)]
      return {ru: `${capital(names.ru)}: ${ru}`, en: `${names.en}: ${en}`}
    }
    default: {
      const {samples} = remark
      return {
        ru: `${russianCount(samples, ['синтетический образец показан', 'синтетических образца показаны', 'синтетических образцов показаны'])} отдельно: в живом сценарии они ничего не решают`,
        en: `${samples} synthetic samples are reported apart and gate nothing in a live scenario`,
      }
    }
  }
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
