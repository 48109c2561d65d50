/** Spanish (español). */

import type { Locale } from '../types.js';

const notSetUp =
  'La subida de archivos no está bien configurada en este sitio. Ponte en contacto con el administrador del sitio.';
const sessionExpired = 'Es posible que tu sesión haya caducado. Inicia sesión y vuelve a intentarlo.';

const spanish: Locale = {
  uploader: 'Subida de archivos',

  dragFile: 'Arrastra un archivo aquí o',
  dragAnotherFile: 'Arrastra otro archivo aquí o',
  dragFiles: 'Arrastra archivos aquí o',
  dragFolder: 'Arrastra una carpeta aquí o',
  addMoreFiles: 'Añade más archivos',
  dropFileHere: 'Suelta el archivo aquí',
  dropFilesHere: 'Suelta los archivos aquí',
  dropTypeRefused: 'Este tipo de archivo no se admite',
  dropLimitReached: 'Ahora no puedes añadir más archivos',
  dropFinishFirst: 'Termina o cancela antes esta subida',
  dropReplaces: 'Suelta el archivo para sustituir {name}',
  chooseFile: 'Elegir archivo',
  chooseNamed: 'Elegir {name}',
  chooseFiles: 'Elegir archivos',
  chooseFolder: 'Elegir carpeta',
  chooseOrTakePhoto: 'Elegir archivo o hacer foto',
  maximumSize: 'Tamaño máximo: {size}',
  typesAndSize: '{types}, hasta {size}',
  loadFailed:
    'No se ha podido cargar una parte de la función de subida. Comprueba tu conexión o recarga la página.',

  upload: 'Subir',
  pause: 'Pausar',
  resume: 'Reanudar',
  retry: 'Reintentar',
  retryNow: 'Reintentar ahora',
  cancel: 'Cancelar',
  remove: 'Quitar',
  removeFromList: 'Quitar de la lista',
  undo: 'Deshacer',
  replace: 'Sustituir',
  copyKey: 'Copiar nombre de objeto',
  openFile: 'Abrir en una pestaña nueva',
  discard: 'Descartar',
  keepUploading: 'Seguir subiendo',
  discardUpload: 'Descartar subida',
  discardUploads: 'Descartar subidas',
  uploadAll: 'Subir todo',
  pauseAll: 'Pausar todo',
  resumeAll: 'Reanudar todo',
  retryAll: 'Reintentar todo',
  cancelAll: 'Cancelar todo',
  clearCompleted: 'Borrar completados',
  dismiss: 'Cerrar',

  preparing: 'Preparando…',
  transferred: '{loaded} de {total}',
  timeLeft: 'tiempo restante: {duration}',
  waitingForNetwork: 'No tienes conexión. La subida se reanudará automáticamente.',
  retryingIn: '{error} Nuevo intento en {duration}.',
  retrying: '{error} Reintentando.',
  uploadingInOtherTab: 'Se está subiendo en otra pestaña',
  pausedAt: 'En pausa al {percent}',
  completing: 'Finalizando…',
  queued: 'En cola',
  uploaded: 'Subido',
  uploadedVerified: 'Subido y verificado',
  copied: 'Copiado',
  uploadCancelled: 'Subida cancelada',
  uploadsCancelled: '{count} subidas canceladas',
  fileRemoved: 'Quitado de la lista',
  filesReady: '{count} archivos, {size}',
  uploadedCount: '{done} de {count} subidos',
  failedCount: 'Con error: {count}',
  finishedCount: 'Subidos: {count}',
  notVerifiedHeaderHidden: 'Sin verificar: la regla CORS del bucket no expone x-oss-hash-crc64ecma.',
  notVerifiedSwitchedOff: 'Sin verificar: el atributo no-verify está definido.',
  stoppedToday: 'La subida se interrumpió al {percent}.',
  stoppedOn: 'La subida se interrumpió al {percent} el {day}.',
  selectFile: '{stopped} Selecciona «{name}» para continuar.',
  fileNotOriginal: '«{name}» no es el archivo con el que empezaste. Selecciona «{original}».',
  fileChanged: '«{name}» ha cambiado, así que la subida debe empezar de nuevo.',
  uploadInstead: 'Subir {name} en su lugar',
  persistenceUnavailable: 'Mantén esta página abierta. Este navegador no puede guardar tu progreso.',
  confirmDiscard: '¿Descartar esta subida? Ya se han subido {size}.',
  confirmDiscardAll: '¿Descartar todas las subidas sin terminar? Ya se han subido {size}.',
  details: 'Detalles',
  requestId: 'ID de solicitud',

  rejectedType: 'El tipo de «{name}» no se admite.',
  rejectedTypeWithList: 'El tipo de «{name}» no se admite. Se admiten: {types}.',
  typeImages: 'imágenes',
  typeVideos: 'vídeos',
  typeAudio: 'audio',
  rejectedFolder: '«{name}» es una carpeta. Elige un archivo.',
  rejectedUnreadable: 'No se puede leer «{name}». Comprueba que no se haya movido ni eliminado.',
  rejectedEmptyDrop:
    'Lo que has soltado no contiene archivos. Si procede de una aplicación o una página, guárdalo antes en tu dispositivo.',
  rejectedDuplicate: '«{name}» ya está en la lista.',
  rejectedSize: '«{name}» es demasiado grande. Tamaño máximo: {size}.',
  rejectedOnlyOne: 'Solo se admite un archivo. «{name}» no se ha añadido.',
  rejectedTooMany: 'Se admiten hasta {count} archivos. «{name}» no se ha añadido.',
  rejectedName: 'Cambia el nombre de «{name}» y vuelve a intentarlo.',
  rejectedUnchecked: 'No se ha podido comprobar «{name}». Intenta añadirlo de nuevo.',
  rejectedBySite: 'Este sitio no acepta «{name}».',
  notAdded: 'No se han añadido {count} archivos.',
  rejectedTypeSeveral: 'El tipo de {rejected} archivos no se admite.',
  rejectedTypeWithListSeveral: 'El tipo de {rejected} archivos no se admite. Se admiten: {types}.',
  rejectedFolderSeveral: 'No se han añadido {rejected} carpetas. Elige archivos.',
  rejectedUnreadableSeveral:
    'No se pueden leer {rejected} archivos. Comprueba que no se hayan movido ni eliminado.',
  rejectedDuplicateSeveral: '{rejected} archivos ya están en la lista.',
  rejectedKeySeveral:
    '{rejected} archivos reemplazarían a otros de la lista. Cámbiales el nombre o quita los otros archivos.',
  rejectedSizeSeveral: '{rejected} archivos son demasiado grandes. Tamaño máximo: {size}.',
  rejectedOnlyOneSeveral: 'Solo se admite un archivo. No se han añadido {rejected} archivos.',
  rejectedTooManySeveral: 'Se admiten hasta {count} archivos. No se han añadido {rejected} archivos.',
  rejectedNameSeveral: 'Cambia el nombre de {rejected} archivos y vuelve a intentarlo.',
  rejectedUncheckedSeveral: 'No se han podido comprobar {rejected} archivos. Intenta añadirlos de nuevo.',
  rejectedBySiteSeveral: 'Este sitio no acepta {rejected} archivos.',
  moreNotAdded: 'Otros {count} archivos no se han añadido.',

  formFileMissing: 'Sube un archivo para continuar.',
  formUploading: 'La subida aún no ha terminado. Espera a que termine.',
  formUnfinished: 'Hay un archivo sin subir. Súbelo o quítalo.',
  formFailed: 'No se ha podido subir un archivo. Reinténtalo o quítalo.',

  announceReady: '{name} está listo para subir.',
  announceAdded: '{count} archivos añadidos.',
  announceFailedOnly: 'Solo se muestran los archivos con error.',
  announceAllShown: 'Se muestran todos los archivos.',
  announceFileStatus: '{name}: {status}',
  announceStart: 'Subiendo {name}.',
  announceStartMany: 'Subiendo {count} archivos.',
  announceProgress: '{percent} subido.',
  announceResumed: 'Subida reanudada al {percent}.',
  announceUploaded: '{name} se ha subido.',
  announceCancelled: 'Subida de {name} cancelada.',
  announceRemoved: '{name} se ha quitado de la lista.',
  announceRemovedMany: 'Se han quitado {count} archivos.',
  announceRestored: '{name} vuelve a estar en la lista.',
  announceUndo: 'Puedes deshacerlo durante unos segundos.',

  errors: {
    'region-missing': {
      message: notSetUp,
      hint: 'Define el atributo region, por ejemplo region="oss-cn-hangzhou".',
    },
    'bucket-missing': {
      message: notSetUp,
      hint: 'Define el atributo bucket con el nombre del bucket.',
    },
    'credentials-missing': {
      message: notSetUp,
      hint: 'Define el atributo credentials-url con una URL que devuelva credenciales STS, o la propiedad getCredentials.',
    },
    'option-invalid': {
      message: notSetUp,
      hint: 'El valor de {option} no es válido: {value}. {fix}',
    },
    'key-invalid': {
      message: 'No se puede usar el nombre de este archivo. Cambia el nombre y elige el archivo de nuevo.',
      hint: 'El nombre de objeto «{key}» no es válido. Debe tener de 1 a 1023 bytes, no empezar por una barra ni contener segmentos «.» o «..».',
    },
    'duplicate-key': {
      message:
        '«{name}» reemplazaría a otro archivo de la lista. Cámbiale el nombre o quita el otro archivo.',
      hint: 'Dos archivos de la lista tienen el nombre de objeto «{key}». Define on-collision="rename", o usa en object-key una plantilla que genere nombres únicos.',
    },
    'credentials-refused': {
      message: 'No has iniciado sesión o no tienes permiso para subir. Inicia sesión y vuelve a intentarlo.',
      hint: 'credentials-url ha devuelto HTTP 401 o 403.',
    },
    'credentials-failed': {
      message:
        'Este sitio no ha podido autorizar la subida. Si el problema continúa, ponte en contacto con el administrador del sitio.',
      hint: 'credentials-url ha devuelto un estado de error o getCredentials ha fallado. Revisa el registro del servidor.',
    },
    'credentials-not-json': {
      message: sessionExpired,
      hint: 'credentials-url ha devuelto algo que no es JSON, quizá una página de inicio de sesión.',
    },
    'credentials-incomplete': {
      message: notSetUp,
      hint: 'Falta {field} en las credenciales. Devuelve AccessKeyId, AccessKeySecret, SecurityToken y Expiration.',
    },
    'credentials-expired': {
      message: 'La autorización de esta subida ha caducado. Vuelve a intentarlo.',
      hint: 'Las credenciales ya habían caducado al recibirlas. No guardes en caché la respuesta de credentials-url.',
    },
    'credentials-timeout': {
      message: 'Este sitio tarda demasiado en responder. Comprueba tu conexión.',
      hint: 'Las credenciales no se han recibido a tiempo. Comprueba cuánto tarda en responder credentials-url.',
    },
    'credentials-unreachable': {
      message: 'No se puede acceder a este sitio. Comprueba tu conexión.',
      hint: 'La solicitud a credentials-url ha fallado. Si la URL es de otro origen, debe permitir este con encabezados CORS.',
    },
    'credentials-redirected': {
      message: sessionExpired,
      hint: 'credentials-url redirige a otro origen, quizá a una página de inicio de sesión. Debe devolver las credenciales directamente. En un origen distinto al de la página, no puede redirigir en absoluto.',
    },
    'credentials-rejected': {
      message: notSetUp,
      hint: 'OSS rechaza las credenciales, incluso las nuevas. Revisa el rol de RAM, su clave de acceso y el reloj del servidor de credentials-url.',
    },
    'signature-refused': {
      message: notSetUp,
      hint: 'OSS rechaza la firma. Comprueba que region es la región del bucket y que el AccessKeySecret es correcto.',
    },
    'access-denied': {
      message: 'No tienes permiso para subir este archivo. Ponte en contacto con el administrador del sitio.',
      hint: 'La política de RAM debe permitir oss:PutObject en «{key}» del bucket «{bucket}».',
    },
    'bucket-not-found': {
      message: notSetUp,
      hint: 'El bucket «{bucket}» no existe. Comprueba los atributos bucket, region y endpoint.',
    },
    'endpoint-refused': {
      message: notSetUp,
      hint: 'No se puede acceder al bucket «{bucket}» desde este endpoint. Define region con la región del bucket, o endpoint con un dominio vinculado a él y añade el atributo cname.',
    },
    'object-exists': {
      message: 'Ya existe un archivo llamado «{key}». Cambia el nombre de tu archivo y elígelo de nuevo.',
      hint: 'Existe un objeto con este nombre. Define el atributo overwrite para reemplazarlo, o usa en object-key una plantilla que genere nombres únicos.',
    },
    'cors-blocked': {
      message:
        'Este sitio no puede subir archivos a este almacenamiento. Ponte en contacto con el administrador del sitio.',
      hint: 'Comprueba que el bucket «{bucket}» existe y añádele una regla CORS: origen {origin}; métodos PUT, POST, GET, HEAD, DELETE; encabezados permitidos *; encabezados expuestos ETag, x-oss-request-id, x-oss-hash-crc64ecma.',
    },
    'etag-hidden': {
      message: notSetUp,
      hint: 'La página no puede leer el ETag de una respuesta. La regla CORS del bucket «{bucket}» debe exponer el encabezado ETag.',
    },
    'clock-skewed': {
      message:
        'La fecha o la hora de este dispositivo es incorrecta. Corrígela en los ajustes del dispositivo.',
      hint: 'OSS rechaza las firmas cuya hora difiere de la suya en más de 15 minutos (RequestTimeTooSkewed).',
    },
    'upload-gone': {
      message: 'Esta subida ha caducado. Reintenta para empezar de nuevo.',
      hint: 'El ID de subida ya no existe (NoSuchUpload). La subida se completó o se canceló, o una regla de ciclo de vida eliminó sus partes.',
    },
    'callback-failed': {
      message:
        'El archivo se ha subido, pero no se ha avisado a este sitio. Reintenta o ponte en contacto con el administrador del sitio.',
      hint: 'El objeto «{key}» está guardado en el bucket «{bucket}», pero no se ha respondido a ningún callback. Revisa la URL del callback y su respuesta. Al reintentar, OSS vuelve a enviar el callback; para ello hacen falta oss:GetObject y la cabecera expuesta x-oss-hash-crc64ecma.',
    },
    throttled: {
      message: 'El servicio de almacenamiento está saturado. Tu progreso está guardado.',
      hint: 'OSS limita la frecuencia de las solicitudes o el ancho de banda. Reduce parallel y concurrent-files, o aumenta los límites del bucket.',
    },
    'server-error': {
      message: 'El servicio de almacenamiento ha devuelto un error. Tu progreso está guardado.',
      hint: 'OSS ha devuelto un estado 5xx o una respuesta no válida. Si continúa, indica el ID de solicitud al soporte de Alibaba Cloud.',
    },
    'request-refused': {
      message:
        'El servicio de almacenamiento ha rechazado la subida. Ponte en contacto con el administrador del sitio.',
      hint: 'OSS ha devuelto {ossCode}. Busca este código de error en la documentación de OSS.',
    },
    network: {
      message: 'Se ha perdido la conexión. Tu progreso está guardado.',
      hint: 'Una solicitud a OSS ha fallado sin respuesta. Revisa la red, los proxies y los cortafuegos.',
    },
    timeout: {
      message: 'El servicio de almacenamiento no responde. Tu progreso está guardado.',
      hint: 'Una solicitud a OSS ha agotado el tiempo de espera. Revisa la red, los proxies y los cortafuegos.',
    },
    redirected: {
      message:
        'Tu red ha redirigido la subida. Si tiene una página de inicio de sesión, inicia sesión y vuelve a intentarlo.',
      hint: 'Una solicitud a {endpoint} fue redirigida, por lo que se cancelaron todas las solicitudes de esta subida. OSS nunca redirige; indica la URL final en endpoint.',
    },
    'lossy-connection': {
      message: 'La mayor parte de lo que envías no llega. Prueba con otra red o desactiva la VPN.',
      hint: 'Se enviaron {sent} bytes, pero OSS solo confirmó {stored}. Es posible que un proxy, una VPN o un antivirus descarte el resto.',
    },
    'file-unreadable': {
      message:
        'No se puede leer el archivo. Puede que se haya movido, modificado o eliminado. Elígelo de nuevo.',
      hint: 'El navegador ya no tiene acceso al archivo (NotReadableError o NotFoundError).',
    },
    'file-changed': {
      message:
        'El archivo ha cambiado desde que empezó la subida. Reintenta para subir la nueva versión desde el principio.',
      hint: 'El tamaño o el contenido del archivo no coincide con lo subido, o la fecha es otra y no hay ninguna suma de comprobación para comparar.',
    },
    'file-too-large': {
      message: 'El archivo es demasiado grande. Elige un archivo más pequeño.',
      hint: 'OSS guarda objetos de hasta 48,8 TiB. Define max-size para rechazar los archivos grandes al añadirlos.',
    },
    'checkpoint-mismatch': {
      message: 'No es el archivo con el que empezaste. Elige el archivo original o empieza una subida nueva.',
      hint: 'El punto de control está dañado o es de otro archivo.',
    },
    'verification-failed': {
      message: 'El archivo se ha dañado durante la transferencia. Reintenta para enviarlo otra vez.',
      hint: 'El CRC-64 del objeto no coincide con el del archivo.',
    },
    'sdk-unavailable': {
      message:
        'No se ha podido cargar una parte de la función de subida. Comprueba tu conexión o recarga la página.',
      hint: 'No se ha podido importar el módulo del SDK. Comprueba que está junto al módulo principal y que la CSP lo permite.',
    },
    unexpected: {
      message:
        'Algo ha salido mal. Vuelve a intentarlo. Si el problema continúa, ponte en contacto con el administrador del sitio.',
      hint: 'Puede ser un fallo del programa. La propiedad cause del error contiene el error original.',
    },
  },
};

export default spanish;
