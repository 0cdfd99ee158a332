const TEXTS = ['В городе открыли метро.', '😀 **жирный** [ссылка](https://t.me/museum/1) `код`']

/** Small files that their format reads to the end, by its name. */
export const SOURCES: Readonly<Record<string, readonly string[]>> = {
  'telegram-desktop': [
    JSON.stringify({
      name: 'Музей',
      type: 'public_channel',
      id: 1234567890,
      messages: [
        {id: 1, type: 'message', date: '2024-11-01T12:00:00', date_unixtime: '1730451600', text: TEXTS[0]},
        {
          id: 2,
          type: 'message',
          date: '2024-11-01T13:00:00',
          date_unixtime: '1730455200',
          edited: '2024-11-01T14:00:00',
          edited_unixtime: '1730458800',
          text: [
            'Новость ',
            {type: 'bold', text: 'дня'},
            {type: 'text_link', text: 'здесь', href: 'https://t.me/museum/1'},
          ],
        },
        {id: 3, type: 'service', action: 'pin_message', date: '2024-11-01T13:00:00', text: ''},
      ],
    }),
  ],
  'telegram-desktop-html': [
    `<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class="page_header"><div class="text bold">Музей</div></div>
<div class="history"><div class="message default clearfix" id="message1"><div class="body"><div class="pull_right date details" title="01.11.2024 12:00:00 UTC+03:00">12:00</div>
<div class="from_name">Музей</div><div class="text">В городе <strong>открыли</strong> метро.<br><a href="https://t.me/museum/1">здесь</a> &amp; там</div></div></div></div></body></html>`,
  ],
  tdl: [
    JSON.stringify({
      id: 1234567890,
      messages: TEXTS.map((text, index) => ({
        id: index + 1,
        type: 'message',
        file: '',
        date: 1730451600 + index,
        text,
      })),
    }),
  ],
  '4cat': [
    `id,thread_id,chat,author,body,timestamp,unix_timestamp\n1,museum-1,museum,museum,"В городе ""открыли""\nметро.",2024-11-01 09:00:00,1730451600\n`,
  ],
  'web-page': [
    `<html><body><div class="tgme_channel_info_header_title"><span>Музей</span></div><div class="tgme_widget_message js-widget_message" data-post="museum/1"><div class="tgme_widget_message_text js-message_text" dir="auto">В городе <b>открыли</b> метро.<br/><a href="https://t.me/museum/1">здесь</a></div><a class="tgme_widget_message_date" href="https://t.me/museum/1"><time datetime="2024-11-01T09:00:00+00:00" class="time">12:00</time></a></div></body></html>`,
  ],
  json: [
    JSON.stringify(TEXTS.map((text, index) => ({message_id: index + 1, date: '2024-11-01T09:00:00+00:00', text}))),
    TEXTS.map((text, index) => JSON.stringify({id: index + 1, date: 1730451600, text})).join('\n'),
  ],
  csv: [
    `message_id,date,text\n1,2024-11-01T09:00:00+00:00,"В городе, ""открыли""\nметро."\n2,01.11.2024 12:00,Новость\n`,
    'message_id;date;text\n1;2024-11-01;Новость\n',
  ],
  documents: [
    JSON.stringify({
      digest_id: '@museum:2024-11-01',
      channel: '@museum',
      summary_markdown: '- В городе открыли метро.',
      posts: [{post_id: '1', text: 'В городе открыли метро.', published_at: {$date: {$numberLong: '1730451600000'}}}],
      created_at: {$date: '2024-11-01T20:59:59.999Z'},
      n: 12345678901234567890n.toString(),
    }),
    `[\n  {"_id": {"$oid": "6745a0"}, "a": 12345678901234567890, "b": [1, {"$numberDecimal": "1.5"}]},\n  {"c": "я"}\n]`,
  ],
}
