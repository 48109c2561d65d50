/** 简体中文。 */

import type { Locale } from '../types.js';

const chinese: Locale = {
  uploader: '文件上传',
  drop: '将文件拖到此处，或',
  dropAnother: '将其他文件拖到此处，或',
  dropNow: '松开即可添加文件',
  dropFiles: '将文件拖到此处，或',
  dropFolder: '将文件夹拖到此处，或',
  dropMore: '继续拖入更多，或',
  dropFilesNow: '松开即可添加',
  dropWrongType: '此处不能上传这类文件',
  dropNoRoom: '现在不能再添加文件',
  chooseFile: '选择文件',
  chooseFiles: '选择文件',
  chooseFolder: '选择文件夹',
  upTo: '不超过 {size}',

  upload: '开始上传',
  pause: '暂停',
  resume: '继续',
  retry: '重试',
  tryNow: '立即重试',
  cancel: '取消',
  remove: '移除',
  keep: '保留',
  discard: '放弃',
  uploadAll: '全部上传',
  pauseAll: '全部暂停',
  resumeAll: '全部继续',
  retryAll: '全部重试',
  cancelAll: '全部取消',
  clearFinished: '清空列表',

  preparing: '正在准备…',
  transferred: '{loaded} / {total}',
  timeLeft: '剩余 {duration}',
  waitingForNetwork: '正在等待网络，恢复后自动继续。',
  tryingAgainIn: '{error}{duration}后重试。',
  tryingAgain: '{error}正在重试。',
  otherTab: '正在另一个标签页中上传',
  pausedAt: '已暂停，完成 {percent}',
  completing: '即将完成…',
  queued: '排队中',
  uploaded: '上传完成',
  uploadedVerified: '上传完成，内容已校验',
  uploadedOf: '已上传 {done} / {count} 个',
  failedCount: '{count} 个失败',
  unverifiedNotExposed: '未校验：存储空间的跨域规则没有暴露 x-oss-hash-crc64ecma。',
  unverifiedSwitchedOff: '未校验：已设置 no-verify。',
  leftToday: '今天已上传 {percent}。',
  leftOn: '{day}已上传 {percent}。',
  resumable: '{left}重新选择该文件即可继续。',
  otherFile: '“{name}”不是原来的文件，无法接着上传。',
  changedFile: '“{name}”已有改动，只能重新上传。',
  persistenceUnavailable: '此浏览器无法保存上传进度，完成前请勿关闭本页面。',
  confirmDiscard: '已上传 {size}，确定放弃吗？',
  details: '详细信息',
  requestId: '请求 ID',

  rejectedType: '这里不支持“{name}”这种类型的文件。',
  rejectedFolder: '“{name}”是文件夹，请选择文件。',
  rejectedUnreadable: '无法读取“{name}”。',
  rejectedDuplicate: '“{name}”已在列表中。',
  rejectedSize: '“{name}”超过了 {size}。',
  rejectedCount: '一次只能上传一个文件，“{name}”未添加。',
  rejectedLimit: '最多 {count} 个文件：未添加“{name}”。',
  rejectedKey: '“{name}”的名称无法用于存储。',
  rejectedByPage: '“{name}”不能在这里上传。',
  moreRejected: '另有 {count} 个文件未添加。',
  fileMissing: '请上传文件。',
  formUploading: '上传尚未完成，请稍候。',
  formUnfinished: '还有文件未上传。请上传，或将其从列表中移除。',
  formFailed: '有文件上传失败。请重试，或将其从列表中移除。',

  announceReady: '{name} 已选好，可以上传。',
  announceAdded: '已添加 {count} 个文件。',
  announceFound: '{name}：{status}',
  announceStart: '开始上传 {name}。',
  announceStartMany: '正在上传 {count} 个文件。',
  announceStep: '已上传 {percent}。',
  announceResumed: '从 {percent} 处继续上传。',
  announceDone: '{name} 上传完成。',
  announceCancelled: '已取消上传 {name}。',

  errors: {
    'region-missing': {
      message: '未设置地域。',
      hint: '请设置 region 属性，例如 region="oss-cn-hangzhou"。',
    },
    'bucket-missing': {
      message: '未设置存储空间。',
      hint: '请将 bucket 属性设为 Bucket 的名称。',
    },
    'credentials-missing': {
      message: '不知道从哪里获取上传凭证。',
      hint: '请将 credentials-url 设为返回 STS 凭证的地址，或设置 getCredentials 属性。',
    },
    'option-invalid': {
      message: '{option} 的值无效：{value}',
      hint: '请更正 {option}。',
    },
    'key-invalid': {
      message: '该对象名称不可用：{key}',
      hint: '对象名称须为 1 至 1023 字节，不能以斜杠开头，也不能含有“.”或“..”路径段。',
    },
    'credentials-refused': {
      message: '您尚未登录，或没有在此上传的权限。',
      hint: '请登录后重试。',
    },
    'credentials-failed': {
      message: '网站暂时无法提供上传凭证。',
      hint: '请稍后重试；如果问题持续出现，请联系网站管理员。',
    },
    'credentials-not-json': {
      message: '网站返回的不是上传凭证，可能是登录页面。',
      hint: '请登录后重试。开发者请注意：credentials-url 须返回 JSON。',
    },
    'credentials-incomplete': {
      message: '上传凭证缺少 {field}。',
      hint: '开发者请注意：须返回 AccessKeyId、AccessKeySecret、SecurityToken 和 Expiration。',
    },
    'credentials-expired': {
      message: '网站提供的上传凭证已过期。',
      hint: '请重试。开发者请注意：不要缓存 credentials-url 的响应。',
    },
    'credentials-timeout': {
      message: '网站未能及时提供上传凭证。',
      hint: '请检查网络后重试。',
    },
    'credentials-unreachable': {
      message: '无法连接网站以获取上传凭证。',
      hint: '请检查网络后重试。开发者请注意：跨域地址须通过 CORS 允许本页面访问。',
    },
    'credentials-redirected': {
      message: '获取凭证的请求被重定向到了其他网站。',
      hint: '请登录后重试。开发者请注意：credentials-url 不能重定向到其他源。',
    },
    'credentials-rejected': {
      message: '存储服务不接受上传凭证，更换新凭证后仍是如此。',
      hint: '开发者请检查：签发凭证的角色及其访问密钥，以及 credentials-url 所在服务器的时钟。',
    },
    'signature-refused': {
      message: '存储服务不接受本次上传的签名。',
      hint: '开发者请检查：region 是否为 Bucket 所在地域，AccessKeySecret 是否正确。',
    },
    'access-denied': {
      message: '存储服务不允许本次上传。',
      hint: '开发者请注意：RAM 策略须允许对 Bucket“{bucket}”中的“{key}”执行 oss:PutObject。',
    },
    'bucket-not-found': {
      message: 'Bucket“{bucket}”不存在。',
      hint: '请检查 bucket、region 和 endpoint 属性。',
    },
    'endpoint-refused': {
      message: '无法通过当前地址访问 Bucket“{bucket}”。',
      hint: '请将 region 设为该 Bucket 所在地域，或将 endpoint 和 cname 设为已绑定的自定义域名。',
    },
    'object-exists': {
      message: '已存在名为“{key}”的文件。',
      hint: '请重命名后重新选择。',
    },
    'cors-blocked': {
      message: '可以连接存储服务，但它不允许本页面上传。',
      hint: '开发者请确认存储空间“{bucket}”存在，并为它设置跨域规则：来源 {origin}；方法 PUT、POST、GET、HEAD、DELETE；允许 Headers 为 *；暴露 Headers 为 ETag、x-oss-request-id、x-oss-hash-crc64ecma。',
    },
    'etag-hidden': {
      message: '存储服务未告知本页面哪些内容已送达。',
      hint: '开发者请注意：“{bucket}”的跨域规则须暴露 ETag 响应头。',
    },
    'clock-skewed': {
      message: '本设备的时间不正确。',
      hint: '请校准日期和时间后重试。',
    },
    'upload-gone': {
      message: '存储服务上已没有本次上传的记录。',
      hint: '请重试，将重新开始上传。',
    },
    'callback-failed': {
      message: '文件已存储，但未能通知网站。',
      hint: '请告知网站管理员：上传回调失败。',
    },
    throttled: {
      message: '存储服务繁忙。',
      hint: '请稍后重试。',
    },
    'server-error': {
      message: '存储服务出现故障。',
      hint: '请稍后重试。',
    },
    'request-refused': {
      message: '存储服务拒绝了本次上传（{ossCode}）。',
      hint: '请联系网站管理员。',
    },
    network: {
      message: '与存储服务的连接已断开。',
      hint: '请检查网络后重试，已上传的部分会保留。',
    },
    timeout: {
      message: '存储服务长时间没有响应。',
      hint: '请检查网络后重试，已上传的部分会保留。',
    },
    'file-unreadable': {
      message: '无法再读取该文件。',
      hint: '文件可能已被移动、修改或删除，请重新选择。',
    },
    'file-changed': {
      message: '上传开始后，文件发生了变化。',
      hint: '重试会把当前的版本从头上传。',
    },
    'file-too-large': {
      message: '文件过大。',
      hint: '请选择较小的文件。',
    },
    'checkpoint-mismatch': {
      message: '这不是之前上传的那个文件，或上传记录已损坏。',
      hint: '请选择同一个文件，或重新开始上传。',
    },
    'verification-failed': {
      message: '存储服务收到的内容与发送的不一致。',
      hint: '请重试，受损的部分会重新发送。',
    },
    'sdk-unavailable': {
      message: '上传组件的一部分未能加载。',
      hint: '请检查网络后重试。',
    },
    unexpected: {
      message: '出现了意外的问题。',
      hint: '请重试；如果问题持续出现，请联系网站管理员。',
    },
  },
};

export default chinese;
