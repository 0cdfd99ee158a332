import type {Random} from '../random.js'

// Parts of invented brand names; no combination is known as a real company.
const BRAND_BEGINNINGS =
  'Ветро Гранит Дельта Зенит Инфо Кварт Лазурь Мега Норд Опти Поли Ритм Север Тера Ультра Физи Хром Цифро Эко Янтар'.split(
    ' ',
  )
const BRAND_ENDS = 'бор вал гор дом кедр клён лес лог лук маяк мост парус пик род сад свод тон фонд хаб шар'.split(' ')
const PRODUCT_BEGINNINGS =
  'Бризо Вело Глоссо Дрео Зерно Карто Листо Мелио Никто Орби Пиксо Рендо Скрипто Тиксо Формо Эхо'.split(' ')
const PRODUCT_ENDS = 'бокс граф дек зор карт кит лайн метр нод пак рама скоп стек строй тека флоу'.split(' ')

/** Invented names, never declined: they stand in quotation marks after a common noun that is. */
export const NAMES = {
  бренд: (random: Random): string => `«${random.pick(BRAND_BEGINNINGS)}${random.pick(BRAND_ENDS)}»`,
  продукт: (random: Random): string => `«${random.pick(PRODUCT_BEGINNINGS)}${random.pick(PRODUCT_ENDS)}»`,
}
