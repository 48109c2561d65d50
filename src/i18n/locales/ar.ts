/**
 * العربية، من اليمين إلى اليسار. What runs the other way within a sentence stands in Unicode's invisible isolates
 * (U+2068, U+2066 to U+2069); file names come in theirs. Durations are nominative, so no preposition governs them.
 */

import type { Locale } from '../types.js';

const arabic: Locale = {
  uploader: 'رفع الملفات',
  drop: 'أفلِت ملفًا هنا أو',
  dropAnother: 'أفلِت ملفًا آخر هنا أو',
  dropNow: 'أفلِت الملف هنا',
  dropFiles: 'أفلِت الملفات هنا أو',
  dropFolder: 'أفلِت مجلدًا هنا أو',
  dropMore: 'أفلِت المزيد هنا أو',
  dropFilesNow: 'أفلِت الملفات هنا',
  dropWrongType: 'لا يمكن رفع هذا النوع من الملفات هنا',
  dropNoRoom: 'لا يمكن إضافة ملفات أخرى الآن',
  chooseFile: 'اختيار ملف',
  chooseFiles: 'اختيار ملفات',
  chooseFolder: 'اختيار مجلد',
  upTo: 'حتى {size}',

  upload: 'رفع',
  pause: 'إيقاف مؤقت',
  resume: 'استئناف',
  retry: 'إعادة المحاولة',
  tryNow: 'المحاولة الآن',
  cancel: 'إلغاء',
  remove: 'إزالة',
  keep: 'إبقاء',
  discard: 'تجاهل',
  uploadAll: 'رفع الكل',
  pauseAll: 'إيقاف الكل مؤقتًا',
  resumeAll: 'استئناف الكل',
  retryAll: 'إعادة محاولة الكل',
  cancelAll: 'إلغاء الكل',
  clearFinished: 'مسح القائمة',

  preparing: 'جارٍ التحضير…',
  transferred: '{loaded} من {total}',
  timeLeft: 'الوقت المتبقي: {duration}',
  waitingForNetwork: 'في انتظار الشبكة. سيُستأنف الرفع تلقائيًا.',
  tryingAgainIn: '{error} الوقت حتى المحاولة التالية: {duration}.',
  tryingAgain: '{error} تجري المحاولة من جديد.',
  otherTab: 'يجري الرفع في علامة تبويب أخرى',
  pausedAt: 'متوقف مؤقتًا عند {percent}',
  completing: 'جارٍ الإنهاء…',
  queued: 'في انتظار الدور',
  uploaded: 'اكتمل الرفع',
  uploadedVerified: 'اكتمل الرفع والتحقق',
  uploadedOf: 'تم رفع {done} من {count}',
  failedCount: 'تعذّر الرفع: {count}',
  unverifiedNotExposed: 'لم يجرِ التحقق: قاعدة CORS الخاصة بالحاوية لا تكشف \u2066x-oss-hash-crc64ecma\u2069.',
  unverifiedSwitchedOff: 'لم يجرِ التحقق: الخاصية \u2066no-verify\u2069 مفعّلة.',
  leftToday: 'رُفع {percent} اليوم.',
  leftOn: 'رُفع {percent} يوم {day}.',
  resumable: '{left} للمتابعة، اختر الملف مرة أخرى.',
  otherFile: '«{name}» ملف آخر، ولا يمكن متابعة الرفع به.',
  changedFile: 'تغيّر الملف «{name}» منذ ذلك الحين، ويجب رفعه من جديد.',
  persistenceUnavailable: 'أبقِ هذه الصفحة مفتوحة حتى يكتمل الرفع: لا يستطيع هذا المتصفح حفظ ما أُنجز منه.',
  confirmDiscard: 'وصل {size}. هل تريد تجاهل ما وصل؟',
  details: 'التفاصيل',
  requestId: 'معرّف الطلب',

  rejectedType: 'الملفات من نوع «{name}» غير مقبولة هنا.',
  rejectedFolder: '«{name}» مجلد. اختر ملفًا.',
  rejectedUnreadable: 'تتعذّر قراءة «{name}».',
  rejectedDuplicate: '«{name}» موجود في القائمة بالفعل.',
  rejectedSize: 'حجم «{name}» أكبر من {size}.',
  rejectedCount: 'ملف واحد في كل مرة: لم يُضَف «{name}».',
  rejectedLimit: 'الحد الأقصى {count} في المرة الواحدة: لم يُضَف «{name}».',
  rejectedKey: 'لا يمكن تخزين «{name}» بهذا الاسم.',
  rejectedByPage: 'لا يمكن رفع «{name}» هنا.',
  moreRejected: 'لم يُضَف أيضًا: {count}.',
  fileMissing: 'يُرجى رفع ملف.',
  formUploading: 'لم يكتمل الرفع بعد. يُرجى الانتظار.',
  formUnfinished: 'هناك ملف لم يُرفع بعد. ارفعه أو أزله من القائمة.',
  formFailed: 'تعذّر رفع ملف. أعد المحاولة أو أزله من القائمة.',

  announceReady: 'الملف {name} جاهز للرفع.',
  announceAdded: 'الملفات المضافة: {count}.',
  announceFound: '{name}: {status}',
  announceStart: 'يجري رفع {name}.',
  announceStartMany: 'جارٍ الرفع. الملفات: {count}.',
  announceStep: 'رُفع {percent}.',
  announceResumed: 'يُستأنف الرفع من {percent}.',
  announceDone: 'اكتمل رفع {name}.',
  announceCancelled: 'أُلغي رفع {name}.',

  errors: {
    'region-missing': {
      message: 'لم تُحدَّد منطقة للرفع.',
      hint: 'حدّد الخاصية region، مثل \u2066region="oss-cn-hangzhou"\u2069.',
    },
    'bucket-missing': {
      message: 'لم تُحدَّد حاوية (bucket) للرفع.',
      hint: 'اضبط الخاصية bucket على اسم الحاوية.',
    },
    'credentials-missing': {
      message: 'لم يُحدَّد مصدر بيانات الاعتماد.',
      hint: 'اضبط credentials-url على عنوان يعيد بيانات اعتماد STS، أو اضبط الخاصية getCredentials.',
    },
    'option-invalid': {
      message: 'قيمة \u2068{option}\u2069 غير صالحة: \u2068{value}\u2069',
      hint: 'صحّح \u2068{option}\u2069.',
    },
    'key-invalid': {
      message: 'لا يمكن استخدام اسم الكائن هذا: \u2068{key}\u2069',
      hint: 'يجب أن يكون طول الاسم من 1 إلى 1023 بايت، وألا يبدأ بشرطة مائلة، وألا يتضمن المقطع «.» أو «..».',
    },
    'credentials-refused': {
      message: 'لم تسجّل الدخول، أو ليس لديك إذن بالرفع هنا.',
      hint: 'سجّل الدخول ثم أعد المحاولة.',
    },
    'credentials-failed': {
      message: 'تعذّر على الموقع توفير بيانات اعتماد للرفع.',
      hint: 'أعد المحاولة لاحقًا، وإذا استمرت المشكلة فأبلغ القائمين على الموقع.',
    },
    'credentials-not-json': {
      message: 'أعاد الموقع شيئًا غير بيانات الاعتماد، ربما صفحة تسجيل الدخول.',
      hint: 'سجّل الدخول ثم أعد المحاولة. للمطوّرين: يجب أن يعيد credentials-url بيانات JSON.',
    },
    'credentials-incomplete': {
      message: 'بيانات الاعتماد ينقصها \u2068{field}\u2069.',
      hint: 'للمطوّرين: يجب إعادة AccessKeyId وAccessKeySecret وSecurityToken وExpiration.',
    },
    'credentials-expired': {
      message: 'انتهت صلاحية بيانات الاعتماد التي وفّرها الموقع.',
      hint: 'أعد المحاولة. للمطوّرين: لا تخزّن استجابة credentials-url مؤقتًا.',
    },
    'credentials-timeout': {
      message: 'لم يوفّر الموقع بيانات الاعتماد في الوقت المناسب.',
      hint: 'تحقّق من الاتصال ثم أعد المحاولة.',
    },
    'credentials-unreachable': {
      message: 'يتعذّر الوصول إلى الموقع للحصول على بيانات الاعتماد.',
      hint: 'تحقّق من الاتصال ثم أعد المحاولة. للمطوّرين: إذا كان المصدر مختلفًا فيجب أن يسمح لهذه الصفحة عبر CORS.',
    },
    'credentials-redirected': {
      message: 'يُعاد توجيه طلب بيانات الاعتماد إلى موقع آخر.',
      hint: 'سجّل الدخول ثم أعد المحاولة. للمطوّرين: يجب ألا يعيد credentials-url التوجيه إلى مصدر آخر.',
    },
    'credentials-rejected': {
      message: 'لا تقبل خدمة التخزين بيانات الاعتماد، ولا الجديدة منها.',
      hint: 'للمطوّرين: تحقّق من الدور ومفتاح الوصول الخاص به، ومن ساعة الخادم الذي يستجيب لـ credentials-url.',
    },
    'signature-refused': {
      message: 'لا تقبل خدمة التخزين توقيع هذا الرفع.',
      hint: 'للمطوّرين: تحقّق من أن region هي منطقة الحاوية، ومن صحة AccessKeySecret.',
    },
    'access-denied': {
      message: 'لا تسمح خدمة التخزين بهذا الرفع.',
      hint: 'للمطوّرين: يجب أن تسمح سياسة RAM بتنفيذ oss:PutObject على «\u2068{key}\u2069» في «\u2068{bucket}\u2069».',
    },
    'bucket-not-found': {
      message: 'لا توجد حاوية باسم «\u2068{bucket}\u2069».',
      hint: 'تحقّق من الخصائص bucket وregion وendpoint.',
    },
    'endpoint-refused': {
      message: 'لا يمكن الوصول إلى الحاوية «\u2068{bucket}\u2069» بهذه الطريقة.',
      hint: 'اضبط region على منطقة الحاوية، أو اضبط endpoint وcname على نطاق مرتبط بها.',
    },
    'object-exists': {
      message: 'يوجد ملف مخزّن بالاسم «\u2068{key}\u2069».',
      hint: 'غيّر اسم الملف ثم اختره مرة أخرى.',
    },
    'cors-blocked': {
      message: 'يمكن الوصول إلى خدمة التخزين، لكنها لا تسمح بالرفع من هذه الصفحة.',
      hint: 'للمطوّرين: تحقّق من وجود الحاوية «\u2068{bucket}\u2069»، وأضف إليها قاعدة CORS: المصدر \u2068{origin}\u2069، والطرق \u2066PUT, POST, GET, HEAD, DELETE\u2069، والترويسات \u2066*\u2069، والترويسات المكشوفة \u2066ETag, x-oss-request-id, x-oss-hash-crc64ecma\u2069.',
    },
    'etag-hidden': {
      message: 'لا تُخبر خدمة التخزين هذه الصفحة بما وصل.',
      hint: 'للمطوّرين: يجب أن تكشف قاعدة CORS الخاصة بالحاوية «\u2068{bucket}\u2069» الترويسة ETag.',
    },
    'clock-skewed': {
      message: 'ساعة هذا الجهاز غير صحيحة.',
      hint: 'اضبط التاريخ والوقت ثم أعد المحاولة.',
    },
    'upload-gone': {
      message: 'لم يعد لهذا الرفع سجلّ في خدمة التخزين.',
      hint: 'أعد المحاولة: سيبدأ الرفع من جديد.',
    },
    'callback-failed': {
      message: 'خُزّن الملف، لكن تعذّر إبلاغ الموقع بذلك.',
      hint: 'أبلغ القائمين على الموقع أن الاستدعاء الراجع (callback) للرفع لا ينجح.',
    },
    throttled: {
      message: 'خدمة التخزين مشغولة.',
      hint: 'أعد المحاولة لاحقًا.',
    },
    'server-error': {
      message: 'حدث عطل في خدمة التخزين.',
      hint: 'أعد المحاولة لاحقًا.',
    },
    'request-refused': {
      message: 'ترفض خدمة التخزين هذا الرفع (\u2068{ossCode}\u2069).',
      hint: 'أبلغ القائمين على الموقع.',
    },
    network: {
      message: 'انقطع الاتصال بخدمة التخزين.',
      hint: 'تحقّق من الاتصال ثم أعد المحاولة: ما وصل محفوظ.',
    },
    timeout: {
      message: 'لم تستجب خدمة التخزين منذ وقت طويل.',
      hint: 'تحقّق من الاتصال ثم أعد المحاولة: ما وصل محفوظ.',
    },
    'file-unreadable': {
      message: 'لم تعد قراءة الملف ممكنة.',
      hint: 'ربما نُقل الملف أو تغيّر أو حُذف. اختره مرة أخرى.',
    },
    'file-changed': {
      message: 'تغيّر الملف منذ بدء الرفع.',
      hint: 'أعد المحاولة لرفعه من البداية كما هو الآن.',
    },
    'file-too-large': {
      message: 'الملف كبير جدًا.',
      hint: 'اختر ملفًا أصغر.',
    },
    'checkpoint-mismatch': {
      message: 'ليس هذا هو الملف الذي بدأ به الرفع، أو أن سجلّ الرفع تالف.',
      hint: 'اختر الملف نفسه، أو ابدأ من جديد.',
    },
    'verification-failed': {
      message: 'ما استلمته خدمة التخزين يختلف عمّا أُرسل.',
      hint: 'أعد المحاولة: سيُرسَل الجزء التالف من جديد.',
    },
    'sdk-unavailable': {
      message: 'تعذّر تحميل جزء لازم للرفع.',
      hint: 'تحقّق من الاتصال ثم أعد المحاولة.',
    },
    unexpected: {
      message: 'حدث أمر غير متوقع.',
      hint: 'أعد المحاولة، وإذا استمرت المشكلة فأبلغ القائمين على الموقع.',
    },
  },
};

export default arabic;
