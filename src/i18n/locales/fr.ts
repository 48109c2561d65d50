/** Français. Spaces that don’t break are escaped, to be seen. */

import type { Locale } from '../types.js';

const french: Locale = {
  uploader: 'Envoi de fichier',
  drop: 'Déposez un fichier ici, ou',
  dropAnother: 'Déposez un autre fichier ici, ou',
  dropNow: 'Déposez le fichier ici',
  dropFiles: 'Déposez des fichiers ici, ou',
  dropFolder: 'Déposez un dossier ici, ou',
  dropMore: 'Déposez-en d’autres ici, ou',
  dropFilesNow: 'Déposez les fichiers ici',
  dropWrongType: 'Ce type de fichier ne peut pas être envoyé ici',
  dropNoRoom: 'Impossible d’ajouter d’autres fichiers pour l’instant',
  chooseFile: 'Choisir un fichier',
  chooseFiles: 'Choisir des fichiers',
  chooseFolder: 'Choisir un dossier',
  upTo: 'jusqu’à {size}',

  upload: 'Envoyer',
  pause: 'Suspendre',
  resume: 'Reprendre',
  retry: 'Réessayer',
  tryNow: 'Réessayer',
  cancel: 'Annuler',
  remove: 'Retirer',
  keep: 'Conserver',
  discard: 'Abandonner',
  uploadAll: 'Tout envoyer',
  pauseAll: 'Tout mettre en pause',
  resumeAll: 'Tout reprendre',
  retryAll: 'Tout réessayer',
  cancelAll: 'Tout annuler',
  clearFinished: 'Vider la liste',

  preparing: 'Préparation…',
  transferred: '{loaded} sur {total}',
  timeLeft: 'il reste {duration}',
  waitingForNetwork: 'En attente du réseau. L’envoi reprendra de lui-même.',
  tryingAgainIn: '{error} Nouvel essai dans {duration}.',
  tryingAgain: '{error} Nouvel essai en cours.',
  otherTab: 'Envoi en cours dans un autre onglet',
  pausedAt: 'Suspendu à {percent}',
  completing: 'Finalisation…',
  queued: 'En attente de son tour',
  uploaded: 'Envoi terminé',
  uploadedVerified: 'Envoi terminé et vérifié',
  uploadedOf: '{done} sur {count} envoyés',
  failedCount: 'Échecs : {count}',
  unverifiedNotExposed: 'Non vérifié\u00a0: la règle CORS du bucket n’expose pas x-oss-hash-crc64ecma.',
  unverifiedSwitchedOff: 'Non vérifié\u00a0: no-verify est défini.',
  leftToday: 'Envoyé à {percent} aujourd’hui.',
  leftOn: 'Envoyé à {percent} ({day}).',
  resumable: '{left} Pour reprendre, choisissez de nouveau le fichier.',
  otherFile: '«\u00a0{name}\u00a0» est un autre fichier\u00a0: l’envoi ne peut pas reprendre avec lui.',
  changedFile: '«\u00a0{name}\u00a0» a changé depuis\u00a0: l’envoi doit être refait depuis le début.',
  persistenceUnavailable:
    'Gardez cette page ouverte jusqu’à la fin de l’envoi\u00a0: ce navigateur ne peut pas en conserver l’avancement.',
  confirmDiscard: '{size} sont arrivés. Les abandonner\u202f?',
  details: 'Détails',
  requestId: 'ID de requête',

  rejectedType: '«\u00a0{name}\u00a0» n’est pas d’un type accepté ici.',
  rejectedFolder: '«\u00a0{name}\u00a0» est un dossier. Choisissez un fichier.',
  rejectedUnreadable: '« {name} » est illisible.',
  rejectedDuplicate: '« {name} » est déjà dans la liste.',
  rejectedSize: '«\u00a0{name}\u00a0» dépasse {size}.',
  rejectedCount: 'Un seul fichier à la fois\u00a0: «\u00a0{name}\u00a0» n’a pas été ajouté.',
  rejectedLimit: 'Pas plus de {count} à la fois : « {name} » n’a pas été ajouté.',
  rejectedKey: '«\u00a0{name}\u00a0» ne peut pas être stocké sous ce nom.',
  rejectedByPage: '«\u00a0{name}\u00a0» ne peut pas être envoyé ici.',
  moreRejected: 'Non ajoutés également : {count}.',
  fileMissing: 'Veuillez envoyer un fichier.',
  formUploading: 'L’envoi n’est pas encore terminé. Veuillez patienter.',
  formUnfinished: 'Un fichier n’est pas encore envoyé. Envoyez-le ou retirez-le de la liste.',
  formFailed: 'Un fichier n’a pas pu être envoyé. Réessayez ou retirez-le de la liste.',

  announceReady: '{name} est prêt à être envoyé.',
  announceAdded: 'Fichiers ajoutés : {count}.',
  announceFound: '{name}\u00a0: {status}',
  announceStart: 'Envoi de {name} en cours.',
  announceStartMany: 'Envoi en cours. Fichiers : {count}.',
  announceStep: '{percent} envoyés.',
  announceResumed: 'Reprise à {percent}.',
  announceDone: 'Envoi de {name} terminé.',
  announceCancelled: 'Envoi de {name} annulé.',

  errors: {
    'region-missing': {
      message: 'Aucune région n’est définie pour l’envoi.',
      hint: 'Définissez l’attribut region, par exemple region="oss-cn-hangzhou".',
    },
    'bucket-missing': {
      message: 'Aucun bucket n’est défini pour l’envoi.',
      hint: 'Donnez à l’attribut bucket le nom du bucket.',
    },
    'credentials-missing': {
      message: 'La source des identifiants d’envoi n’est pas définie.',
      hint: 'Donnez à credentials-url une adresse qui renvoie des identifiants STS, ou définissez la propriété getCredentials.',
    },
    'option-invalid': {
      message: 'La valeur de {option} ne convient pas\u00a0: {value}',
      hint: 'Corrigez {option}.',
    },
    'key-invalid': {
      message: 'Ce nom d’objet ne convient pas\u00a0: {key}',
      hint: 'Un nom d’objet compte de 1 à 1\u202f023 octets, ne commence pas par une barre oblique et ne contient aucun segment «\u00a0.\u00a0» ou «\u00a0..\u00a0».',
    },
    'credentials-refused': {
      message: 'Vous n’êtes pas connecté, ou l’envoi ici ne vous est pas permis.',
      hint: 'Connectez-vous et réessayez.',
    },
    'credentials-failed': {
      message: 'Le site n’a pas pu fournir d’identifiants pour l’envoi.',
      hint: 'Réessayez plus tard\u202f; si le problème persiste, prévenez les responsables du site.',
    },
    'credentials-not-json': {
      message: 'Le site a renvoyé autre chose que des identifiants, peut-être une page de connexion.',
      hint: 'Connectez-vous et réessayez. Pour les développeurs\u00a0: credentials-url doit renvoyer du JSON.',
    },
    'credentials-incomplete': {
      message: 'Il manque {field} dans les identifiants.',
      hint: 'Pour les développeurs\u00a0: renvoyez AccessKeyId, AccessKeySecret, SecurityToken et Expiration.',
    },
    'credentials-expired': {
      message: 'Les identifiants fournis par le site ont déjà expiré.',
      hint: 'Réessayez. Pour les développeurs\u00a0: ne mettez pas en cache la réponse de credentials-url.',
    },
    'credentials-timeout': {
      message: 'Le site n’a pas fourni d’identifiants à temps.',
      hint: 'Vérifiez la connexion et réessayez.',
    },
    'credentials-unreachable': {
      message: 'Le site est injoignable pour obtenir des identifiants.',
      hint: 'Vérifiez la connexion et réessayez. Pour les développeurs\u00a0: une autre origine doit autoriser celle-ci par CORS.',
    },
    'credentials-redirected': {
      message: 'La demande d’identifiants est redirigée vers un autre site.',
      hint: 'Connectez-vous et réessayez. Pour les développeurs\u00a0: credentials-url ne doit pas rediriger vers une autre origine.',
    },
    'credentials-rejected': {
      message: 'Le service de stockage refuse les identifiants, même nouveaux.',
      hint: 'Pour les développeurs\u00a0: vérifiez le rôle, sa clé d’accès et l’horloge du serveur qui répond à credentials-url.',
    },
    'signature-refused': {
      message: 'Le service de stockage refuse la signature de l’envoi.',
      hint: 'Pour les développeurs\u00a0: vérifiez que region est celle du bucket et que l’AccessKeySecret est juste.',
    },
    'access-denied': {
      message: 'Le service de stockage n’autorise pas cet envoi.',
      hint: 'Pour les développeurs\u00a0: la politique RAM doit autoriser oss:PutObject sur «\u00a0{key}\u00a0» dans «\u00a0{bucket}\u00a0».',
    },
    'bucket-not-found': {
      message: 'Le bucket «\u00a0{bucket}\u00a0» n’existe pas.',
      hint: 'Vérifiez les attributs bucket, region et endpoint.',
    },
    'endpoint-refused': {
      message: 'Le bucket «\u00a0{bucket}\u00a0» n’est pas accessible par ce chemin.',
      hint: 'Donnez à region celle du bucket, ou indiquez par endpoint et cname un domaine qui lui est lié.',
    },
    'object-exists': {
      message: 'Un fichier est déjà stocké sous «\u00a0{key}\u00a0».',
      hint: 'Renommez le fichier et choisissez-le de nouveau.',
    },
    'cors-blocked': {
      message: 'Le service de stockage répond, mais n’autorise pas l’envoi depuis cette page.',
      hint: 'Pour les développeurs\u00a0: vérifiez que le bucket «\u00a0{bucket}\u00a0» existe et donnez-lui une règle CORS\u00a0: origine {origin}, méthodes PUT, POST, GET, HEAD, DELETE, en-têtes *, en-têtes exposés ETag, x-oss-request-id, x-oss-hash-crc64ecma.',
    },
    'etag-hidden': {
      message: 'Le service de stockage ne dit pas à cette page ce qui est arrivé.',
      hint: 'Pour les développeurs\u00a0: la règle CORS de «\u00a0{bucket}\u00a0» doit exposer l’en-tête ETag.',
    },
    'clock-skewed': {
      message: 'L’horloge de cet appareil n’est pas à l’heure.',
      hint: 'Réglez la date et l’heure, puis réessayez.',
    },
    'upload-gone': {
      message: 'Le service de stockage n’a plus trace de cet envoi.',
      hint: 'Réessayez\u00a0: l’envoi repartira du début.',
    },
    'callback-failed': {
      message: 'Le fichier est stocké, mais le site n’a pas pu en être informé.',
      hint: 'Signalez aux responsables du site que le rappel (callback) d’envoi échoue.',
    },
    throttled: {
      message: 'Le service de stockage est très sollicité.',
      hint: 'Réessayez plus tard.',
    },
    'server-error': {
      message: 'Le service de stockage est en panne.',
      hint: 'Réessayez plus tard.',
    },
    'request-refused': {
      message: 'Le service de stockage refuse l’envoi ({ossCode}).',
      hint: 'Prévenez les responsables du site.',
    },
    network: {
      message: 'La connexion au service de stockage est interrompue.',
      hint: 'Vérifiez la connexion et réessayez\u00a0: ce qui est arrivé est conservé.',
    },
    timeout: {
      message: 'Le service de stockage n’a pas répondu depuis trop longtemps.',
      hint: 'Vérifiez la connexion et réessayez\u00a0: ce qui est arrivé est conservé.',
    },
    'file-unreadable': {
      message: 'Le fichier n’est plus lisible.',
      hint: 'Il a peut-être été déplacé, modifié ou supprimé. Choisissez-le de nouveau.',
    },
    'file-changed': {
      message: 'Le fichier a changé depuis le début de l’envoi.',
      hint: 'Réessayez pour l’envoyer depuis le début, tel qu’il est maintenant.',
    },
    'file-too-large': {
      message: 'Le fichier est trop volumineux.',
      hint: 'Choisissez un fichier plus petit.',
    },
    'checkpoint-mismatch': {
      message: 'Ce n’est pas le fichier du début de l’envoi, ou les données de reprise sont endommagées.',
      hint: 'Choisissez le même fichier, ou recommencez.',
    },
    'verification-failed': {
      message: 'Ce que le service de stockage a reçu diffère de ce qui a été envoyé.',
      hint: 'Réessayez\u00a0: la partie endommagée sera renvoyée.',
    },
    'sdk-unavailable': {
      message: 'Un élément nécessaire à l’envoi n’a pas pu être chargé.',
      hint: 'Vérifiez la connexion et réessayez.',
    },
    unexpected: {
      message: 'Un problème inattendu est survenu.',
      hint: 'Réessayez\u202f; si le problème persiste, prévenez les responsables du site.',
    },
  },
};

export default french;
