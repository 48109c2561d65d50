/**
 * Russian (русский). Durations, days and counts are formatted in the nominative, so they follow a colon or are in
 * brackets.
 */

import type { Locale } from '../types.js';

const notSetUp = 'Загрузка файлов на этом сайте настроена неправильно. Обратитесь к администратору сайта.';
const sessionExpired = 'Возможно, сеанс истёк. Войдите и повторите попытку.';

const russian: Locale = {
  uploader: 'Загрузка файлов',

  dragFile: 'Перетащите файл сюда или',
  dragAnotherFile: 'Перетащите другой файл сюда или',
  dragFiles: 'Перетащите файлы сюда или',
  dragFolder: 'Перетащите папку сюда или',
  addMoreFiles: 'Добавьте ещё файлы',
  dropFileHere: 'Отпустите файл здесь',
  dropFilesHere: 'Отпустите файлы здесь',
  dropTypeRefused: 'Файлы этого типа не принимаются',
  dropLimitReached: 'Сейчас нельзя добавить больше файлов',
  dropFinishFirst: 'Сначала завершите или отмените эту загрузку',
  dropReplaces: 'Отпустите, чтобы заменить {name}',
  chooseFile: 'Выбрать файл',
  chooseNamed: 'Выбрать {name}',
  chooseFiles: 'Выбрать файлы',
  chooseFolder: 'Выбрать папку',
  chooseOrTakePhoto: 'Выбрать файл или сделать фото',
  maximumSize: 'Максимальный размер: {size}',
  typesAndSize: '{types}, до {size}',
  loadFailed:
    'Не удалось загрузить часть, необходимую для работы. Проверьте подключение или обновите страницу.',

  upload: 'Загрузить',
  pause: 'Приостановить',
  resume: 'Продолжить',
  retry: 'Повторить',
  retryNow: 'Повторить сейчас',
  cancel: 'Отменить',
  remove: 'Убрать',
  removeFromList: 'Убрать из списка',
  undo: 'Вернуть',
  replace: 'Заменить',
  copyKey: 'Скопировать имя объекта',
  openFile: 'Открыть в новой вкладке',
  discard: 'Удалить',
  keepUploading: 'Продолжить загрузку',
  discardUpload: 'Удалить загрузку',
  discardUploads: 'Удалить загрузки',
  uploadAll: 'Загрузить все',
  pauseAll: 'Приостановить все',
  resumeAll: 'Продолжить все',
  retryAll: 'Повторить все',
  cancelAll: 'Отменить все',
  clearCompleted: 'Убрать завершённые',
  dismiss: 'Закрыть',

  preparing: 'Подготовка…',
  transferred: '{loaded} из {total}',
  timeLeft: 'осталось: {duration}',
  waitingForNetwork: 'Нет подключения к сети. Загрузка продолжится автоматически.',
  retryingIn: '{error} До новой попытки: {duration}.',
  retrying: '{error} Новая попытка.',
  uploadingInOtherTab: 'Загружается в другой вкладке',
  pausedAt: 'Приостановлено: {percent}',
  completing: 'Завершение…',
  queued: 'В очереди',
  uploaded: 'Загружено',
  uploadedVerified: 'Загружено и проверено',
  copied: 'Скопировано',
  uploadCancelled: 'Загрузка отменена',
  uploadsCancelled: 'Отменено загрузок: {count}',
  fileRemoved: 'Убрано из списка',
  filesReady: 'Файлов: {count}, {size}',
  uploadedCount: 'Загружено {done} из {count}',
  failedCount: 'Не удалось: {count}',
  finishedCount: 'Загружено: {count}',
  notVerifiedHeaderHidden: 'Не проверено: правило CORS бакета не открывает x-oss-hash-crc64ecma.',
  notVerifiedSwitchedOff: 'Не проверено: задан атрибут no-verify.',
  stoppedToday: 'Загрузка прервалась на {percent}.',
  stoppedOn: 'Загрузка прервалась на {percent} ({day}).',
  selectFile: '{stopped} Чтобы продолжить, выберите «{name}».',
  fileNotOriginal: '«{name}» — не тот файл, с которого началась загрузка. Выберите «{original}».',
  fileChanged: 'Файл «{name}» изменился, поэтому загрузку нужно начать заново.',
  uploadInstead: 'Загрузить вместо него {name}',
  persistenceUnavailable: 'Не закрывайте эту страницу. Этот браузер не может сохранить ход загрузки.',
  confirmDiscard: 'Удалить эту загрузку? Уже загружено: {size}.',
  confirmDiscardAll: 'Удалить все незавершённые загрузки? Уже загружено: {size}.',
  details: 'Подробности',
  requestId: 'ID запроса',

  rejectedType: 'Тип файла «{name}» не принимается.',
  rejectedTypeWithList: 'Тип файла «{name}» не принимается. Принимаются: {types}.',
  typeImages: 'изображения',
  typeVideos: 'видео',
  typeAudio: 'аудио',
  rejectedFolder: '«{name}» — папка. Выберите файл.',
  rejectedUnreadable: 'Не удаётся прочитать «{name}». Проверьте, не перемещён ли файл и не удалён ли он.',
  rejectedEmptyDrop:
    'В том, что вы перетащили, нет файлов. Если это элемент приложения или страницы, сначала сохраните его на устройстве.',
  rejectedDuplicate: 'Файл «{name}» уже есть в списке.',
  rejectedSize: 'Файл «{name}» слишком большой. Максимальный размер: {size}.',
  rejectedOnlyOne: 'Можно добавить только один файл. «{name}» не добавлен.',
  rejectedTooMany: 'Наибольшее число файлов: {count}. «{name}» не добавлен.',
  rejectedName: 'Переименуйте файл «{name}» и повторите попытку.',
  rejectedUnchecked: 'Не удалось проверить файл «{name}». Попробуйте добавить его ещё раз.',
  rejectedBySite: 'Этот сайт не принимает файл «{name}».',
  notAdded: 'Не добавлено файлов: {count}.',
  rejectedTypeSeveral: 'Файлов недопустимого типа: {rejected}.',
  rejectedTypeWithListSeveral: 'Файлов недопустимого типа: {rejected}. Принимаются: {types}.',
  rejectedFolderSeveral: 'Не добавлено папок: {rejected}. Выберите файлы.',
  rejectedUnreadableSeveral:
    'Не удаётся прочитать файлов: {rejected}. Проверьте, не перемещены ли они и не удалены ли.',
  rejectedDuplicateSeveral: 'Файлов, которые уже есть в списке: {rejected}.',
  rejectedKeySeveral:
    'Файлов, которые заменили бы другие файлы из списка: {rejected}. Переименуйте их или уберите другие файлы.',
  rejectedSizeSeveral: 'Слишком больших файлов: {rejected}. Максимальный размер: {size}.',
  rejectedOnlyOneSeveral: 'Можно добавить только один файл. Не добавлено файлов: {rejected}.',
  rejectedTooManySeveral: 'Наибольшее число файлов: {count}. Не добавлено: {rejected}.',
  rejectedNameSeveral: 'Файлов с неподходящими именами: {rejected}. Переименуйте их и повторите попытку.',
  rejectedUncheckedSeveral:
    'Файлов, которые не удалось проверить: {rejected}. Попробуйте добавить их ещё раз.',
  rejectedBySiteSeveral: 'Файлов, которые не принимает этот сайт: {rejected}.',
  moreNotAdded: 'Не добавлено ещё файлов: {count}.',

  formFileMissing: 'Чтобы продолжить, загрузите файл.',
  formUploading: 'Загрузка ещё не завершена. Дождитесь её окончания.',
  formUnfinished: 'Один из файлов ещё не загружен. Загрузите или уберите его.',
  formFailed: 'Не удалось загрузить файл. Повторите попытку или уберите его.',

  announceReady: 'Файл {name} готов к загрузке.',
  announceAdded: 'Добавлено файлов: {count}.',
  announceFailedOnly: 'Показаны только файлы, которые не удалось загрузить.',
  announceAllShown: 'Показаны все файлы.',
  announceFileStatus: '{name}: {status}',
  announceStart: 'Загружается файл {name}.',
  announceStartMany: 'Загружается файлов: {count}.',
  announceProgress: 'Загружено {percent}.',
  announceResumed: 'Загрузка продолжена с {percent}.',
  announceUploaded: 'Файл {name} загружен.',
  announceCancelled: 'Загрузка файла {name} отменена.',
  announceRemoved: 'Файл {name} убран из списка.',
  announceRemovedMany: 'Убрано из списка файлов: {count}.',
  announceRestored: 'Файл {name} снова в списке.',
  announceUndo: 'В течение нескольких секунд всё можно вернуть.',

  errors: {
    'region-missing': {
      message: notSetUp,
      hint: 'Задайте атрибут region, например region="oss-cn-hangzhou".',
    },
    'bucket-missing': {
      message: notSetUp,
      hint: 'Укажите имя бакета в атрибуте bucket.',
    },
    'credentials-missing': {
      message: notSetUp,
      hint: 'Укажите в атрибуте credentials-url адрес, который возвращает учётные данные STS, или задайте свойство getCredentials.',
    },
    'option-invalid': {
      message: notSetUp,
      hint: 'Недопустимое значение {option}: {value}. {fix}',
    },
    'key-invalid': {
      message: 'Имя этого файла нельзя использовать. Переименуйте файл и выберите его ещё раз.',
      hint: 'Недопустимое имя объекта: «{key}». Имя занимает от 1 до 1023 байт, не начинается с косой черты и не содержит сегментов «.» и «..».',
    },
    'duplicate-key': {
      message: 'Файл «{name}» заменил бы другой файл из списка. Переименуйте его или уберите другой файл.',
      hint: 'У двух файлов в списке одно имя объекта: «{key}». Задайте on-collision="rename" или шаблон object-key, который создаёт уникальные имена.',
    },
    'credentials-refused': {
      message: 'Вы не вошли в систему или не имеете права загружать файлы. Войдите и повторите попытку.',
      hint: 'credentials-url вернул HTTP 401 или 403.',
    },
    'credentials-failed': {
      message:
        'Сайту не удалось разрешить загрузку. Если ошибка повторяется, обратитесь к администратору сайта.',
      hint: 'credentials-url вернул код ошибки, или произошла ошибка в getCredentials. Проверьте журнал сервера.',
    },
    'credentials-not-json': {
      message: sessionExpired,
      hint: 'credentials-url вернул не JSON, а, возможно, страницу входа.',
    },
    'credentials-incomplete': {
      message: notSetUp,
      hint: 'В учётных данных нет поля {field}. Возвращайте AccessKeyId, AccessKeySecret, SecurityToken и Expiration.',
    },
    'credentials-expired': {
      message: 'Срок разрешения на загрузку истёк. Повторите попытку.',
      hint: 'Полученные учётные данные уже истекли. Не кешируйте ответ credentials-url.',
    },
    'credentials-timeout': {
      message: 'Сайт слишком долго не отвечает. Проверьте подключение.',
      hint: 'Учётные данные не получены вовремя. Проверьте, за какое время отвечает credentials-url.',
    },
    'credentials-unreachable': {
      message: 'Не удаётся связаться с сайтом. Проверьте подключение.',
      hint: 'Запрос к credentials-url не выполнен. Если адрес относится к другому источнику, он должен разрешить этот заголовками CORS.',
    },
    'credentials-redirected': {
      message: sessionExpired,
      hint: 'credentials-url перенаправляет на другой источник, возможно на страницу входа. Учётные данные нужно возвращать напрямую. С источника, отличного от источника страницы, перенаправлять нельзя.',
    },
    'credentials-rejected': {
      message: notSetUp,
      hint: 'OSS отклоняет учётные данные, даже новые. Проверьте роль RAM, её ключ доступа и часы сервера credentials-url.',
    },
    'signature-refused': {
      message: notSetUp,
      hint: 'OSS отклоняет подпись. Проверьте, что region совпадает с регионом бакета, а AccessKeySecret верен.',
    },
    'access-denied': {
      message: 'У вас нет права загрузить этот файл. Обратитесь к администратору сайта.',
      hint: 'Политика RAM должна разрешать oss:PutObject для «{key}» в бакете «{bucket}».',
    },
    'bucket-not-found': {
      message: notSetUp,
      hint: 'Бакет «{bucket}» не существует. Проверьте атрибуты bucket, region и endpoint.',
    },
    'endpoint-refused': {
      message: notSetUp,
      hint: 'Бакет «{bucket}» недоступен через эту конечную точку. Укажите в region регион бакета или задайте в endpoint привязанный к нему домен и добавьте атрибут cname.',
    },
    'object-exists': {
      message: 'Файл с именем «{key}» уже существует. Переименуйте свой файл и выберите его ещё раз.',
      hint: 'Объект с таким именем уже есть. Задайте атрибут overwrite, чтобы заменить его, или шаблон object-key, который создаёт уникальные имена.',
    },
    'cors-blocked': {
      message: 'Этому сайту не разрешено загружать файлы в это хранилище. Обратитесь к администратору сайта.',
      hint: 'Проверьте, что бакет «{bucket}» существует, и добавьте ему правило CORS: источник {origin}; методы PUT, POST, GET, HEAD, DELETE; разрешённые заголовки *; открытые заголовки ETag, x-oss-request-id, x-oss-hash-crc64ecma.',
    },
    'etag-hidden': {
      message: notSetUp,
      hint: 'Страница не может прочитать ETag ответа. Правило CORS бакета «{bucket}» должно открывать заголовок ETag.',
    },
    'clock-skewed': {
      message: 'На этом устройстве неверные дата или время. Исправьте их в настройках устройства.',
      hint: 'OSS отклоняет подписи, время которых расходится с его временем больше чем на 15 минут (RequestTimeTooSkewed).',
    },
    'upload-gone': {
      message: 'Срок этой загрузки истёк. Повторите попытку, чтобы начать заново.',
      hint: 'ID загрузки больше не существует (NoSuchUpload). Загрузка завершена или отменена, либо её части удалены правилом жизненного цикла.',
    },
    'callback-failed': {
      message:
        'Файл загружен, но сайт не получил уведомления. Повторите попытку или обратитесь к администратору сайта.',
      hint: 'Объект «{key}» сохранён в бакете «{bucket}», но ответа на обратный вызов (callback) не было. Проверьте его адрес и ответ. При повторе OSS отправит вызов ещё раз; для этого нужны разрешение oss:GetObject и открытый заголовок x-oss-hash-crc64ecma.',
    },
    throttled: {
      message: 'Хранилище перегружено. Загруженная часть сохранена.',
      hint: 'OSS ограничивает частоту запросов или скорость. Уменьшите parallel и concurrent-files или повысьте лимиты бакета.',
    },
    'server-error': {
      message: 'Хранилище вернуло ошибку. Загруженная часть сохранена.',
      hint: 'OSS вернул код 5xx или некорректный ответ. Если ошибка повторяется, сообщите ID запроса в поддержку Alibaba Cloud.',
    },
    'request-refused': {
      message: 'Хранилище отклонило загрузку. Обратитесь к администратору сайта.',
      hint: 'OSS вернул {ossCode}. Найдите этот код ошибки в документации OSS.',
    },
    network: {
      message: 'Соединение потеряно. Загруженная часть сохранена.',
      hint: 'Запрос к OSS завершился без ответа. Проверьте сеть, прокси и брандмауэры.',
    },
    timeout: {
      message: 'Хранилище не отвечает. Загруженная часть сохранена.',
      hint: 'Истекло время ожидания запроса к OSS. Проверьте сеть, прокси и брандмауэры.',
    },
    redirected: {
      message: 'Сеть перенаправила загрузку. Если у неё есть страница входа, войдите и повторите попытку.',
      hint: 'Запрос к {endpoint} был перенаправлен, поэтому все запросы этой загрузки отменены. OSS не перенаправляет запросы; укажите в endpoint конечный URL.',
    },
    'lossy-connection': {
      message: 'Большая часть отправленных данных не доходит. Попробуйте другую сеть или отключите VPN.',
      hint: 'Отправлено байт: {sent}, но OSS подтвердил только {stored}. Возможно, остальное теряет прокси, VPN или антивирус.',
    },
    'file-unreadable': {
      message: 'Не удаётся прочитать файл. Возможно, он перемещён, изменён или удалён. Выберите его ещё раз.',
      hint: 'Браузер потерял доступ к файлу (NotReadableError или NotFoundError).',
    },
    'file-changed': {
      message:
        'Файл изменился после начала загрузки. Повторите попытку, чтобы загрузить новую версию с начала.',
      hint: 'Размер или содержимое файла отличаются от загруженного, или отличается дата изменения, а контрольных сумм для сравнения нет.',
    },
    'file-too-large': {
      message: 'Файл слишком большой. Выберите файл поменьше.',
      hint: 'OSS хранит объекты размером до 48,8 ТиБ. Задайте max-size, чтобы отклонять большие файлы при добавлении.',
    },
    'checkpoint-mismatch': {
      message:
        'Это не тот файл, с которого началась загрузка. Выберите исходный файл или начните новую загрузку.',
      hint: 'Контрольная точка повреждена или относится к другому файлу.',
    },
    'verification-failed': {
      message: 'Файл повреждён при передаче. Повторите попытку, чтобы отправить его снова.',
      hint: 'CRC-64 объекта не совпадает с CRC-64 файла.',
    },
    'sdk-unavailable': {
      message:
        'Не удалось загрузить часть, необходимую для работы. Проверьте подключение или обновите страницу.',
      hint: 'Не удалось импортировать модуль SDK. Проверьте, что он размещён рядом с основным модулем и разрешён CSP.',
    },
    unexpected: {
      message:
        'Что-то пошло не так. Повторите попытку. Если ошибка повторяется, обратитесь к администратору сайта.',
      hint: 'Возможно, это ошибка в программе. Исходная ошибка находится в свойстве cause.',
    },
  },
};

export default russian;
