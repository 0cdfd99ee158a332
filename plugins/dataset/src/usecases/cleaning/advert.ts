// Russian law marks paid posts with an "erid" token, in the text or in the link, or with the advertiser's name. The rest
// offers the channel's own advertising space, begs for boosts or ends a prize draw.
const PLAINLY_ADVERT =
  /(?<![\p{L}\d])erid(?![\p{L}])|#реклама|#промо(?!\p{L})|на правах рекламы|(?<!\p{L})реклама[.:,]?\s+(?:рекламодатель|ооо|оао|зао|пао|ао|ип|инн)(?!\p{L})|(?:купить|разместить|заказать) рекламу|t\.me\/boost\/|результаты розыгрыша/iu

// A channel's own promotion carries no mark. Each sign alone also occurs in news; three together do not.
const SIGNS: readonly RegExp[] = [
  /скидк/iu,
  /промокод/iu,
  /розыгрыш|разыгрыва|мы дарим/iu,
  /купить|закаж(?:и|ите)(?!\p{L})|заказывайте|бронируй/iu,
  /переходи(?:те)?(?!\p{L})|жми(?:те)?(?!\p{L})|нажми(?:те)?(?!\p{L})/iu,
  /регистрируй|записывайтесь|оставляйте заявк|участвуйте|поучаствовать/iu,
  /успей/iu,
  /подпи(?:шись|шитесь|сывайся|сывайтесь|саться)(?!\p{L})|сохраняйте/iu,
  /рассылк/iu,
  /только до|осталось (?:\d|меньше|всего)|(?<!\p{L})до \d{1,2} (?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)/iu,
  /приглашаем|присоединяй/iu,
  /(?<!\p{L})акци[яию](?! протест)(?!\p{L})/iu,
  /выгодн/iu,
  /напоминаем[:,]?\s+(?:что\s+)?у нас/iu,
  /utm_campaign=/iu,
]
const ENOUGH_SIGNS = 3

/**
 * True for a paid post, and for a channel's own contests and sales. `markup` is the Telegram Markdown, because the mark of a
 * paid post often stands in a link alone.
 */
export function isAdvert(markup: string): boolean {
  return PLAINLY_ADVERT.test(markup) || SIGNS.filter(sign => sign.test(markup)).length >= ENOUGH_SIGNS
}
