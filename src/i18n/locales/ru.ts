/** Русский. Durations and days come in the nominative, so they stand after a colon or in brackets. */

import type { Locale } from '../types.js';

const russian: Locale = {
  uploader: 'Загрузка файла',
  drop: 'Перетащите файл сюда или',
  dropAnother: 'Перетащите другой файл сюда или',
  dropNow: 'Отпустите файл здесь',
  dropFiles: 'Перетащите файлы сюда или',
  dropFolder: 'Перетащите папку сюда или',
  dropMore: 'Перетащите ещё или',
  dropFilesNow: 'Отпустите файлы здесь',
  dropWrongType: 'Файлы этого типа сюда загрузить нельзя',
  dropNoRoom: 'Сейчас больше файлов добавить нельзя',
  chooseFile: 'Выбрать файл',
  chooseFiles: 'Выбрать файлы',
  chooseFolder: 'Выбрать папку',
  upTo: 'до {size}',

  upload: 'Загрузить',
  pause: 'Пауза',
  resume: 'Продолжить',
  retry: 'Повторить',
  tryNow: 'Повторить сейчас',
  cancel: 'Отменить',
  remove: 'Убрать',
  keep: 'Оставить',
  discard: 'Удалить',
  uploadAll: 'Загрузить все',
  pauseAll: 'Приостановить все',
  resumeAll: 'Продолжить все',
  retryAll: 'Повторить все',
  cancelAll: 'Отменить все',
  clearFinished: 'Очистить список',

  preparing: 'Подготовка…',
  transferred: '{loaded} из {total}',
  timeLeft: 'осталось: {duration}',
  waitingForNetwork: 'Ожидание сети. Загрузка продолжится сама.',
  tryingAgainIn: '{error} До новой попытки: {duration}.',
  tryingAgain: '{error} Новая попытка.',
  otherTab: 'Загружается в другой вкладке',
  pausedAt: 'Пауза: загружено {percent}',
  completing: 'Завершение…',
  queued: 'Ожидает своей очереди',
  uploaded: 'Загружено',
  uploadedVerified: 'Загружено и проверено',
  uploadedOf: 'Загружено {done} из {count}',
  failedCount: 'Не удалось: {count}',
  unverifiedNotExposed: 'Не проверено: правило CORS бакета не открывает x-oss-hash-crc64ecma.',
  unverifiedSwitchedOff: 'Не проверено: задан no-verify.',
  leftToday: 'Сегодня загружено {percent}.',
  leftOn: 'Загружено {percent} ({day}).',
  resumable: '{left} Чтобы продолжить, выберите файл ещё раз.',
  otherFile: '«{name}» — другой файл, продолжить с ним нельзя.',
  changedFile: 'Файл «{name}» с тех пор изменился, его нужно загрузить заново.',
  persistenceUnavailable: 'Не закрывайте страницу до конца загрузки: этот браузер не может сохранить её ход.',
  confirmDiscard: 'Уже загружено {size}. Удалить загруженное?',
  details: 'Подробности',
  requestId: 'ID запроса',

  rejectedType: 'Файлы такого типа, как «{name}», здесь не принимаются.',
  rejectedFolder: '«{name}» — папка. Выберите файл.',
  rejectedUnreadable: 'Не удаётся прочитать «{name}».',
  rejectedDuplicate: '«{name}» уже в списке.',
  rejectedSize: 'Файл «{name}» больше {size}.',
  rejectedCount: 'Только один файл за раз: «{name}» не добавлен.',
  rejectedLimit: 'Не больше {count} за раз: «{name}» не добавлен.',
  rejectedKey: 'Файл «{name}» нельзя сохранить под этим именем.',
  rejectedByPage: 'Файл «{name}» нельзя загрузить сюда.',
  moreRejected: 'Также не добавлено: {count}.',
  fileMissing: 'Загрузите файл.',
  formUploading: 'Загрузка ещё не завершена. Пожалуйста, подождите.',
  formUnfinished: 'Один из файлов ещё не загружен. Загрузите его или уберите из списка.',
  formFailed: 'Не удалось загрузить файл. Повторите попытку или уберите его из списка.',

  announceReady: 'Файл {name} готов к загрузке.',
  announceAdded: 'Добавлено файлов: {count}.',
  announceFound: '{name}: {status}',
  announceStart: 'Загружается файл {name}.',
  announceStartMany: 'Идёт загрузка. Файлов: {count}.',
  announceStep: 'Загружено {percent}.',
  announceResumed: 'Загрузка продолжается с {percent}.',
  announceDone: 'Файл {name} загружен.',
  announceCancelled: 'Загрузка файла {name} отменена.',

  errors: {
    'region-missing': {
      message: 'Для загрузки не указан регион.',
      hint: 'Задайте атрибут region, например region="oss-cn-hangzhou".',
    },
    'bucket-missing': {
      message: 'Для загрузки не указан бакет.',
      hint: 'Укажите имя бакета в атрибуте bucket.',
    },
    'credentials-missing': {
      message: 'Не указано, откуда получать учётные данные.',
      hint: 'Укажите в credentials-url адрес, который возвращает учётные данные STS, или задайте свойство getCredentials.',
    },
    'option-invalid': {
      message: 'Недопустимое значение {option}: {value}',
      hint: 'Исправьте {option}.',
    },
    'key-invalid': {
      message: 'Недопустимое имя объекта: {key}',
      hint: 'Имя занимает от 1 до 1023 байт, не начинается с косой черты и не содержит сегментов «.» и «..».',
    },
    'credentials-refused': {
      message: 'Вы не вошли в систему или не имеете права загружать сюда файлы.',
      hint: 'Войдите и повторите попытку.',
    },
    'credentials-failed': {
      message: 'Сайт не смог предоставить учётные данные для загрузки.',
      hint: 'Повторите попытку позже; если ошибка не исчезнет, сообщите администрации сайта.',
    },
    'credentials-not-json': {
      message: 'Вместо учётных данных сайт прислал что-то другое, возможно страницу входа.',
      hint: 'Войдите и повторите попытку. Разработчикам: credentials-url должен возвращать JSON.',
    },
    'credentials-incomplete': {
      message: 'В учётных данных нет поля {field}.',
      hint: 'Разработчикам: возвращайте AccessKeyId, AccessKeySecret, SecurityToken и Expiration.',
    },
    'credentials-expired': {
      message: 'Срок действия учётных данных, полученных от сайта, уже истёк.',
      hint: 'Повторите попытку. Разработчикам: не кешируйте ответ credentials-url.',
    },
    'credentials-timeout': {
      message: 'Сайт не предоставил учётные данные вовремя.',
      hint: 'Проверьте соединение и повторите попытку.',
    },
    'credentials-unreachable': {
      message: 'Не удаётся связаться с сайтом, чтобы получить учётные данные.',
      hint: 'Проверьте соединение и повторите попытку. Разработчикам: другой источник должен разрешить этот через CORS.',
    },
    'credentials-redirected': {
      message: 'Запрос учётных данных перенаправлен на другой сайт.',
      hint: 'Войдите и повторите попытку. Разработчикам: credentials-url не должен перенаправлять на другой источник.',
    },
    'credentials-rejected': {
      message: 'Хранилище не принимает учётные данные, даже новые.',
      hint: 'Разработчикам: проверьте роль, её ключ доступа и часы сервера, который отвечает по адресу credentials-url.',
    },
    'signature-refused': {
      message: 'Хранилище не принимает подпись загрузки.',
      hint: 'Разработчикам: проверьте, что region совпадает с регионом бакета, а AccessKeySecret верен.',
    },
    'access-denied': {
      message: 'Хранилище не разрешает эту загрузку.',
      hint: 'Разработчикам: политика RAM должна разрешать oss:PutObject для «{key}» в «{bucket}».',
    },
    'bucket-not-found': {
      message: 'Бакет «{bucket}» не существует.',
      hint: 'Проверьте атрибуты bucket, region и endpoint.',
    },
    'endpoint-refused': {
      message: 'Бакет «{bucket}» недоступен по этому адресу.',
      hint: 'Укажите в region регион бакета или задайте через endpoint и cname домен, который к нему привязан.',
    },
    'object-exists': {
      message: 'Файл с именем «{key}» уже есть в хранилище.',
      hint: 'Переименуйте файл и выберите его ещё раз.',
    },
    'cors-blocked': {
      message: 'Хранилище доступно, но не разрешает загрузку с этой страницы.',
      hint: 'Разработчикам: проверьте, что бакет «{bucket}» существует, и задайте ему правило CORS: источник {origin}, методы PUT, POST, GET, HEAD, DELETE, заголовки *, открытые заголовки ETag, x-oss-request-id, x-oss-hash-crc64ecma.',
    },
    'etag-hidden': {
      message: 'Хранилище не сообщает этой странице, что уже получено.',
      hint: 'Разработчикам: правило CORS бакета «{bucket}» должно открывать заголовок ETag.',
    },
    'clock-skewed': {
      message: 'Часы этого устройства идут неверно.',
      hint: 'Установите дату и время и повторите попытку.',
    },
    'upload-gone': {
      message: 'Хранилище больше не помнит эту загрузку.',
      hint: 'Повторите попытку: загрузка начнётся сначала.',
    },
    'callback-failed': {
      message: 'Файл сохранён, но сайт не удалось об этом известить.',
      hint: 'Сообщите администрации сайта, что обратный вызов после загрузки не проходит.',
    },
    throttled: {
      message: 'Хранилище перегружено.',
      hint: 'Повторите попытку позже.',
    },
    'server-error': {
      message: 'В хранилище произошёл сбой.',
      hint: 'Повторите попытку позже.',
    },
    'request-refused': {
      message: 'Хранилище отклонило загрузку ({ossCode}).',
      hint: 'Сообщите администрации сайта.',
    },
    network: {
      message: 'Соединение с хранилищем прервано.',
      hint: 'Проверьте соединение и повторите попытку: всё полученное сохранится.',
    },
    timeout: {
      message: 'Хранилище слишком долго не отвечает.',
      hint: 'Проверьте соединение и повторите попытку: всё полученное сохранится.',
    },
    'file-unreadable': {
      message: 'Файл больше не читается.',
      hint: 'Возможно, он перемещён, изменён или удалён. Выберите его ещё раз.',
    },
    'file-changed': {
      message: 'Файл изменился после начала загрузки.',
      hint: 'При повторной попытке он загрузится с начала в нынешнем виде.',
    },
    'file-too-large': {
      message: 'Файл слишком большой.',
      hint: 'Выберите файл поменьше.',
    },
    'checkpoint-mismatch': {
      message: 'Это не тот файл, с которого началась загрузка, или её данные повреждены.',
      hint: 'Выберите тот же файл или начните заново.',
    },
    'verification-failed': {
      message: 'Хранилище получило не то, что было отправлено.',
      hint: 'Повторите попытку: повреждённая часть будет отправлена снова.',
    },
    'sdk-unavailable': {
      message: 'Не удалось загрузить часть, необходимую для работы.',
      hint: 'Проверьте соединение и повторите попытку.',
    },
    unexpected: {
      message: 'Произошла непредвиденная ошибка.',
      hint: 'Повторите попытку; если ошибка не исчезнет, сообщите администрации сайта.',
    },
  },
};

export default russian;
