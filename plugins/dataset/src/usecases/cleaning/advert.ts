// Russian law marks paid posts with an "erid" token, in the text or in the link, or with the advertiser's name.
const PAID =
  /(?<![\p{L}\d])erid(?![\p{L}])|#реклама|#промо(?!\p{L})|на правах рекламы|(?<!\p{L})реклама[.:,]?\s+(?:рекламодатель|ооо|оао|зао|пао|ао|ип|инн)(?!\p{L})/iu

// A channel's own promotion carries no mark. Each sign alone also occurs in news; three together do not.
const PROMOTION: readonly RegExp[] = [
  /скидк/iu,
  /промокод/iu,
  /розыгрыш|разыгрыва|мы дарим/iu,
  /купить|закаж(?:и|ите)(?!\p{L})|заказывайте|бронируй/iu,
  /переходи(?:те)?(?!\p{L})|жми(?:те)?(?!\p{L})|нажми(?:те)?(?!\p{L})/iu,
  /регистрируй|записывайтесь|оставляйте заявк|участвуйте|поучаствовать/iu,
  /успей/iu,
  /подпи(?:шись|шитесь|сывайся|сывайтесь)|сохраняйте/iu,
  /только до|осталось (?:\d|меньше|всего)/iu,
  /приглашаем|присоединяй/iu,
]
const ENOUGH_SIGNS = 3

/**
 * True for a paid post, and for a channel's own contests and sales. `markup` is the Telegram Markdown, because the mark of a
 * paid post often stands in a link alone.
 */
export function isAdvert(markup: string): boolean {
  return PAID.test(markup) || PROMOTION.filter(sign => sign.test(markup)).length >= ENOUGH_SIGNS
}
