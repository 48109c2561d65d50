/** German (Deutsch). */

import type { Locale } from '../types.js';

const notSetUp =
  'Der Upload ist auf dieser Website nicht richtig eingerichtet. Wenden Sie sich an den Administrator der Website.';
const sessionExpired =
  'Ihre Sitzung ist möglicherweise abgelaufen. Melden Sie sich an und versuchen Sie es noch einmal.';

const german: Locale = {
  uploader: 'Datei-Upload',

  dragFile: 'Datei hierher ziehen oder',
  dragAnotherFile: 'Weitere Datei hierher ziehen oder',
  dragFiles: 'Dateien hierher ziehen oder',
  dragFolder: 'Ordner hierher ziehen oder',
  addMoreFiles: 'Weitere Dateien hinzufügen',
  dropFileHere: 'Datei hier ablegen',
  dropFilesHere: 'Dateien hier ablegen',
  dropTypeRefused: 'Dieser Dateityp ist nicht zulässig',
  dropLimitReached: 'Derzeit können keine weiteren Dateien hinzugefügt werden',
  dropFinishFirst: 'Diesen Upload zuerst abschließen oder abbrechen',
  dropReplaces: 'Ablegen, um {name} zu ersetzen',
  chooseFile: 'Datei auswählen',
  chooseNamed: '{name} auswählen',
  chooseFiles: 'Dateien auswählen',
  chooseFolder: 'Ordner auswählen',
  chooseOrTakePhoto: 'Datei auswählen oder Foto aufnehmen',
  maximumSize: 'Maximale Größe: {size}',
  typesAndSize: '{types}, bis {size}',
  loadFailed:
    'Ein Teil der Upload-Funktion konnte nicht geladen werden. Prüfen Sie Ihre Verbindung, oder laden Sie die Seite neu.',

  upload: 'Hochladen',
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  retry: 'Wiederholen',
  retryNow: 'Jetzt wiederholen',
  cancel: 'Abbrechen',
  remove: 'Entfernen',
  removeFromList: 'Aus der Liste entfernen',
  undo: 'Rückgängig',
  replace: 'Ersetzen',
  copyKey: 'Objektnamen kopieren',
  openFile: 'In neuem Tab öffnen',
  discard: 'Verwerfen',
  keepUploading: 'Weiter hochladen',
  discardUpload: 'Upload verwerfen',
  discardUploads: 'Uploads verwerfen',
  uploadAll: 'Alle hochladen',
  pauseAll: 'Alle anhalten',
  resumeAll: 'Alle fortsetzen',
  retryAll: 'Alle wiederholen',
  cancelAll: 'Alle abbrechen',
  clearCompleted: 'Abgeschlossene entfernen',
  dismiss: 'Schließen',

  preparing: 'Wird vorbereitet …',
  transferred: '{loaded} von {total}',
  timeLeft: 'noch {duration}',
  waitingForNetwork: 'Sie sind offline. Der Upload wird automatisch fortgesetzt.',
  retryingIn: '{error} Neuer Versuch in {duration}.',
  retrying: '{error} Neuer Versuch läuft.',
  uploadingInOtherTab: 'Wird in einem anderen Tab hochgeladen',
  pausedAt: 'Angehalten bei {percent}',
  completing: 'Wird abgeschlossen …',
  queued: 'In der Warteschlange',
  uploaded: 'Hochgeladen',
  uploadedVerified: 'Hochgeladen und geprüft',
  copied: 'Kopiert',
  uploadCancelled: 'Upload abgebrochen',
  uploadsCancelled: '{count} Uploads abgebrochen',
  fileRemoved: 'Aus der Liste entfernt',
  filesReady: '{count} Dateien, {size}',
  uploadedCount: '{done} von {count} hochgeladen',
  failedCount: '{count} fehlgeschlagen',
  finishedCount: '{count} hochgeladen',
  notVerifiedHeaderHidden: 'Nicht geprüft: Die CORS-Regel des Buckets gibt x-oss-hash-crc64ecma nicht frei.',
  notVerifiedSwitchedOff: 'Nicht geprüft: Das Attribut no-verify ist gesetzt.',
  stoppedToday: 'Der Upload wurde bei {percent} unterbrochen.',
  stoppedOn: 'Der Upload wurde am {day} bei {percent} unterbrochen.',
  selectFile: '{stopped} Wählen Sie „{name}“ aus, um fortzufahren.',
  fileNotOriginal: '„{name}“ ist nicht die ursprüngliche Datei. Wählen Sie „{original}“ aus.',
  fileChanged: '„{name}“ wurde geändert, deshalb muss der Upload von vorn beginnen.',
  uploadInstead: 'Stattdessen {name} hochladen',
  persistenceUnavailable:
    'Lassen Sie diese Seite geöffnet. Dieser Browser kann den Fortschritt nicht speichern.',
  confirmDiscard: 'Diesen Upload verwerfen? {size} sind bereits hochgeladen.',
  confirmDiscardAll: 'Alle nicht abgeschlossenen Uploads verwerfen? {size} sind bereits hochgeladen.',
  details: 'Details',
  requestId: 'Anfrage-ID',

  rejectedType: 'Der Dateityp von „{name}“ ist nicht zulässig.',
  rejectedTypeWithList: 'Der Dateityp von „{name}“ ist nicht zulässig. Zulässig: {types}.',
  typeImages: 'Bilder',
  typeVideos: 'Videos',
  typeAudio: 'Audio',
  rejectedFolder: '„{name}“ ist ein Ordner. Wählen Sie eine Datei aus.',
  rejectedUnreadable:
    '„{name}“ kann nicht gelesen werden. Prüfen Sie, ob die Datei verschoben oder gelöscht wurde.',
  rejectedEmptyDrop:
    'Sie haben keine Dateien abgelegt. Inhalte aus einer App oder von einer Seite speichern Sie zuerst auf Ihrem Gerät.',
  rejectedDuplicate: '„{name}“ ist bereits in der Liste.',
  rejectedSize: '„{name}“ ist zu groß. Maximale Größe: {size}.',
  rejectedOnlyOne: 'Nur eine Datei ist zulässig. „{name}“ wurde nicht hinzugefügt.',
  rejectedTooMany: 'Bis zu {count} Dateien sind zulässig. „{name}“ wurde nicht hinzugefügt.',
  rejectedName: 'Benennen Sie „{name}“ um und versuchen Sie es noch einmal.',
  rejectedUnchecked:
    '„{name}“ konnte nicht geprüft werden. Versuchen Sie, die Datei noch einmal hinzuzufügen.',
  rejectedBySite: 'Diese Website nimmt „{name}“ nicht an.',
  notAdded: '{count} Dateien wurden nicht hinzugefügt.',
  rejectedTypeSeveral: 'Der Dateityp von {rejected} Dateien ist nicht zulässig.',
  rejectedTypeWithListSeveral: 'Der Dateityp von {rejected} Dateien ist nicht zulässig. Zulässig: {types}.',
  rejectedFolderSeveral: '{rejected} Ordner wurden nicht hinzugefügt. Wählen Sie Dateien aus.',
  rejectedUnreadableSeveral:
    '{rejected} Dateien können nicht gelesen werden. Prüfen Sie, ob sie verschoben oder gelöscht wurden.',
  rejectedDuplicateSeveral: '{rejected} Dateien sind bereits in der Liste.',
  rejectedKeySeveral:
    '{rejected} Dateien würden andere Dateien in der Liste ersetzen. Benennen Sie sie um oder entfernen Sie die anderen Dateien.',
  rejectedSizeSeveral: '{rejected} Dateien sind zu groß. Maximale Größe: {size}.',
  rejectedOnlyOneSeveral: 'Nur eine Datei ist zulässig. {rejected} Dateien wurden nicht hinzugefügt.',
  rejectedTooManySeveral:
    'Bis zu {count} Dateien sind zulässig. {rejected} Dateien wurden nicht hinzugefügt.',
  rejectedNameSeveral: 'Benennen Sie {rejected} Dateien um und versuchen Sie es noch einmal.',
  rejectedUncheckedSeveral:
    '{rejected} Dateien konnten nicht geprüft werden. Fügen Sie sie noch einmal hinzu.',
  rejectedBySiteSeveral: 'Diese Website nimmt {rejected} Dateien nicht an.',
  moreNotAdded: '{count} weitere Dateien wurden nicht hinzugefügt.',

  formFileMissing: 'Laden Sie eine Datei hoch, um fortzufahren.',
  formUploading: 'Der Upload ist noch nicht abgeschlossen. Warten Sie, bis er fertig ist.',
  formUnfinished: 'Eine Datei ist noch nicht hochgeladen. Laden Sie sie hoch oder entfernen Sie sie.',
  formFailed:
    'Eine Datei konnte nicht hochgeladen werden. Wiederholen Sie den Upload oder entfernen Sie die Datei.',

  announceReady: '{name} ist bereit zum Hochladen.',
  announceAdded: '{count} Dateien hinzugefügt.',
  announceFailedOnly: 'Nur fehlgeschlagene Dateien werden angezeigt.',
  announceAllShown: 'Alle Dateien werden angezeigt.',
  announceFileStatus: '{name}: {status}',
  announceStart: '{name} wird hochgeladen.',
  announceStartMany: '{count} Dateien werden hochgeladen.',
  announceProgress: '{percent} hochgeladen.',
  announceResumed: 'Bei {percent} fortgesetzt.',
  announceUploaded: '{name} ist hochgeladen.',
  announceCancelled: 'Upload von {name} abgebrochen.',
  announceRemoved: '{name} wurde aus der Liste entfernt.',
  announceRemovedMany: '{count} Dateien wurden entfernt.',
  announceRestored: '{name} ist wieder in der Liste.',
  announceUndo: 'Sie können das einige Sekunden lang rückgängig machen.',

  errors: {
    'region-missing': {
      message: notSetUp,
      hint: 'Setzen Sie das Attribut region, zum Beispiel region="oss-cn-hangzhou".',
    },
    'bucket-missing': {
      message: notSetUp,
      hint: 'Setzen Sie das Attribut bucket auf den Namen des Buckets.',
    },
    'credentials-missing': {
      message: notSetUp,
      hint: 'Setzen Sie das Attribut credentials-url auf eine URL, die STS-Anmeldedaten zurückgibt, oder setzen Sie die Eigenschaft getCredentials.',
    },
    'option-invalid': {
      message: notSetUp,
      hint: 'Der Wert von {option} ist ungültig: {value}. {fix}',
    },
    'key-invalid': {
      message:
        'Der Name dieser Datei kann nicht verwendet werden. Benennen Sie die Datei um und wählen Sie sie erneut aus.',
      hint: 'Der Objektname „{key}“ ist ungültig. Ein Objektname hat 1 bis 1.023 Bytes, beginnt nicht mit einem Schrägstrich und enthält kein Segment „.“ oder „..“.',
    },
    'duplicate-key': {
      message:
        '„{name}“ würde eine andere Datei in der Liste ersetzen. Benennen Sie sie um oder entfernen Sie die andere Datei.',
      hint: 'Zwei Dateien in der Liste haben den Objektnamen „{key}“. Setzen Sie on-collision="rename", oder verwenden Sie in object-key eine Vorlage, die eindeutige Namen ergibt.',
    },
    'credentials-refused': {
      message:
        'Sie sind nicht angemeldet oder dürfen hier nicht hochladen. Melden Sie sich an und versuchen Sie es noch einmal.',
      hint: 'credentials-url hat HTTP 401 oder 403 zurückgegeben.',
    },
    'credentials-failed': {
      message:
        'Diese Website konnte den Upload nicht autorisieren. Falls das Problem bestehen bleibt, wenden Sie sich an den Administrator der Website.',
      hint: 'credentials-url hat einen Fehlerstatus zurückgegeben, oder getCredentials ist fehlgeschlagen. Prüfen Sie das Protokoll des Servers.',
    },
    'credentials-not-json': {
      message: sessionExpired,
      hint: 'credentials-url hat kein JSON zurückgegeben, sondern vielleicht eine Anmeldeseite.',
    },
    'credentials-incomplete': {
      message: notSetUp,
      hint: 'In den Anmeldedaten fehlt {field}. Geben Sie AccessKeyId, AccessKeySecret, SecurityToken und Expiration zurück.',
    },
    'credentials-expired': {
      message: 'Die Autorisierung für diesen Upload ist abgelaufen. Versuchen Sie es noch einmal.',
      hint: 'Die Anmeldedaten waren beim Empfang bereits abgelaufen. Die Antwort von credentials-url darf nicht zwischengespeichert werden.',
    },
    'credentials-timeout': {
      message: 'Diese Website hat zu lange nicht geantwortet. Prüfen Sie Ihre Verbindung.',
      hint: 'Die Anmeldedaten kamen nicht rechtzeitig an. Prüfen Sie, wie lange credentials-url für die Antwort braucht.',
    },
    'credentials-unreachable': {
      message: 'Diese Website ist nicht erreichbar. Prüfen Sie Ihre Verbindung.',
      hint: 'Die Anfrage an credentials-url ist fehlgeschlagen. Gehört die URL zu einem anderen Ursprung, muss sie diesen mit CORS-Headern zulassen.',
    },
    'credentials-redirected': {
      message: sessionExpired,
      hint: 'credentials-url leitet auf einen anderen Ursprung um, vielleicht auf eine Anmeldeseite. Die Anmeldedaten müssen direkt zurückgegeben werden. Auf einem anderen Ursprung als dem der Seite darf die URL gar nicht umleiten.',
    },
    'credentials-rejected': {
      message: notSetUp,
      hint: 'OSS weist die Anmeldedaten zurück, auch neue. Prüfen Sie die RAM-Rolle, ihren Zugriffsschlüssel und die Uhr des Servers hinter credentials-url.',
    },
    'signature-refused': {
      message: notSetUp,
      hint: 'OSS weist die Signatur zurück. Prüfen Sie, ob region die Region des Buckets ist und ob das AccessKeySecret stimmt.',
    },
    'access-denied': {
      message:
        'Sie sind nicht berechtigt, diese Datei hochzuladen. Wenden Sie sich an den Administrator der Website.',
      hint: 'Die RAM-Richtlinie muss oss:PutObject für „{key}“ im Bucket „{bucket}“ erlauben.',
    },
    'bucket-not-found': {
      message: notSetUp,
      hint: 'Der Bucket „{bucket}“ existiert nicht. Prüfen Sie die Attribute bucket, region und endpoint.',
    },
    'endpoint-refused': {
      message: notSetUp,
      hint: 'Der Bucket „{bucket}“ ist über diesen Endpunkt nicht zugänglich. Setzen Sie region auf die Region des Buckets, oder geben Sie mit endpoint eine mit ihm verbundene Domain an und fügen Sie das Attribut cname hinzu.',
    },
    'object-exists': {
      message:
        'Eine Datei namens „{key}“ ist bereits vorhanden. Benennen Sie Ihre Datei um und wählen Sie sie erneut aus.',
      hint: 'Ein Objekt mit diesem Namen existiert. Setzen Sie das Attribut overwrite, um es zu ersetzen, oder in object-key eine Vorlage, die eindeutige Namen ergibt.',
    },
    'cors-blocked': {
      message:
        'Diese Website darf nicht in diesen Speicher hochladen. Wenden Sie sich an den Administrator der Website.',
      hint: 'Prüfen Sie, ob der Bucket „{bucket}“ existiert, und geben Sie ihm eine CORS-Regel: Ursprung {origin}; Methoden PUT, POST, GET, HEAD, DELETE; erlaubte Header *; freigegebene Header ETag, x-oss-request-id, x-oss-hash-crc64ecma.',
    },
    'etag-hidden': {
      message: notSetUp,
      hint: 'Die Seite kann das ETag einer Antwort nicht lesen. Die CORS-Regel des Buckets „{bucket}“ muss den Header ETag freigeben.',
    },
    'clock-skewed': {
      message:
        'Datum oder Uhrzeit dieses Geräts sind falsch. Korrigieren Sie sie in den Geräteeinstellungen.',
      hint: 'OSS weist Signaturen zurück, deren Zeit um mehr als 15 Minuten von der eigenen abweicht (RequestTimeTooSkewed).',
    },
    'upload-gone': {
      message: 'Dieser Upload ist abgelaufen. Versuchen Sie es noch einmal, um von vorn zu beginnen.',
      hint: 'Die Upload-ID existiert nicht mehr (NoSuchUpload). Der Upload wurde abgeschlossen oder abgebrochen, oder eine Lifecycle-Regel hat seine Teile gelöscht.',
    },
    'callback-failed': {
      message:
        'Die Datei wurde hochgeladen, aber diese Website wurde nicht benachrichtigt. Versuchen Sie es noch einmal, oder wenden Sie sich an den Administrator der Website.',
      hint: 'Das Objekt „{key}“ ist im Bucket „{bucket}“ gespeichert, aber kein Callback dafür wurde beantwortet. Prüfen Sie die Callback-URL und ihre Antwort. Beim Wiederholen sendet OSS den Callback noch einmal; dazu müssen oss:GetObject erlaubt und der Header x-oss-hash-crc64ecma freigegeben sein.',
    },
    throttled: {
      message: 'Der Speicherdienst ist ausgelastet. Ihr Fortschritt ist gespeichert.',
      hint: 'OSS begrenzt die Anfragerate oder die Bandbreite. Verringern Sie parallel und concurrent-files, oder erhöhen Sie die Grenzwerte des Buckets.',
    },
    'server-error': {
      message: 'Der Speicherdienst hat einen Fehler gemeldet. Ihr Fortschritt ist gespeichert.',
      hint: 'OSS hat einen 5xx-Status oder eine ungültige Antwort zurückgegeben. Bleibt das so, wenden Sie sich mit der Anfrage-ID an den Support von Alibaba Cloud.',
    },
    'request-refused': {
      message:
        'Der Speicherdienst hat den Upload abgelehnt. Wenden Sie sich an den Administrator der Website.',
      hint: 'OSS hat {ossCode} zurückgegeben. Schlagen Sie diesen Fehlercode in der OSS-Dokumentation nach.',
    },
    network: {
      message: 'Die Verbindung wurde unterbrochen. Ihr Fortschritt ist gespeichert.',
      hint: 'Eine Anfrage an OSS ist ohne Antwort fehlgeschlagen. Prüfen Sie Netzwerk, Proxys und Firewalls.',
    },
    timeout: {
      message: 'Der Speicherdienst antwortet nicht. Ihr Fortschritt ist gespeichert.',
      hint: 'Bei einer Anfrage an OSS wurde das Zeitlimit überschritten. Prüfen Sie Netzwerk, Proxys und Firewalls.',
    },
    redirected: {
      message:
        'Ihr Netzwerk hat das Hochladen umgeleitet. Falls es eine Anmeldeseite hat, melden Sie sich an und versuchen Sie es noch einmal.',
      hint: 'Eine Anfrage an {endpoint} wurde umgeleitet; daher wurden alle Anfragen dieses Uploads abgebrochen. OSS leitet nie um; geben Sie in endpoint die endgültige URL an.',
    },
    'lossy-connection': {
      message:
        'Die meisten gesendeten Daten kommen nicht an. Versuchen Sie es in einem anderen Netzwerk oder ohne VPN.',
      hint: '{sent} Bytes wurden gesendet, aber OSS hat nur {stored} bestätigt. Möglicherweise verwirft ein Proxy, VPN oder Virenschutz den Rest.',
    },
    'file-unreadable': {
      message:
        'Die Datei kann nicht gelesen werden. Vielleicht wurde sie verschoben, geändert oder gelöscht. Wählen Sie sie erneut aus.',
      hint: 'Der Browser kann nicht mehr auf die Datei zugreifen (NotReadableError oder NotFoundError).',
    },
    'file-changed': {
      message:
        'Die Datei wurde seit Beginn des Uploads geändert. Wiederholen Sie den Upload, um die neue Fassung von Anfang an hochzuladen.',
      hint: 'Größe oder Inhalt der Datei weichen von dem ab, was hochgeladen wurde, oder ihr Änderungsdatum weicht ab und es gibt keine Prüfsumme zum Vergleichen.',
    },
    'file-too-large': {
      message: 'Die Datei ist zu groß. Wählen Sie eine kleinere Datei aus.',
      hint: 'OSS speichert Objekte bis 48,8 TiB. Setzen Sie max-size, um große Dateien schon beim Hinzufügen abzulehnen.',
    },
    'checkpoint-mismatch': {
      message:
        'Das ist nicht die ursprüngliche Datei. Wählen Sie die ursprüngliche Datei aus oder starten Sie einen neuen Upload.',
      hint: 'Der Checkpoint ist beschädigt oder gehört zu einer anderen Datei.',
    },
    'verification-failed': {
      message:
        'Die Datei wurde bei der Übertragung beschädigt. Wiederholen Sie den Upload, um sie erneut zu senden.',
      hint: 'Die CRC-64 des Objekts weicht von der der Datei ab.',
    },
    'sdk-unavailable': {
      message:
        'Ein Teil der Upload-Funktion konnte nicht geladen werden. Prüfen Sie Ihre Verbindung, oder laden Sie die Seite neu.',
      hint: 'Das SDK-Modul konnte nicht importiert werden. Prüfen Sie, ob es neben dem Hauptmodul liegt und die CSP es zulässt.',
    },
    unexpected: {
      message:
        'Etwas ist schiefgegangen. Versuchen Sie es noch einmal. Falls das Problem bestehen bleibt, wenden Sie sich an den Administrator der Website.',
      hint: 'Das könnte ein Programmfehler sein. Die Eigenschaft cause des Fehlers enthält den ursprünglichen Fehler.',
    },
  },
};

export default german;
