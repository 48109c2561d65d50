/**
 * Arabic (العربية), right to left. Text in the other direction is wrapped in Unicode's invisible isolates (U+2066 or
 * U+2068, and U+2069); file names are isolated where they are filled in. Durations and counts are formatted in the
 * nominative, so no preposition precedes them.
 */

import type { Locale } from '../types.js';

const notSetUp = 'لم يُضبط رفع الملفات بشكل صحيح في هذا الموقع. تواصل مع مسؤول الموقع.';
const sessionExpired = 'ربما انتهت صلاحية جلستك. سجّل الدخول ثم أعد المحاولة.';

const arabic: Locale = {
  uploader: 'رفع الملفات',

  dragFile: 'اسحب ملفًا إلى هنا أو',
  dragAnotherFile: 'اسحب ملفًا آخر إلى هنا أو',
  dragFiles: 'اسحب الملفات إلى هنا أو',
  dragFolder: 'اسحب مجلدًا إلى هنا أو',
  addMoreFiles: 'أضف المزيد من الملفات',
  dropFileHere: 'أفلِت الملف هنا',
  dropFilesHere: 'أفلِت الملفات هنا',
  dropTypeRefused: 'نوع الملف هذا غير مقبول',
  dropLimitReached: 'لا يمكنك إضافة المزيد من الملفات الآن',
  dropFinishFirst: 'أكمل هذا الرفع أو ألغِه أولًا',
  dropReplaces: 'أفلِت الملف لاستبدال {name}',
  chooseFile: 'اختيار ملف',
  chooseNamed: 'اختيار {name}',
  chooseFiles: 'اختيار ملفات',
  chooseFolder: 'اختيار مجلد',
  chooseOrTakePhoto: 'اختيار ملف أو التقاط صورة',
  maximumSize: 'الحد الأقصى للحجم: {size}',
  typesAndSize: '{types}، حتى {size}',
  loadFailed: 'تعذّر تحميل جزء لازم للرفع. تحقّق من اتصالك أو أعد تحميل الصفحة.',

  upload: 'رفع',
  pause: 'إيقاف مؤقت',
  resume: 'استئناف',
  retry: 'إعادة المحاولة',
  retryNow: 'إعادة المحاولة الآن',
  cancel: 'إلغاء',
  remove: 'إزالة',
  removeFromList: 'إزالة من القائمة',
  undo: 'تراجع',
  replace: 'استبدال',
  copyKey: 'نسخ اسم الكائن',
  openFile: 'فتح في علامة تبويب جديدة',
  discard: 'تجاهل',
  keepUploading: 'متابعة الرفع',
  discardUpload: 'تجاهل الرفع',
  discardUploads: 'تجاهل عمليات الرفع',
  uploadAll: 'رفع الكل',
  pauseAll: 'إيقاف الكل مؤقتًا',
  resumeAll: 'استئناف الكل',
  retryAll: 'إعادة محاولة الكل',
  cancelAll: 'إلغاء الكل',
  clearCompleted: 'مسح المكتملة',
  dismiss: 'إغلاق',

  preparing: 'جارٍ التحضير…',
  transferred: '{loaded} من {total}',
  timeLeft: 'الوقت المتبقي: {duration}',
  waitingForNetwork: 'أنت غير متصل بالإنترنت. سيُستأنف الرفع تلقائيًا.',
  retryingIn: '{error} الوقت حتى المحاولة التالية: {duration}.',
  retrying: '{error} تجري إعادة المحاولة.',
  uploadingInOtherTab: 'يجري الرفع في علامة تبويب أخرى',
  pausedAt: 'متوقف مؤقتًا عند {percent}',
  completing: 'جارٍ الإنهاء…',
  queued: 'في قائمة الانتظار',
  uploaded: 'اكتمل الرفع',
  uploadedVerified: 'اكتمل الرفع والتحقق',
  copied: 'تم النسخ',
  uploadCancelled: 'أُلغي الرفع',
  uploadsCancelled: 'عدد عمليات الرفع الملغاة: {count}',
  fileRemoved: 'تمت الإزالة من القائمة',
  filesReady: 'عدد الملفات: {count}، {size}',
  uploadedCount: 'تم رفع {done} من {count}',
  failedCount: 'تعذّر الرفع: {count}',
  finishedCount: 'تم رفع: {count}',
  notVerifiedHeaderHidden:
    'لم يجرِ التحقق: قاعدة CORS الخاصة بالحاوية لا تكشف \u2066x-oss-hash-crc64ecma\u2069.',
  notVerifiedSwitchedOff: 'لم يجرِ التحقق: السمة \u2066no-verify\u2069 مضبوطة.',
  stoppedToday: 'توقف الرفع عند {percent}.',
  stoppedOn: 'توقف الرفع عند {percent} يوم {day}.',
  selectFile: '{stopped} حدّد «{name}» للمتابعة.',
  fileNotOriginal: '«{name}» ليس الملف الذي بدأت به. حدّد «{original}».',
  fileChanged: 'تغيّر الملف «{name}»، لذا يجب بدء الرفع من جديد.',
  uploadInstead: 'رفع {name} بدلًا منه',
  persistenceUnavailable: 'أبقِ هذه الصفحة مفتوحة. لا يستطيع هذا المتصفح حفظ تقدّمك.',
  confirmDiscard: 'هل تريد تجاهل هذا الرفع؟ الحجم المرفوع: {size}.',
  confirmDiscardAll: 'هل تريد تجاهل كل عمليات الرفع غير المكتملة؟ الحجم المرفوع: {size}.',
  details: 'التفاصيل',
  requestId: 'معرّف الطلب',

  rejectedType: 'نوع الملف «{name}» غير مقبول.',
  rejectedTypeWithList: 'نوع الملف «{name}» غير مقبول. الأنواع المقبولة: {types}.',
  typeImages: 'صور',
  typeVideos: 'مقاطع فيديو',
  typeAudio: 'ملفات صوتية',
  rejectedFolder: '«{name}» مجلد. اختر ملفًا.',
  rejectedUnreadable: 'تتعذّر قراءة «{name}». تأكد من أنه لم يُنقل ولم يُحذف.',
  rejectedEmptyDrop: 'لا يحتوي ما أفلتّه على ملفات. إذا كان من تطبيق أو صفحة، فاحفظه على جهازك أولًا.',
  rejectedDuplicate: '«{name}» موجود في القائمة بالفعل.',
  rejectedSize: 'الملف «{name}» كبير جدًا. الحد الأقصى للحجم: {size}.',
  rejectedOnlyOne: 'يُسمح بملف واحد فقط. لم يُضَف «{name}».',
  rejectedTooMany: 'الحد الأقصى لعدد الملفات: {count}. لم يُضَف «{name}».',
  rejectedName: 'أعد تسمية «{name}» ثم حاول مرة أخرى.',
  rejectedUnchecked: 'تعذّر التحقق من «{name}». حاول إضافته مرة أخرى.',
  rejectedBySite: 'لا يقبل هذا الموقع الملف «{name}».',
  notAdded: 'عدد الملفات التي لم تُضَف: {count}.',
  rejectedTypeSeveral: 'عدد الملفات التي نوعها غير مقبول: {rejected}.',
  rejectedTypeWithListSeveral: 'عدد الملفات التي نوعها غير مقبول: {rejected}. الأنواع المقبولة: {types}.',
  rejectedFolderSeveral: 'عدد المجلدات التي لم تُضَف: {rejected}. اختر ملفات.',
  rejectedUnreadableSeveral: 'عدد الملفات التي تتعذّر قراءتها: {rejected}. تأكد من أنها لم تُنقل ولم تُحذف.',
  rejectedDuplicateSeveral: 'عدد الملفات الموجودة في القائمة بالفعل: {rejected}.',
  rejectedKeySeveral:
    'عدد الملفات التي ستستبدل ملفات أخرى في القائمة: {rejected}. أعد تسميتها، أو أزل الملفات الأخرى.',
  rejectedSizeSeveral: 'عدد الملفات الكبيرة جدًا: {rejected}. الحد الأقصى للحجم: {size}.',
  rejectedOnlyOneSeveral: 'يُسمح بملف واحد فقط. عدد الملفات التي لم تُضَف: {rejected}.',
  rejectedTooManySeveral: 'الحد الأقصى لعدد الملفات: {count}. عدد الملفات التي لم تُضَف: {rejected}.',
  rejectedNameSeveral: 'عدد الملفات التي يجب تغيير أسمائها: {rejected}. أعد تسميتها ثم حاول مرة أخرى.',
  rejectedUncheckedSeveral: 'عدد الملفات التي تعذّر التحقق منها: {rejected}. حاول إضافتها مرة أخرى.',
  rejectedBySiteSeveral: 'عدد الملفات التي لا يقبلها هذا الموقع: {rejected}.',
  moreNotAdded: 'عدد الملفات الأخرى التي لم تُضَف: {count}.',

  formFileMissing: 'ارفع ملفًا للمتابعة.',
  formUploading: 'لم يكتمل الرفع بعد. انتظر حتى يكتمل.',
  formUnfinished: 'هناك ملف لم يُرفع بعد. ارفعه أو أزله.',
  formFailed: 'تعذّر رفع ملف. أعد المحاولة أو أزله.',

  announceReady: 'الملف {name} جاهز للرفع.',
  announceAdded: 'عدد الملفات المضافة: {count}.',
  announceFailedOnly: 'تظهر الملفات التي تعذّر رفعها فقط.',
  announceAllShown: 'تظهر جميع الملفات.',
  announceFileStatus: '{name}: {status}',
  announceStart: 'يجري رفع {name}.',
  announceStartMany: 'جارٍ الرفع. عدد الملفات: {count}.',
  announceProgress: 'رُفع {percent}.',
  announceResumed: 'استُؤنف الرفع عند {percent}.',
  announceUploaded: 'اكتمل رفع {name}.',
  announceCancelled: 'أُلغي رفع {name}.',
  announceRemoved: 'أُزيل {name} من القائمة.',
  announceRemovedMany: 'عدد الملفات المُزالة: {count}.',
  announceRestored: 'عاد {name} إلى القائمة.',
  announceUndo: 'يمكنك التراجع خلال بضع ثوانٍ.',

  errors: {
    'region-missing': {
      message: notSetUp,
      hint: 'اضبط السمة region، مثل \u2066region="oss-cn-hangzhou"\u2069.',
    },
    'bucket-missing': {
      message: notSetUp,
      hint: 'اضبط السمة bucket على اسم الحاوية.',
    },
    'credentials-missing': {
      message: notSetUp,
      hint: 'اضبط السمة credentials-url على عنوان URL يعيد بيانات اعتماد STS، أو اضبط الخاصية getCredentials.',
    },
    'option-invalid': {
      message: notSetUp,
      hint: 'قيمة \u2068{option}\u2069 غير صالحة: \u2068{value}\u2069. \u2068{fix}\u2069',
    },
    'key-invalid': {
      message: 'لا يمكن استخدام اسم هذا الملف. أعد تسمية الملف ثم اختره مرة أخرى.',
      hint: 'اسم الكائن «\u2068{key}\u2069» غير صالح. يجب أن يكون طوله من 1 إلى 1023 بايت، وألا يبدأ بشرطة مائلة، وألا يتضمن المقطع «.» أو «..».',
    },
    'duplicate-key': {
      message: 'سيستبدل «\u2068{name}\u2069» ملفًا آخر في القائمة. أعد تسميته، أو أزل الملف الآخر.',
      hint: 'لملفين في القائمة اسم الكائن نفسه «{key}». اضبط on-collision="rename"، أو استخدم في object-key قالبًا ينشئ أسماء فريدة.',
    },
    'credentials-refused': {
      message: 'لم تسجّل الدخول أو ليس لديك إذن بالرفع. سجّل الدخول ثم أعد المحاولة.',
      hint: 'أعاد credentials-url الرمز \u2066HTTP 401\u2069 أو 403.',
    },
    'credentials-failed': {
      message: 'تعذّر على هذا الموقع السماح بالرفع. إذا استمرت المشكلة فتواصل مع مسؤول الموقع.',
      hint: 'أعاد credentials-url رمز خطأ، أو فشل تنفيذ getCredentials. تحقّق من سجلّ الخادم.',
    },
    'credentials-not-json': {
      message: sessionExpired,
      hint: 'أعاد credentials-url شيئًا غير JSON، ربما صفحة تسجيل الدخول.',
    },
    'credentials-incomplete': {
      message: notSetUp,
      hint: 'بيانات الاعتماد ينقصها \u2068{field}\u2069. يجب إعادة AccessKeyId وAccessKeySecret وSecurityToken وExpiration.',
    },
    'credentials-expired': {
      message: 'انتهت صلاحية الإذن بهذا الرفع. أعد المحاولة.',
      hint: 'كانت بيانات الاعتماد منتهية الصلاحية عند استلامها. لا تخزّن استجابة credentials-url مؤقتًا.',
    },
    'credentials-timeout': {
      message: 'استغرق هذا الموقع وقتًا طويلًا في الاستجابة. تحقّق من اتصالك.',
      hint: 'لم تُستلم بيانات الاعتماد في الوقت المناسب. تحقّق من المدة التي يستغرقها credentials-url للاستجابة.',
    },
    'credentials-unreachable': {
      message: 'يتعذّر الوصول إلى هذا الموقع. تحقّق من اتصالك.',
      hint: 'فشل الطلب إلى credentials-url. إذا كان العنوان من مصدر آخر فيجب أن يسمح لهذا المصدر بترويسات CORS.',
    },
    'credentials-redirected': {
      message: sessionExpired,
      hint: 'يعيد credentials-url التوجيه إلى مصدر آخر، ربما إلى صفحة تسجيل الدخول. يجب أن يعيد بيانات الاعتماد مباشرة. وإذا كان على مصدر غير مصدر الصفحة، فلا يجوز له إعادة التوجيه مطلقًا.',
    },
    'credentials-rejected': {
      message: notSetUp,
      hint: 'ترفض خدمة OSS بيانات الاعتماد، حتى الجديدة منها. تحقّق من دور RAM ومفتاح الوصول الخاص به، ومن ساعة الخادم الذي يستجيب لـ credentials-url.',
    },
    'signature-refused': {
      message: notSetUp,
      hint: 'ترفض خدمة OSS التوقيع. تحقّق من أن region هي منطقة الحاوية، ومن صحة AccessKeySecret.',
    },
    'access-denied': {
      message: 'ليس لديك إذن برفع هذا الملف. تواصل مع مسؤول الموقع.',
      hint: 'يجب أن تسمح سياسة RAM بتنفيذ oss:PutObject على «\u2068{key}\u2069» في الحاوية «\u2068{bucket}\u2069».',
    },
    'bucket-not-found': {
      message: notSetUp,
      hint: 'الحاوية «\u2068{bucket}\u2069» غير موجودة. تحقّق من السمات bucket وregion وendpoint.',
    },
    'endpoint-refused': {
      message: notSetUp,
      hint: 'لا يمكن الوصول إلى الحاوية «\u2068{bucket}\u2069» عبر نقطة النهاية هذه. اضبط region على منطقة الحاوية، أو اضبط endpoint على نطاق مرتبط بها وأضف السمة cname.',
    },
    'object-exists': {
      message: 'يوجد ملف بالاسم «\u2068{key}\u2069» بالفعل. أعد تسمية ملفك ثم اختره مرة أخرى.',
      hint: 'يوجد كائن بهذا الاسم. اضبط السمة overwrite لاستبداله، أو استخدم في object-key قالبًا ينشئ أسماء فريدة.',
    },
    'cors-blocked': {
      message: 'لا يُسمح لهذا الموقع بالرفع إلى وحدة التخزين هذه. تواصل مع مسؤول الموقع.',
      hint: 'تحقّق من وجود الحاوية «\u2068{bucket}\u2069»، وأضف إليها قاعدة CORS: المصدر \u2068{origin}\u2069، والطرق \u2066PUT, POST, GET, HEAD, DELETE\u2069، والترويسات المسموح بها \u2066*\u2069، والترويسات المكشوفة \u2066ETag, x-oss-request-id, x-oss-hash-crc64ecma\u2069.',
    },
    'etag-hidden': {
      message: notSetUp,
      hint: 'لا تستطيع الصفحة قراءة ETag في الاستجابة. يجب أن تكشف قاعدة CORS الخاصة بالحاوية «\u2068{bucket}\u2069» الترويسة ETag.',
    },
    'clock-skewed': {
      message: 'التاريخ أو الوقت في هذا الجهاز غير صحيح. صحّحه في إعدادات الجهاز.',
      hint: 'ترفض خدمة OSS التواقيع التي يختلف وقتها عن وقتها بأكثر من 15 دقيقة (RequestTimeTooSkewed).',
    },
    'upload-gone': {
      message: 'انتهت صلاحية هذا الرفع. أعد المحاولة للبدء من جديد.',
      hint: 'لم يعد معرّف الرفع موجودًا (NoSuchUpload). اكتمل الرفع أو أُلغي، أو حذفت قاعدة دورة الحياة أجزاءه.',
    },
    'callback-failed': {
      message: 'رُفع الملف، لكن لم يُبلَّغ هذا الموقع بذلك. أعد المحاولة أو تواصل مع مسؤول الموقع.',
      hint: 'الكائن «\u2068{key}\u2069» مخزّن في الحاوية «\u2068{bucket}\u2069»، لكن لم يُستجب لأي استدعاء راجع (callback) بشأنه. تحقّق من عنوان الاستدعاء ومن استجابته. عند إعادة المحاولة ترسل خدمة OSS الاستدعاء مرة أخرى، ويتطلب ذلك \u2066oss:GetObject\u2069 والترويسة المكشوفة \u2066x-oss-hash-crc64ecma\u2069.',
    },
    throttled: {
      message: 'خدمة التخزين مشغولة. تقدّمك محفوظ.',
      hint: 'تحدّ خدمة OSS من معدل الطلبات أو عرض النطاق. خفّض parallel وconcurrent-files، أو ارفع حدود الحاوية.',
    },
    'server-error': {
      message: 'أعادت خدمة التخزين خطأً. تقدّمك محفوظ.',
      hint: 'أعادت خدمة OSS رمز الحالة 5xx أو استجابة غير صالحة. إذا استمرت المشكلة فأرسل معرّف الطلب إلى دعم \u2066Alibaba Cloud\u2069.',
    },
    'request-refused': {
      message: 'رفضت خدمة التخزين هذا الرفع. تواصل مع مسؤول الموقع.',
      hint: 'أعادت خدمة OSS الرمز \u2068{ossCode}\u2069. ابحث عنه في وثائق OSS.',
    },
    network: {
      message: 'انقطع الاتصال. تقدّمك محفوظ.',
      hint: 'فشل طلب إلى OSS دون استجابة. تحقّق من الشبكة والخوادم الوكيلة وجدران الحماية.',
    },
    timeout: {
      message: 'لا تستجيب خدمة التخزين. تقدّمك محفوظ.',
      hint: 'انتهت مهلة طلب إلى OSS. تحقّق من الشبكة والخوادم الوكيلة وجدران الحماية.',
    },
    redirected: {
      message: 'أعادت شبكتك توجيه الرفع. إذا كانت تتطلّب تسجيل الدخول، فسجّل الدخول ثم أعد المحاولة.',
      hint: 'أُعيد توجيه طلب إلى {endpoint}، لذلك أُلغيت جميع طلبات هذا الرفع. لا تعيد OSS التوجيه أبدًا؛ اضبط endpoint على عنوان URL النهائي.',
    },
    'lossy-connection': {
      message: 'معظم ما ترسله لا يصل. جرّب شبكة أخرى أو أوقف تشغيل VPN.',
      hint: 'أُرسل {sent} بايت، ولم تؤكّد OSS سوى {stored}. ربما يُسقط خادم وكيل أو VPN أو برنامج مكافحة فيروسات الباقي.',
    },
    'file-unreadable': {
      message: 'تتعذّر قراءة الملف. ربما نُقل أو تغيّر أو حُذف. اختره مرة أخرى.',
      hint: 'لم يعد المتصفح قادرًا على الوصول إلى الملف (NotReadableError أو NotFoundError).',
    },
    'file-changed': {
      message: 'تغيّر الملف منذ بدء الرفع. أعد المحاولة لرفع النسخة الجديدة من البداية.',
      hint: 'حجم الملف أو محتواه يختلف عمّا رُفع، أو يختلف تاريخ تعديله ولا يوجد مجموع تدقيق للمقارنة.',
    },
    'file-too-large': {
      message: 'الملف كبير جدًا. اختر ملفًا أصغر.',
      hint: 'تخزّن خدمة OSS كائنات حتى \u206648.8 TiB\u2069. اضبط max-size لرفض الملفات الكبيرة عند إضافتها.',
    },
    'checkpoint-mismatch': {
      message: 'هذا ليس الملف الذي بدأت به. اختر الملف الأصلي أو ابدأ رفعًا جديدًا.',
      hint: 'نقطة الاستئناف تالفة أو تخص ملفًا آخر.',
    },
    'verification-failed': {
      message: 'تلف الملف أثناء النقل. أعد المحاولة لإرساله من جديد.',
      hint: 'قيمة \u2066CRC-64\u2069 للكائن تختلف عن قيمة الملف.',
    },
    'sdk-unavailable': {
      message: 'تعذّر تحميل جزء لازم للرفع. تحقّق من اتصالك أو أعد تحميل الصفحة.',
      hint: 'تعذّر استيراد وحدة SDK. تحقّق من أنها منشورة بجانب الوحدة الرئيسية ومن أن CSP تسمح بها.',
    },
    unexpected: {
      message: 'حدث خطأ ما. أعد المحاولة. إذا استمرت المشكلة فتواصل مع مسؤول الموقع.',
      hint: 'قد يكون هذا خللًا برمجيًا. تحتوي الخاصية cause على الخطأ الأصلي.',
    },
  },
};

export default arabic;
