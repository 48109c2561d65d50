/** Simplified Chinese (简体中文). */

import type { Locale } from '../types.js';

const notSetUp = '本网站的上传功能未正确设置，请联系网站管理员。';
const sessionExpired = '登录可能已失效，请登录后重试。';

const chinese: Locale = {
  uploader: '文件上传',

  dragFile: '将文件拖到此处，或',
  dragAnotherFile: '将其他文件拖到此处，或',
  dragFiles: '将文件拖到此处，或',
  dragFolder: '将文件夹拖到此处，或',
  addMoreFiles: '添加更多文件',
  dropFileHere: '松开即可添加文件',
  dropFilesHere: '松开即可添加文件',
  dropTypeRefused: '不支持此文件类型',
  dropLimitReached: '现在无法添加更多文件',
  dropFinishFirst: '请先完成或取消当前上传',
  dropReplaces: '松开即可替换 {name}',
  chooseFile: '选择文件',
  chooseNamed: '选择 {name}',
  chooseFiles: '选择文件',
  chooseFolder: '选择文件夹',
  chooseOrTakePhoto: '选择文件或拍照',
  maximumSize: '大小上限：{size}',
  typesAndSize: '{types}，最大 {size}',

  upload: '上传',
  pause: '暂停',
  resume: '继续',
  retry: '重试',
  retryNow: '立即重试',
  cancel: '取消',
  remove: '移除',
  discard: '放弃',
  keepUploading: '继续上传',
  discardUpload: '放弃上传',
  discardUploads: '放弃上传',
  uploadAll: '全部上传',
  pauseAll: '全部暂停',
  resumeAll: '全部继续',
  retryAll: '全部重试',
  cancelAll: '全部取消',
  clearCompleted: '清除已完成',

  preparing: '正在准备…',
  transferred: '{loaded} / {total}',
  timeLeft: '剩余 {duration}',
  waitingForNetwork: '网络已断开，恢复后将自动继续上传。',
  retryingIn: '{error}{duration}后重试。',
  retrying: '{error}正在重试。',
  uploadingInOtherTab: '正在另一个标签页中上传',
  pausedAt: '已暂停于 {percent}',
  completing: '即将完成…',
  queued: '排队中',
  uploaded: '已上传',
  uploadedVerified: '已上传并校验',
  filesReady: '{count} 个文件，{size}',
  uploadedCount: '已上传 {done} / {count} 个',
  failedCount: '{count} 个失败',
  notVerifiedHeaderHidden: '未校验：存储空间 (Bucket) 的跨域规则未暴露 x-oss-hash-crc64ecma。',
  notVerifiedSwitchedOff: '未校验：已设置 no-verify 属性。',
  stoppedToday: '上传停在 {percent}。',
  stoppedOn: '上传于{day}停在 {percent}。',
  selectFile: '{stopped}选择“{name}”即可继续。',
  fileNotOriginal: '“{name}”不是最初上传的文件，请选择“{original}”。',
  fileChanged: '“{name}”已更改，必须重新上传。',
  uploadInstead: '改为上传 {name}',
  persistenceUnavailable: '请勿关闭本页面。此浏览器无法保存上传进度。',
  confirmDiscard: '放弃本次上传？已上传 {size}。',
  confirmDiscardAll: '放弃所有未完成的上传？已上传 {size}。',
  details: '详细信息',
  requestId: '请求 ID',

  rejectedType: '不支持“{name}”的文件类型。',
  rejectedTypeWithList: '不支持“{name}”的文件类型。支持：{types}。',
  typeImages: '图片',
  typeVideos: '视频',
  typeAudio: '音频',
  rejectedFolder: '“{name}”是文件夹，请选择文件。',
  rejectedUnreadable: '无法读取“{name}”，请确认它未被移动或删除。',
  rejectedEmptyDrop: '拖放的内容中没有文件。如果来自应用或网页，请先将其保存到设备。',
  rejectedDuplicate: '“{name}”已在列表中。',
  rejectedSize: '“{name}”过大。大小上限：{size}。',
  rejectedOnlyOne: '只能上传一个文件，未添加“{name}”。',
  rejectedTooMany: '最多可添加 {count} 个文件，未添加“{name}”。',
  rejectedName: '请重命名“{name}”，然后重试。',
  rejectedBySite: '本网站不接受“{name}”。',
  moreNotAdded: '另有 {count} 个文件未添加。',

  formFileMissing: '请上传文件。',
  formUploading: '上传尚未完成，请稍候。',
  formUnfinished: '有文件尚未上传，请上传或移除。',
  formFailed: '有文件上传失败，请重试或移除。',

  announceReady: '{name} 可以上传了。',
  announceAdded: '已添加 {count} 个文件。',
  announceFileStatus: '{name}：{status}',
  announceStart: '正在上传 {name}。',
  announceStartMany: '正在上传 {count} 个文件。',
  announceProgress: '已上传 {percent}。',
  announceResumed: '已从 {percent} 处继续上传。',
  announceUploaded: '{name} 已上传。',
  announceCancelled: '已取消上传 {name}。',
  announceRemoved: '已移除 {name}。',
  announceRemovedMany: '已移除 {count} 个文件。',

  errors: {
    'region-missing': {
      message: notSetUp,
      hint: '请设置 region 属性，例如 region="oss-cn-hangzhou"。',
    },
    'bucket-missing': {
      message: notSetUp,
      hint: '请将 bucket 属性设为存储空间 (Bucket) 的名称。',
    },
    'credentials-missing': {
      message: notSetUp,
      hint: '未设置上传凭证地址。请将 credentials-url 属性设为返回 STS 凭证的地址，或设置 getCredentials 属性。',
    },
    'option-invalid': {
      message: notSetUp,
      hint: '{option} 的值无效：{value}。{fix}',
    },
    'key-invalid': {
      message: '无法使用此文件名，请重命名后重新选择。',
      hint: '对象名称“{key}”无效。对象名称须为 1 至 1023 字节，不能以斜杠开头，也不能含有“.”或“..”路径段。',
    },
    'duplicate-key': {
      message: '“{name}”会覆盖列表中的另一个文件。请重命名该文件，或移除另一个文件。',
      hint: '列表中的两个文件使用了相同的对象名称“{key}”。请设置 on-collision="rename"，或在 object-key 中使用能生成唯一名称的模板。',
    },
    'credentials-refused': {
      message: '您尚未登录或没有上传权限，请登录后重试。',
      hint: 'credentials-url 返回了 HTTP 401 或 403。',
    },
    'credentials-failed': {
      message: '本网站未能授权上传。如果问题持续出现，请联系网站管理员。',
      hint: 'credentials-url 返回了错误状态码，或 getCredentials 执行失败。请检查服务器日志。',
    },
    'credentials-not-json': {
      message: sessionExpired,
      hint: 'credentials-url 返回的不是 JSON，可能是登录页面。',
    },
    'credentials-incomplete': {
      message: notSetUp,
      hint: '上传凭证缺少 {field}。须返回 AccessKeyId、AccessKeySecret、SecurityToken 和 Expiration。',
    },
    'credentials-expired': {
      message: '上传授权已过期，请重试。',
      hint: '收到的上传凭证已过期。请勿缓存 credentials-url 的响应。',
    },
    'credentials-timeout': {
      message: '本网站响应时间过长，请检查网络连接。',
      hint: '未能及时收到上传凭证。请检查 credentials-url 的响应时间。',
    },
    'credentials-unreachable': {
      message: '无法连接本网站，请检查网络连接。',
      hint: '对 credentials-url 的请求失败。如果该地址属于其他源，须通过 CORS 响应头允许本页面的源。',
    },
    'credentials-redirected': {
      message: sessionExpired,
      hint: 'credentials-url 重定向到了其他源，可能是登录页面。该地址须直接返回上传凭证；如果它与页面不同源，则完全不能重定向。',
    },
    'credentials-rejected': {
      message: notSetUp,
      hint: 'OSS 不接受上传凭证，更换新凭证后仍是如此。请检查 RAM 角色及其访问密钥，以及 credentials-url 所在服务器的时钟。',
    },
    'signature-refused': {
      message: notSetUp,
      hint: 'OSS 不接受签名。请检查 region 是否为存储空间 (Bucket) 所在地域，AccessKeySecret 是否正确。',
    },
    'access-denied': {
      message: '您没有上传此文件的权限，请联系网站管理员。',
      hint: 'RAM 策略须允许对存储空间 (Bucket)“{bucket}”中的“{key}”执行 oss:PutObject。',
    },
    'bucket-not-found': {
      message: notSetUp,
      hint: '存储空间 (Bucket)“{bucket}”不存在。请检查 bucket、region 和 endpoint 属性。',
    },
    'endpoint-refused': {
      message: notSetUp,
      hint: '无法通过此访问域名访问存储空间 (Bucket)“{bucket}”。请将 region 设为其所在地域，或将 endpoint 和 cname 设为已绑定的自定义域名。',
    },
    'object-exists': {
      message: '已存在名为“{key}”的文件，请重命名后重新选择。',
      hint: '已存在同名对象。请设置 overwrite 属性以覆盖它，或在 object-key 中使用能生成唯一名称的模板。',
    },
    'cors-blocked': {
      message: '本网站无权上传到此存储服务，请联系网站管理员。',
      hint: '请确认存储空间 (Bucket)“{bucket}”存在，并为它设置跨域规则：来源 {origin}；方法 PUT、POST、GET、HEAD、DELETE；允许 Headers 为 *；暴露 Headers 为 ETag、x-oss-request-id、x-oss-hash-crc64ecma。',
    },
    'etag-hidden': {
      message: notSetUp,
      hint: '页面无法读取存储服务的响应（ETag）。存储空间 (Bucket)“{bucket}”的跨域规则须暴露 ETag 响应头。',
    },
    'clock-skewed': {
      message: '本设备的日期或时间不正确，请在设备设置中校正。',
      hint: '签名时间与 OSS 的时间相差超过 15 分钟时，OSS 会拒绝请求 (RequestTimeTooSkewed)。',
    },
    'upload-gone': {
      message: '本次上传已失效，将重新开始。',
      hint: 'Upload ID 已不存在 (NoSuchUpload)：上传已完成、已取消，或分片已被生命周期规则删除。',
    },
    'callback-failed': {
      message: '文件已上传，但未能通知本网站。请重试，或联系网站管理员。',
      hint: '对象“{key}”已存储在存储空间 (Bucket)“{bucket}”中，但没有任何回调得到响应。请检查回调地址及其响应。重试会让 OSS 再次发起回调，这需要 oss:GetObject 权限以及暴露的 Header x-oss-hash-crc64ecma。',
    },
    throttled: {
      message: '存储服务繁忙，已上传的部分会保留。',
      hint: 'OSS 限制了请求速率或带宽。请减小 parallel 和 concurrent-files，或提高存储空间 (Bucket) 的限额。',
    },
    'server-error': {
      message: '存储服务返回了错误，已上传的部分会保留。',
      hint: 'OSS 返回了 5xx 状态码或无效的响应。如果问题持续出现，请将请求 ID 提供给阿里云技术支持。',
    },
    'request-refused': {
      message: '存储服务拒绝了本次上传，请联系网站管理员。',
      hint: 'OSS 返回了 {ossCode}。请在 OSS 文档中查找此错误码。',
    },
    network: {
      message: '网络连接已断开，已上传的部分会保留。',
      hint: '对 OSS 的请求失败，没有收到响应。请检查网络、代理和防火墙。',
    },
    timeout: {
      message: '存储服务没有响应，已上传的部分会保留。',
      hint: '对 OSS 的请求超时。请检查网络、代理和防火墙。',
    },
    redirected: {
      message: '网络重定向了上传。如果该网络有登录页面，请登录后重试。',
      hint: '对 {endpoint} 的请求被重定向，因此已中止此上传的所有请求。OSS 不会重定向请求；请将 endpoint 设置为最终的 URL。',
    },
    'lossy-connection': {
      message: '发送的大部分数据没有送达。请换用其他网络，或关闭 VPN。',
      hint: '已发送 {sent} 字节，但 OSS 只确认了 {stored} 字节。其余数据可能被代理、VPN 或杀毒软件丢弃。',
    },
    'file-unreadable': {
      message: '无法读取该文件。它可能已被移动、修改或删除，请重新选择。',
      hint: '浏览器已无法访问该文件（NotReadableError 或 NotFoundError）。',
    },
    'file-changed': {
      message: '上传开始后文件已更改。重试将重新上传当前版本。',
      hint: '文件的大小或内容与已上传的部分不一致，或者修改日期不同且没有可比较的校验值。',
    },
    'file-too-large': {
      message: '文件过大，请选择较小的文件。',
      hint: 'OSS 的单个对象最大为 48.8 TiB。可设置 max-size，在添加文件时拒绝过大的文件。',
    },
    'checkpoint-mismatch': {
      message: '这不是最初上传的文件。请选择原来的文件，或重新开始上传。',
      hint: '断点记录已损坏或属于其他文件。',
    },
    'verification-failed': {
      message: '文件在传输中损坏，请重试以重新发送。',
      hint: '对象的 CRC-64 与文件不一致。',
    },
    'sdk-unavailable': {
      message: '上传组件的一部分未能加载，请检查网络连接。',
      hint: '无法导入 SDK 模块。请检查它是否与主模块部署在同一位置，以及 CSP 是否允许加载。',
    },
    unexpected: {
      message: '出现了问题，请重试。如果问题持续出现，请联系网站管理员。',
      hint: '这可能是程序缺陷。错误的 cause 属性包含原始错误。',
    },
  },
};

export default chinese;
