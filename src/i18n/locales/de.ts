/** Deutsch. */

import type { Locale } from '../types.js';

const german: Locale = {
  uploader: 'Datei-Upload',
  drop: 'Datei hier ablegen oder',
  dropAnother: 'Andere Datei hier ablegen oder',
  dropNow: 'Datei hier ablegen',
  dropFiles: 'Dateien hier ablegen oder',
  dropFolder: 'Ordner hier ablegen oder',
  dropMore: 'Weitere hier ablegen oder',
  dropFilesNow: 'Die Dateien hier ablegen',
  dropWrongType: 'Dateien dieser Art lassen sich hier nicht hochladen',
  dropNoRoom: 'Gerade lassen sich keine Dateien mehr hinzufügen',
  chooseFile: 'Datei auswählen',
  chooseFiles: 'Dateien auswählen',
  chooseFolder: 'Ordner auswählen',
  upTo: 'bis {size}',

  upload: 'Hochladen',
  pause: 'Pause',
  resume: 'Fortsetzen',
  retry: 'Wiederholen',
  tryNow: 'Wiederholen',
  cancel: 'Abbrechen',
  remove: 'Entfernen',
  keep: 'Behalten',
  discard: 'Verwerfen',
  uploadAll: 'Alle hochladen',
  pauseAll: 'Alle pausieren',
  resumeAll: 'Alle fortsetzen',
  retryAll: 'Alle wiederholen',
  cancelAll: 'Alle abbrechen',
  clearFinished: 'Liste leeren',

  preparing: 'Wird vorbereitet …',
  transferred: '{loaded} von {total}',
  timeLeft: 'noch {duration}',
  waitingForNetwork: 'Wartet auf das Netzwerk. Geht von selbst weiter.',
  tryingAgainIn: '{error} Neuer Versuch in {duration}.',
  tryingAgain: '{error} Neuer Versuch läuft.',
  otherTab: 'Wird in einem anderen Tab hochgeladen',
  pausedAt: 'Pausiert bei {percent}',
  completing: 'Wird abgeschlossen …',
  queued: 'In der Warteschlange',
  uploaded: 'Hochgeladen',
  uploadedVerified: 'Hochgeladen und geprüft',
  uploadedOf: '{done} von {count} hochgeladen',
  failedCount: '{count} fehlgeschlagen',
  unverifiedNotExposed: 'Nicht geprüft: Die CORS-Regel des Buckets gibt x-oss-hash-crc64ecma nicht frei.',
  unverifiedSwitchedOff: 'Nicht geprüft: no-verify ist gesetzt.',
  leftToday: 'Heute zu {percent} hochgeladen.',
  leftOn: 'Am {day} zu {percent} hochgeladen.',
  resumable: '{left} Zum Fortsetzen die Datei erneut auswählen.',
  otherFile: '„{name}“ ist eine andere Datei und kann hier nicht fortgesetzt werden.',
  changedFile: '„{name}“ wurde inzwischen geändert und muss neu hochgeladen werden.',
  persistenceUnavailable:
    'Diese Seite bis zum Ende des Uploads offen lassen: Dieser Browser kann sich den Stand nicht merken.',
  confirmDiscard: '{size} sind angekommen. Verwerfen?',
  details: 'Details',
  requestId: 'Anfrage-ID',

  rejectedType: 'Dateien wie „{name}“ können hier nicht hochgeladen werden.',
  rejectedFolder: '„{name}“ ist ein Ordner. Bitte eine Datei auswählen.',
  rejectedUnreadable: '„{name}“ lässt sich nicht lesen.',
  rejectedDuplicate: '„{name}“ steht schon in der Liste.',
  rejectedSize: '„{name}“ ist größer als {size}.',
  rejectedCount: 'Nur eine Datei auf einmal: „{name}“ wurde nicht hinzugefügt.',
  rejectedLimit: 'Höchstens {count} auf einmal: „{name}“ wurde nicht hinzugefügt.',
  rejectedKey: '„{name}“ kann nicht unter diesem Namen gespeichert werden.',
  rejectedByPage: '„{name}“ kann hier nicht hochgeladen werden.',
  moreRejected: 'Ebenfalls nicht hinzugefügt: {count} weitere.',
  fileMissing: 'Bitte eine Datei hochladen.',
  formUploading: 'Der Upload ist noch nicht fertig. Bitte so lange warten.',
  formUnfinished: 'Eine Datei ist noch nicht hochgeladen. Bitte hochladen oder aus der Liste entfernen.',
  formFailed: 'Eine Datei ließ sich nicht hochladen. Bitte erneut versuchen oder aus der Liste entfernen.',

  announceReady: '{name} ist bereit zum Hochladen.',
  announceAdded: 'Dateien hinzugefügt: {count}.',
  announceFound: '{name}: {status}',
  announceStart: '{name} wird hochgeladen.',
  announceStartMany: 'Der Upload läuft. Dateien: {count}.',
  announceStep: '{percent} hochgeladen.',
  announceResumed: 'Weiter bei {percent}.',
  announceDone: '{name} ist hochgeladen.',
  announceCancelled: 'Das Hochladen von {name} wurde abgebrochen.',

  errors: {
    'region-missing': {
      message: 'Für den Upload ist keine Region angegeben.',
      hint: 'Das Attribut region setzen, zum Beispiel region="oss-cn-hangzhou".',
    },
    'bucket-missing': {
      message: 'Für den Upload ist kein Bucket angegeben.',
      hint: 'Das Attribut bucket auf den Namen des Buckets setzen.',
    },
    'credentials-missing': {
      message: 'Es ist nicht bekannt, woher die Zugangsdaten für den Upload kommen.',
      hint: 'credentials-url auf eine Adresse setzen, die STS-Zugangsdaten liefert, oder die Eigenschaft getCredentials setzen.',
    },
    'option-invalid': {
      message: 'Der Wert von {option} ist ungültig: {value}',
      hint: '{option} berichtigen.',
    },
    'key-invalid': {
      message: 'Dieser Objektname ist nicht möglich: {key}',
      hint: 'Ein Objektname hat 1 bis 1.023 Bytes, beginnt nicht mit einem Schrägstrich und enthält keinen Abschnitt „.“ oder „..“.',
    },
    'credentials-refused': {
      message: 'Keine Anmeldung oder keine Berechtigung, hier hochzuladen.',
      hint: 'Anmelden und erneut versuchen.',
    },
    'credentials-failed': {
      message: 'Die Website konnte keine Zugangsdaten für den Upload bereitstellen.',
      hint: 'Später erneut versuchen; falls es so bleibt, bitte dem Betreiber der Website melden.',
    },
    'credentials-not-json': {
      message: 'Statt Zugangsdaten kam von der Website etwas anderes, vielleicht eine Anmeldeseite.',
      hint: 'Anmelden und erneut versuchen. Für Entwickler: credentials-url muss JSON liefern.',
    },
    'credentials-incomplete': {
      message: 'In den Zugangsdaten fehlt {field}.',
      hint: 'Für Entwickler: AccessKeyId, AccessKeySecret, SecurityToken und Expiration liefern.',
    },
    'credentials-expired': {
      message: 'Die Zugangsdaten von der Website sind bereits abgelaufen.',
      hint: 'Erneut versuchen. Für Entwickler: Die Antwort von credentials-url nicht zwischenspeichern.',
    },
    'credentials-timeout': {
      message: 'Die Website hat die Zugangsdaten nicht rechtzeitig bereitgestellt.',
      hint: 'Verbindung prüfen und erneut versuchen.',
    },
    'credentials-unreachable': {
      message: 'Die Website ist für die Zugangsdaten nicht erreichbar.',
      hint: 'Verbindung prüfen und erneut versuchen. Für Entwickler: Ein anderer Ursprung muss diesen per CORS zulassen.',
    },
    'credentials-redirected': {
      message: 'Die Anfrage nach Zugangsdaten wird auf eine andere Website umgeleitet.',
      hint: 'Anmelden und erneut versuchen. Für Entwickler: credentials-url darf nicht auf einen anderen Ursprung umleiten.',
    },
    'credentials-rejected': {
      message: 'Der Speicherdienst akzeptiert die Zugangsdaten nicht, auch neue nicht.',
      hint: 'Für Entwickler: Die Rolle, ihren Zugriffsschlüssel und die Uhr des Servers hinter credentials-url prüfen.',
    },
    'signature-refused': {
      message: 'Der Speicherdienst akzeptiert die Signatur des Uploads nicht.',
      hint: 'Für Entwickler: Prüfen, ob region zum Bucket passt und das AccessKeySecret stimmt.',
    },
    'access-denied': {
      message: 'Der Speicherdienst erlaubt diesen Upload nicht.',
      hint: 'Für Entwickler: Die RAM-Richtlinie muss oss:PutObject für „{key}“ in „{bucket}“ erlauben.',
    },
    'bucket-not-found': {
      message: 'Es gibt keinen Bucket „{bucket}“.',
      hint: 'Die Attribute bucket, region und endpoint prüfen.',
    },
    'endpoint-refused': {
      message: 'Der Bucket „{bucket}“ ist auf diesem Weg nicht erreichbar.',
      hint: 'region auf die des Buckets setzen oder mit endpoint und cname eine Domain angeben, die mit ihm verbunden ist.',
    },
    'object-exists': {
      message: 'Unter „{key}“ ist bereits eine Datei gespeichert.',
      hint: 'Die Datei umbenennen und erneut auswählen.',
    },
    'cors-blocked': {
      message: 'Der Speicherdienst ist erreichbar, lässt aber keine Uploads von dieser Seite zu.',
      hint: 'Für Entwickler: Prüfen, ob der Bucket „{bucket}“ existiert, und ihm eine CORS-Regel geben: Ursprung {origin}, Methoden PUT, POST, GET, HEAD, DELETE, Header *, freigegebene Header ETag, x-oss-request-id, x-oss-hash-crc64ecma.',
    },
    'etag-hidden': {
      message: 'Der Speicherdienst teilt dieser Seite nicht mit, was angekommen ist.',
      hint: 'Für Entwickler: Die CORS-Regel von „{bucket}“ muss den Header ETag freigeben.',
    },
    'clock-skewed': {
      message: 'Die Uhr dieses Geräts geht falsch.',
      hint: 'Datum und Uhrzeit einstellen und erneut versuchen.',
    },
    'upload-gone': {
      message: 'Der Speicherdienst kennt diesen Upload nicht mehr.',
      hint: 'Erneut versuchen: Der Upload beginnt von vorn.',
    },
    'callback-failed': {
      message: 'Die Datei ist gespeichert, aber die Website hat es nicht erfahren.',
      hint: 'Bitte dem Betreiber der Website melden, dass der Upload-Callback fehlschlägt.',
    },
    throttled: {
      message: 'Der Speicherdienst ist ausgelastet.',
      hint: 'Später erneut versuchen.',
    },
    'server-error': {
      message: 'Der Speicherdienst ist gestört.',
      hint: 'Später erneut versuchen.',
    },
    'request-refused': {
      message: 'Der Speicherdienst lehnt den Upload ab ({ossCode}).',
      hint: 'Bitte dem Betreiber der Website melden.',
    },
    network: {
      message: 'Die Verbindung zum Speicherdienst ist unterbrochen.',
      hint: 'Verbindung prüfen und erneut versuchen: Was angekommen ist, bleibt erhalten.',
    },
    timeout: {
      message: 'Der Speicherdienst hat zu lange nicht geantwortet.',
      hint: 'Verbindung prüfen und erneut versuchen: Was angekommen ist, bleibt erhalten.',
    },
    'file-unreadable': {
      message: 'Die Datei lässt sich nicht mehr lesen.',
      hint: 'Vielleicht wurde sie verschoben, geändert oder gelöscht. Bitte erneut auswählen.',
    },
    'file-changed': {
      message: 'Die Datei wurde seit Beginn des Uploads geändert.',
      hint: 'Ein neuer Versuch lädt sie in der jetzigen Fassung von vorn hoch.',
    },
    'file-too-large': {
      message: 'Die Datei ist zu groß.',
      hint: 'Eine kleinere Datei auswählen.',
    },
    'checkpoint-mismatch': {
      message: 'Das ist nicht die Datei, mit der der Upload begann, oder seine Aufzeichnung ist beschädigt.',
      hint: 'Dieselbe Datei auswählen oder neu beginnen.',
    },
    'verification-failed': {
      message: 'Beim Speicherdienst kam etwas anderes an, als gesendet wurde.',
      hint: 'Erneut versuchen: Der beschädigte Teil wird neu gesendet.',
    },
    'sdk-unavailable': {
      message: 'Ein Teil der Upload-Funktion konnte nicht geladen werden.',
      hint: 'Verbindung prüfen und erneut versuchen.',
    },
    unexpected: {
      message: 'Etwas Unerwartetes ist passiert.',
      hint: 'Erneut versuchen; falls es so bleibt, bitte dem Betreiber der Website melden.',
    },
  },
};

export default german;
