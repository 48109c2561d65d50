/** Español. */

import type { Locale } from '../types.js';

const spanish: Locale = {
  uploader: 'Subida de archivos',
  drop: 'Arrastra un archivo aquí o',
  dropAnother: 'Arrastra otro archivo aquí o',
  dropNow: 'Suelta el archivo aquí',
  dropFiles: 'Suelte archivos aquí o',
  dropFolder: 'Suelte una carpeta aquí o',
  dropMore: 'Suelte más aquí o',
  dropFilesNow: 'Suelte los archivos aquí',
  dropWrongType: 'Este tipo de archivo no se puede subir aquí',
  dropNoRoom: 'Ahora no se pueden añadir más archivos',
  chooseFile: 'Elegir archivo',
  chooseFiles: 'Elegir archivos',
  chooseFolder: 'Elegir carpeta',
  upTo: 'hasta {size}',

  upload: 'Subir',
  pause: 'Pausar',
  resume: 'Reanudar',
  retry: 'Reintentar',
  tryNow: 'Reintentar ya',
  cancel: 'Cancelar',
  remove: 'Quitar',
  keep: 'Conservar',
  discard: 'Descartar',
  uploadAll: 'Subir todo',
  pauseAll: 'Pausar todo',
  resumeAll: 'Reanudar todo',
  retryAll: 'Reintentar todo',
  cancelAll: 'Cancelar todo',
  clearFinished: 'Vaciar lista',

  preparing: 'Preparando…',
  transferred: '{loaded} de {total}',
  timeLeft: 'tiempo restante: {duration}',
  waitingForNetwork: 'Esperando la red. Continuará automáticamente.',
  tryingAgainIn: '{error} Nuevo intento en {duration}.',
  tryingAgain: '{error} Intentándolo de nuevo.',
  otherTab: 'Se está subiendo en otra pestaña',
  pausedAt: 'En pausa al {percent}',
  completing: 'Finalizando…',
  queued: 'Esperando su turno',
  uploaded: 'Subido',
  uploadedVerified: 'Subido y verificado',
  uploadedOf: '{done} de {count} subidos',
  failedCount: 'Con error: {count}',
  unverifiedNotExposed: 'Sin verificar: la regla CORS del bucket no expone x-oss-hash-crc64ecma.',
  unverifiedSwitchedOff: 'Sin verificar: no-verify está activado.',
  leftToday: 'Subido el {percent} hoy.',
  leftOn: 'Subido el {percent} el {day}.',
  resumable: '{left} Elige de nuevo el archivo para continuar.',
  otherFile: '«{name}» es otro archivo, así que la subida no puede continuar con él.',
  changedFile: '«{name}» ha cambiado desde entonces, así que hay que subirlo de nuevo.',
  persistenceUnavailable:
    'Mantén esta página abierta hasta que termine la subida: este navegador no puede guardar el progreso.',
  confirmDiscard: 'Ya se han subido {size}. ¿Descartarlos?',
  details: 'Detalles',
  requestId: 'ID de solicitud',

  rejectedType: 'Aquí no se admiten archivos como «{name}».',
  rejectedFolder: '«{name}» es una carpeta. Elige un archivo.',
  rejectedUnreadable: 'No se puede leer «{name}».',
  rejectedDuplicate: '«{name}» ya está en la lista.',
  rejectedSize: '«{name}» supera los {size}.',
  rejectedCount: 'Solo un archivo a la vez: «{name}» no se ha añadido.',
  rejectedLimit: 'No más de {count} a la vez: «{name}» no se ha añadido.',
  rejectedKey: '«{name}» no se puede guardar con ese nombre.',
  rejectedByPage: '«{name}» no se puede subir aquí.',
  moreRejected: 'Tampoco se han añadido otros {count}.',
  fileMissing: 'Suba un archivo.',
  formUploading: 'La subida aún no ha terminado. Espere, por favor.',
  formUnfinished: 'Hay un archivo sin subir. Súbalo o quítelo de la lista.',
  formFailed: 'No se ha podido subir un archivo. Reinténtelo o quítelo de la lista.',

  announceReady: '{name} está listo para subir.',
  announceAdded: 'Archivos añadidos: {count}.',
  announceFound: '{name}: {status}',
  announceStart: 'Subiendo {name}.',
  announceStartMany: 'Subiendo. Archivos: {count}.',
  announceStep: '{percent} subido.',
  announceResumed: 'Se reanuda desde el {percent}.',
  announceDone: '{name} se ha subido.',
  announceCancelled: 'Se ha cancelado la subida de {name}.',

  errors: {
    'region-missing': {
      message: 'La subida no tiene región.',
      hint: 'Define el atributo region, por ejemplo region="oss-cn-hangzhou".',
    },
    'bucket-missing': {
      message: 'La subida no tiene bucket.',
      hint: 'Define el atributo bucket con el nombre del bucket.',
    },
    'credentials-missing': {
      message: 'No se ha indicado de dónde obtener las credenciales.',
      hint: 'Define credentials-url con una dirección que devuelva credenciales STS, o la propiedad getCredentials.',
    },
    'option-invalid': {
      message: 'El valor de {option} no es válido: {value}',
      hint: 'Corrige {option}.',
    },
    'key-invalid': {
      message: 'Este nombre de objeto no es válido: {key}',
      hint: 'El nombre debe tener de 1 a 1023 bytes, no empezar por una barra ni contener segmentos «.» o «..».',
    },
    'credentials-refused': {
      message: 'No has iniciado sesión o no tienes permiso para subir aquí.',
      hint: 'Inicia sesión y vuelve a intentarlo.',
    },
    'credentials-failed': {
      message: 'El sitio no ha podido proporcionar credenciales para la subida.',
      hint: 'Vuelve a intentarlo más tarde; si el problema continúa, avisa a los responsables del sitio.',
    },
    'credentials-not-json': {
      message: 'El sitio no ha devuelto credenciales, sino quizá una página de inicio de sesión.',
      hint: 'Inicia sesión y vuelve a intentarlo. Para desarrolladores: credentials-url debe devolver JSON.',
    },
    'credentials-incomplete': {
      message: 'Falta {field} en las credenciales.',
      hint: 'Para desarrolladores: hay que devolver AccessKeyId, AccessKeySecret, SecurityToken y Expiration.',
    },
    'credentials-expired': {
      message: 'Las credenciales del sitio ya han caducado.',
      hint: 'Vuelve a intentarlo. Para desarrolladores: la respuesta de credentials-url no debe guardarse en caché.',
    },
    'credentials-timeout': {
      message: 'El sitio no ha proporcionado las credenciales a tiempo.',
      hint: 'Comprueba la conexión y vuelve a intentarlo.',
    },
    'credentials-unreachable': {
      message: 'No se puede conectar con el sitio para obtener credenciales.',
      hint: 'Comprueba la conexión y vuelve a intentarlo. Para desarrolladores: si es otro origen, debe permitir este mediante CORS.',
    },
    'credentials-redirected': {
      message: 'La solicitud de credenciales se redirige a otro sitio.',
      hint: 'Inicia sesión y vuelve a intentarlo. Para desarrolladores: credentials-url no debe redirigir a otro origen.',
    },
    'credentials-rejected': {
      message: 'El almacenamiento no acepta las credenciales, ni siquiera las nuevas.',
      hint: 'Para desarrolladores: revisa el rol, su clave de acceso y el reloj del servidor que responde a credentials-url.',
    },
    'signature-refused': {
      message: 'El almacenamiento no acepta la firma de la subida.',
      hint: 'Para desarrolladores: comprueba que region es la del bucket y que el AccessKeySecret es correcto.',
    },
    'access-denied': {
      message: 'El almacenamiento no permite esta subida.',
      hint: 'Para desarrolladores: la política de RAM debe permitir oss:PutObject en «{key}» de «{bucket}».',
    },
    'bucket-not-found': {
      message: 'No existe el bucket «{bucket}».',
      hint: 'Comprueba los atributos bucket, region y endpoint.',
    },
    'endpoint-refused': {
      message: 'No se puede acceder al bucket «{bucket}» por esta vía.',
      hint: 'Define region con la del bucket, o endpoint y cname con un dominio vinculado a él.',
    },
    'object-exists': {
      message: 'Ya hay un archivo guardado como «{key}».',
      hint: 'Cambia el nombre del archivo y elígelo de nuevo.',
    },
    'cors-blocked': {
      message: 'El almacenamiento responde, pero no permite subir desde esta página.',
      hint: 'Para desarrolladores: comprueba que el bucket «{bucket}» existe y dale una regla CORS con origen {origin}, métodos PUT, POST, GET, HEAD, DELETE, encabezados *, encabezados expuestos ETag, x-oss-request-id, x-oss-hash-crc64ecma.',
    },
    'etag-hidden': {
      message: 'El almacenamiento no indica a esta página qué ha llegado.',
      hint: 'Para desarrolladores: la regla CORS de «{bucket}» debe exponer el encabezado ETag.',
    },
    'clock-skewed': {
      message: 'El reloj de este dispositivo no está en hora.',
      hint: 'Ajusta la fecha y la hora y vuelve a intentarlo.',
    },
    'upload-gone': {
      message: 'El almacenamiento ya no conserva esta subida.',
      hint: 'Vuelve a intentarlo: empezará desde el principio.',
    },
    'callback-failed': {
      message: 'El archivo está guardado, pero no se ha podido avisar al sitio.',
      hint: 'Comunica a los responsables del sitio que falla el callback de la subida.',
    },
    throttled: {
      message: 'El almacenamiento está saturado.',
      hint: 'Vuelve a intentarlo más tarde.',
    },
    'server-error': {
      message: 'El almacenamiento tiene una avería.',
      hint: 'Vuelve a intentarlo más tarde.',
    },
    'request-refused': {
      message: 'El almacenamiento rechaza la subida ({ossCode}).',
      hint: 'Avisa a los responsables del sitio.',
    },
    network: {
      message: 'Se ha perdido la conexión con el almacenamiento.',
      hint: 'Comprueba la conexión y vuelve a intentarlo: lo que ya ha llegado se conserva.',
    },
    timeout: {
      message: 'El almacenamiento ha tardado demasiado en responder.',
      hint: 'Comprueba la conexión y vuelve a intentarlo: lo que ya ha llegado se conserva.',
    },
    'file-unreadable': {
      message: 'Ya no se puede leer el archivo.',
      hint: 'Puede que se haya movido, modificado o eliminado. Elígelo de nuevo.',
    },
    'file-changed': {
      message: 'El archivo ha cambiado desde que empezó la subida.',
      hint: 'Vuelve a intentarlo para subirlo desde el principio, tal como está ahora.',
    },
    'file-too-large': {
      message: 'El archivo es demasiado grande.',
      hint: 'Elige un archivo más pequeño.',
    },
    'checkpoint-mismatch': {
      message: 'No es el archivo con el que empezó la subida, o su registro está dañado.',
      hint: 'Elige el mismo archivo o empieza de nuevo.',
    },
    'verification-failed': {
      message: 'Lo que ha recibido el almacenamiento no coincide con lo enviado.',
      hint: 'Vuelve a intentarlo: la parte dañada se enviará otra vez.',
    },
    'sdk-unavailable': {
      message: 'No se ha podido cargar un componente necesario para la subida.',
      hint: 'Comprueba la conexión y vuelve a intentarlo.',
    },
    unexpected: {
      message: 'Ha ocurrido algo inesperado.',
      hint: 'Vuelve a intentarlo; si el problema continúa, avisa a los responsables del sitio.',
    },
  },
};

export default spanish;
