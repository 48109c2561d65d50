/** French (français). Non-breaking spaces are escaped to make them visible. */

import type { Locale } from '../types.js';

const notSetUp =
  'L’envoi de fichiers n’est pas configuré correctement sur ce site. Contactez l’administrateur du site.';
const sessionExpired = 'Votre session a peut-être expiré. Connectez-vous et réessayez.';

const french: Locale = {
  uploader: 'Envoi de fichiers',

  dragFile: 'Glissez un fichier ici ou',
  dragAnotherFile: 'Glissez un autre fichier ici ou',
  dragFiles: 'Glissez des fichiers ici ou',
  dragFolder: 'Glissez un dossier ici ou',
  addMoreFiles: 'Ajoutez d’autres fichiers',
  dropFileHere: 'Déposez le fichier ici',
  dropFilesHere: 'Déposez les fichiers ici',
  dropTypeRefused: 'Ce type de fichier n’est pas accepté',
  dropLimitReached: 'Vous ne pouvez pas ajouter d’autres fichiers pour le moment',
  dropFinishFirst: 'Terminez ou annulez d’abord cet envoi',
  dropReplaces: 'Déposez le fichier pour remplacer {name}',
  chooseFile: 'Choisir un fichier',
  chooseNamed: 'Choisir {name}',
  chooseFiles: 'Choisir des fichiers',
  chooseFolder: 'Choisir un dossier',
  chooseOrTakePhoto: 'Choisir un fichier ou prendre une photo',
  maximumSize: 'Taille maximale\u00a0: {size}',
  typesAndSize: '{types}, jusqu’à {size}',
  loadFailed:
    'Un composant nécessaire à l’envoi n’a pas pu être chargé. Vérifiez votre connexion ou actualisez la page.',

  upload: 'Envoyer',
  pause: 'Suspendre',
  resume: 'Reprendre',
  retry: 'Réessayer',
  retryNow: 'Réessayer maintenant',
  cancel: 'Annuler',
  remove: 'Retirer',
  removeFromList: 'Retirer de la liste',
  undo: 'Restaurer',
  replace: 'Remplacer',
  copyKey: 'Copier le nom d’objet',
  openFile: 'Ouvrir dans un nouvel onglet',
  discard: 'Abandonner',
  keepUploading: 'Poursuivre l’envoi',
  discardUpload: 'Abandonner l’envoi',
  discardUploads: 'Abandonner les envois',
  uploadAll: 'Tout envoyer',
  pauseAll: 'Tout suspendre',
  resumeAll: 'Tout reprendre',
  retryAll: 'Tout réessayer',
  cancelAll: 'Tout annuler',
  clearCompleted: 'Effacer les envois terminés',
  dismiss: 'Fermer',

  preparing: 'Préparation…',
  transferred: '{loaded} sur {total}',
  timeLeft: 'il reste {duration}',
  waitingForNetwork: 'Vous êtes hors ligne. L’envoi reprendra automatiquement.',
  retryingIn: '{error} Nouvel essai dans {duration}.',
  retrying: '{error} Nouvel essai en cours.',
  uploadingInOtherTab: 'Envoi en cours dans un autre onglet',
  pausedAt: 'Suspendu à {percent}',
  completing: 'Finalisation…',
  queued: 'En attente',
  uploaded: 'Envoyé',
  uploadedVerified: 'Envoyé et vérifié',
  copied: 'Copié',
  uploadCancelled: 'Envoi annulé',
  uploadsCancelled: '{count} envois annulés',
  fileRemoved: 'Retiré de la liste',
  filesReady: '{count} fichiers, {size}',
  uploadedCount: '{done} sur {count} envoyés',
  failedCount: 'Échecs\u00a0: {count}',
  finishedCount: 'Envoyés\u00a0: {count}',
  notVerifiedHeaderHidden: 'Non vérifié\u00a0: la règle CORS du bucket n’expose pas x-oss-hash-crc64ecma.',
  notVerifiedSwitchedOff: 'Non vérifié\u00a0: l’attribut no-verify est défini.',
  stoppedToday: 'Envoi interrompu à {percent}.',
  stoppedOn: 'Envoi interrompu à {percent} ({day}).',
  selectFile: '{stopped} Sélectionnez «\u00a0{name}\u00a0» pour continuer.',
  fileNotOriginal:
    '«\u00a0{name}\u00a0» n’est pas le fichier de départ. Sélectionnez «\u00a0{original}\u00a0».',
  fileChanged: '«\u00a0{name}\u00a0» a été modifié\u00a0: l’envoi doit recommencer depuis le début.',
  uploadInstead: 'Envoyer plutôt {name}',
  persistenceUnavailable:
    'Gardez cette page ouverte. Ce navigateur ne peut pas enregistrer votre progression.',
  confirmDiscard: 'Abandonner cet envoi\u202f? Déjà envoyé\u00a0: {size}.',
  confirmDiscardAll: 'Abandonner tous les envois inachevés\u202f? Déjà envoyé\u00a0: {size}.',
  details: 'Détails',
  requestId: 'ID de requête',

  rejectedType: 'Le type de «\u00a0{name}\u00a0» n’est pas accepté.',
  rejectedTypeWithList: 'Le type de «\u00a0{name}\u00a0» n’est pas accepté. Acceptés\u00a0: {types}.',
  typeImages: 'images',
  typeVideos: 'vidéos',
  typeAudio: 'audio',
  rejectedFolder: '«\u00a0{name}\u00a0» est un dossier. Choisissez un fichier.',
  rejectedUnreadable:
    'Impossible de lire «\u00a0{name}\u00a0». Vérifiez que le fichier n’a pas été déplacé ou supprimé.',
  rejectedEmptyDrop:
    'L’élément déposé ne contient aucun fichier. S’il vient d’une application ou d’une page, enregistrez-le d’abord sur votre appareil.',
  rejectedDuplicate: '«\u00a0{name}\u00a0» est déjà dans la liste.',
  rejectedSize: '«\u00a0{name}\u00a0» est trop volumineux. Taille maximale\u00a0: {size}.',
  rejectedOnlyOne: 'Un seul fichier est autorisé. «\u00a0{name}\u00a0» n’a pas été ajouté.',
  rejectedTooMany: '{count} fichiers au maximum sont autorisés. «\u00a0{name}\u00a0» n’a pas été ajouté.',
  rejectedName: 'Renommez «\u00a0{name}\u00a0» et réessayez.',
  rejectedUnchecked: '«\u00a0{name}\u00a0» n’a pas pu être vérifié. Essayez de l’ajouter à nouveau.',
  rejectedBySite: 'Ce site n’accepte pas «\u00a0{name}\u00a0».',
  notAdded: '{count} fichiers n’ont pas été ajoutés.',
  rejectedTypeSeveral: 'Le type de {rejected} fichiers n’est pas accepté.',
  rejectedTypeWithListSeveral: 'Le type de {rejected} fichiers n’est pas accepté. Acceptés\u00a0: {types}.',
  rejectedFolderSeveral: '{rejected} dossiers n’ont pas été ajoutés. Choisissez des fichiers.',
  rejectedUnreadableSeveral:
    'Impossible de lire {rejected} fichiers. Vérifiez qu’ils n’ont pas été déplacés ou supprimés.',
  rejectedDuplicateSeveral: '{rejected} fichiers sont déjà dans la liste.',
  rejectedKeySeveral:
    '{rejected} fichiers remplaceraient d’autres fichiers de la liste. Renommez-les ou retirez les autres fichiers.',
  rejectedSizeSeveral: '{rejected} fichiers sont trop volumineux. Taille maximale\u00a0: {size}.',
  rejectedOnlyOneSeveral: 'Un seul fichier est autorisé. {rejected} fichiers n’ont pas été ajoutés.',
  rejectedTooManySeveral:
    '{count} fichiers au maximum sont autorisés. {rejected} fichiers n’ont pas été ajoutés.',
  rejectedNameSeveral: 'Renommez {rejected} fichiers et réessayez.',
  rejectedUncheckedSeveral:
    '{rejected} fichiers n’ont pas pu être vérifiés. Essayez de les ajouter à nouveau.',
  rejectedBySiteSeveral: 'Ce site n’accepte pas {rejected} fichiers.',
  moreNotAdded: '{count} autres fichiers n’ont pas été ajoutés.',

  formFileMissing: 'Envoyez un fichier pour continuer.',
  formUploading: 'L’envoi n’est pas encore terminé. Attendez qu’il se termine.',
  formUnfinished: 'Un fichier n’a pas encore été envoyé. Envoyez-le ou retirez-le.',
  formFailed: 'Un fichier n’a pas pu être envoyé. Réessayez ou retirez-le.',

  announceReady: '{name} est prêt à être envoyé.',
  announceAdded: '{count} fichiers ajoutés.',
  announceFailedOnly: 'Seuls les fichiers en échec sont affichés.',
  announceAllShown: 'Tous les fichiers sont affichés.',
  announceFileStatus: '{name}\u00a0: {status}',
  announceStart: 'Envoi de {name} en cours.',
  announceStartMany: 'Envoi de {count} fichiers en cours.',
  announceProgress: '{percent} envoyés.',
  announceResumed: 'Reprise à {percent}.',
  announceUploaded: 'Envoi de {name} terminé.',
  announceCancelled: 'Envoi de {name} annulé.',
  announceRemoved: '{name} a été retiré de la liste.',
  announceRemovedMany: '{count} fichiers ont été retirés.',
  announceRestored: '{name} est de nouveau dans la liste.',
  announceUndo: 'Restauration possible pendant quelques secondes.',

  errors: {
    'region-missing': {
      message: notSetUp,
      hint: 'Définissez l’attribut region, par exemple region="oss-cn-hangzhou".',
    },
    'bucket-missing': {
      message: notSetUp,
      hint: 'Définissez l’attribut bucket avec le nom du bucket.',
    },
    'credentials-missing': {
      message: notSetUp,
      hint: 'Définissez l’attribut credentials-url avec une URL qui renvoie des identifiants STS, ou définissez la propriété getCredentials.',
    },
    'option-invalid': {
      message: notSetUp,
      hint: 'La valeur de {option} n’est pas valide\u00a0: {value}. {fix}',
    },
    'key-invalid': {
      message:
        'Le nom de ce fichier ne peut pas être utilisé. Renommez le fichier et choisissez-le de nouveau.',
      hint: 'Le nom d’objet «\u00a0{key}\u00a0» n’est pas valide. Un nom d’objet compte de 1 à 1\u202f023 octets, ne commence pas par une barre oblique et ne contient aucun segment «\u00a0.\u00a0» ou «\u00a0..\u00a0».',
    },
    'duplicate-key': {
      message:
        '«\u00a0{name}\u00a0» remplacerait un autre fichier de la liste. Renommez-le ou retirez l’autre fichier.',
      hint: 'Deux fichiers de la liste ont le nom d’objet «\u00a0{key}\u00a0». Définissez on-collision="rename", ou utilisez dans object-key un modèle qui produit des noms uniques.',
    },
    'credentials-refused': {
      message:
        'Vous n’êtes pas connecté ou n’avez pas l’autorisation d’envoyer des fichiers. Connectez-vous et réessayez.',
      hint: 'credentials-url a renvoyé HTTP 401 ou 403.',
    },
    'credentials-failed': {
      message:
        'Ce site n’a pas pu autoriser l’envoi. Si le problème persiste, contactez l’administrateur du site.',
      hint: 'credentials-url a renvoyé un code d’erreur, ou getCredentials a échoué. Consultez le journal du serveur.',
    },
    'credentials-not-json': {
      message: sessionExpired,
      hint: 'credentials-url a renvoyé autre chose que du JSON, peut-être une page de connexion.',
    },
    'credentials-incomplete': {
      message: notSetUp,
      hint: 'Il manque {field} dans les identifiants. Renvoyez AccessKeyId, AccessKeySecret, SecurityToken et Expiration.',
    },
    'credentials-expired': {
      message: 'L’autorisation de cet envoi a expiré. Réessayez.',
      hint: 'Les identifiants avaient déjà expiré à leur réception. Ne mettez pas en cache la réponse de credentials-url.',
    },
    'credentials-timeout': {
      message: 'Ce site met trop de temps à répondre. Vérifiez votre connexion.',
      hint: 'Les identifiants n’ont pas été reçus à temps. Vérifiez le temps de réponse de credentials-url.',
    },
    'credentials-unreachable': {
      message: 'Ce site est inaccessible. Vérifiez votre connexion.',
      hint: 'La requête vers credentials-url a échoué. Si l’URL a une autre origine, elle doit autoriser celle-ci par des en-têtes CORS.',
    },
    'credentials-redirected': {
      message: sessionExpired,
      hint: 'credentials-url redirige vers une autre origine, peut-être une page de connexion. Elle doit renvoyer directement les identifiants. Sur une autre origine que celle de la page, aucune redirection n’est possible.',
    },
    'credentials-rejected': {
      message: notSetUp,
      hint: 'OSS refuse les identifiants, même nouveaux. Vérifiez le rôle RAM, sa clé d’accès et l’horloge du serveur de credentials-url.',
    },
    'signature-refused': {
      message: notSetUp,
      hint: 'OSS refuse la signature. Vérifiez que region est la région du bucket et que l’AccessKeySecret est correct.',
    },
    'access-denied': {
      message: 'Vous n’avez pas l’autorisation d’envoyer ce fichier. Contactez l’administrateur du site.',
      hint: 'La politique RAM doit autoriser oss:PutObject sur «\u00a0{key}\u00a0» dans le bucket «\u00a0{bucket}\u00a0».',
    },
    'bucket-not-found': {
      message: notSetUp,
      hint: 'Le bucket «\u00a0{bucket}\u00a0» n’existe pas. Vérifiez les attributs bucket, region et endpoint.',
    },
    'endpoint-refused': {
      message: notSetUp,
      hint: 'Le bucket «\u00a0{bucket}\u00a0» n’est pas accessible par ce point de terminaison. Définissez region avec la région du bucket, ou endpoint avec un domaine qui lui est lié et ajoutez l’attribut cname.',
    },
    'object-exists': {
      message:
        'Un fichier nommé «\u00a0{key}\u00a0» existe déjà. Renommez votre fichier et choisissez-le de nouveau.',
      hint: 'Un objet de ce nom existe. Définissez l’attribut overwrite pour le remplacer, ou utilisez dans object-key un modèle qui produit des noms uniques.',
    },
    'cors-blocked': {
      message:
        'Ce site n’est pas autorisé à envoyer des fichiers vers ce stockage. Contactez l’administrateur du site.',
      hint: 'Vérifiez que le bucket «\u00a0{bucket}\u00a0» existe et ajoutez-lui une règle CORS\u00a0: origine {origin}\u202f; méthodes PUT, POST, GET, HEAD, DELETE\u202f; en-têtes autorisés *\u202f; en-têtes exposés ETag, x-oss-request-id, x-oss-hash-crc64ecma.',
    },
    'etag-hidden': {
      message: notSetUp,
      hint: 'La page ne peut pas lire l’ETag d’une réponse. La règle CORS du bucket «\u00a0{bucket}\u00a0» doit exposer l’en-tête ETag.',
    },
    'clock-skewed': {
      message:
        'La date ou l’heure de cet appareil est incorrecte. Corrigez-la dans les réglages de l’appareil.',
      hint: 'OSS refuse les signatures dont l’heure s’écarte de plus de 15 minutes de la sienne (RequestTimeTooSkewed).',
    },
    'upload-gone': {
      message: 'Cet envoi a expiré. Réessayez pour recommencer depuis le début.',
      hint: 'L’ID d’envoi n’existe plus (NoSuchUpload). L’envoi a été terminé ou annulé, ou une règle de cycle de vie a supprimé ses parties.',
    },
    'callback-failed': {
      message:
        'Le fichier a été envoyé, mais ce site n’en a pas été informé. Réessayez ou contactez l’administrateur du site.',
      hint: 'L’objet «\u00a0{key}\u00a0» est stocké dans le bucket «\u00a0{bucket}\u00a0», mais aucun rappel (callback) n’a reçu de réponse. Vérifiez l’URL du rappel et sa réponse. Réessayer fait renvoyer le rappel par OSS, ce qui exige oss:GetObject et l’en-tête exposé x-oss-hash-crc64ecma.',
    },
    throttled: {
      message: 'Le service de stockage est surchargé. Votre progression est enregistrée.',
      hint: 'OSS limite le débit des requêtes ou la bande passante. Réduisez parallel et concurrent-files, ou augmentez les limites du bucket.',
    },
    'server-error': {
      message: 'Le service de stockage a renvoyé une erreur. Votre progression est enregistrée.',
      hint: 'OSS a renvoyé un code 5xx ou une réponse non valide. Si le problème persiste, communiquez l’ID de requête à l’assistance d’Alibaba Cloud.',
    },
    'request-refused': {
      message: 'Le service de stockage a refusé l’envoi. Contactez l’administrateur du site.',
      hint: 'OSS a renvoyé {ossCode}. Consultez ce code d’erreur dans la documentation d’OSS.',
    },
    network: {
      message: 'Connexion perdue. Votre progression est enregistrée.',
      hint: 'Une requête vers OSS a échoué sans réponse. Vérifiez le réseau, les proxys et les pare-feu.',
    },
    timeout: {
      message: 'Le service de stockage ne répond pas. Votre progression est enregistrée.',
      hint: 'Une requête vers OSS a dépassé le délai. Vérifiez le réseau, les proxys et les pare-feu.',
    },
    redirected: {
      message:
        'Votre réseau a redirigé l’envoi. S’il a une page de connexion, connectez-vous, puis réessayez.',
      hint: 'Une requête vers {endpoint} a été redirigée\u00a0; toutes les requêtes de cet envoi ont donc été annulées. OSS ne redirige jamais\u00a0; indiquez l’URL finale dans endpoint.',
    },
    'lossy-connection': {
      message:
        'La plupart des données envoyées n’arrivent pas. Essayez un autre réseau ou désactivez votre VPN.',
      hint: '{sent} octets ont été envoyés, mais OSS n’en a confirmé que {stored}. Un proxy, un VPN ou un antivirus rejette peut-être le reste.',
    },
    'file-unreadable': {
      message:
        'Impossible de lire le fichier. Il a peut-être été déplacé, modifié ou supprimé. Choisissez-le de nouveau.',
      hint: 'Le navigateur n’a plus accès au fichier (NotReadableError ou NotFoundError).',
    },
    'file-changed': {
      message:
        'Le fichier a été modifié depuis le début de l’envoi. Réessayez pour envoyer la nouvelle version depuis le début.',
      hint: 'La taille ou le contenu du fichier diffère de ce qui a été envoyé, ou sa date diffère et il n’y a aucune somme de contrôle à comparer.',
    },
    'file-too-large': {
      message: 'Le fichier est trop volumineux. Choisissez un fichier plus petit.',
      hint: 'OSS stocke des objets de 48,8\u00a0Tio au maximum. Définissez max-size pour refuser les gros fichiers dès leur ajout.',
    },
    'checkpoint-mismatch': {
      message:
        'Ce n’est pas le fichier de départ. Choisissez le fichier d’origine ou commencez un nouvel envoi.',
      hint: 'Le point de reprise est endommagé ou appartient à un autre fichier.',
    },
    'verification-failed': {
      message: 'Le fichier a été endommagé pendant le transfert. Réessayez pour le renvoyer.',
      hint: 'Le CRC-64 de l’objet diffère de celui du fichier.',
    },
    'sdk-unavailable': {
      message:
        'Un composant nécessaire à l’envoi n’a pas pu être chargé. Vérifiez votre connexion ou actualisez la page.',
      hint: 'Le module du SDK n’a pas pu être importé. Vérifiez qu’il est déployé à côté du module principal et que la CSP l’autorise.',
    },
    unexpected: {
      message:
        'Un problème est survenu. Réessayez. Si le problème persiste, contactez l’administrateur du site.',
      hint: 'Il s’agit peut-être d’un bogue. La propriété cause de l’erreur contient l’erreur d’origine.',
    },
  },
};

export default french;
