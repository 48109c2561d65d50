/** 繁體中文。 */

import type { Locale } from '../types.js';

const traditionalChinese: Locale = {
  uploader: '檔案上傳',
  drop: '將檔案拖曳到這裡，或',
  dropAnother: '將其他檔案拖曳到這裡，或',
  dropNow: '放開即可加入檔案',
  dropFiles: '將檔案拖曳到此處，或',
  dropFolder: '將資料夾拖曳到此處，或',
  dropMore: '繼續拖入更多，或',
  dropFilesNow: '放開即可加入',
  dropWrongType: '此處無法上傳這類檔案',
  dropNoRoom: '目前無法再加入檔案',
  chooseFile: '選擇檔案',
  chooseFiles: '選擇檔案',
  chooseFolder: '選擇資料夾',
  upTo: '上限 {size}',

  upload: '開始上傳',
  pause: '暫停',
  resume: '繼續',
  retry: '重試',
  tryNow: '立即重試',
  cancel: '取消',
  remove: '移除',
  keep: '保留',
  discard: '捨棄',
  uploadAll: '全部上傳',
  pauseAll: '全部暫停',
  resumeAll: '全部繼續',
  retryAll: '全部重試',
  cancelAll: '全部取消',
  clearFinished: '清空清單',

  preparing: '正在準備…',
  transferred: '{loaded} / {total}',
  timeLeft: '剩餘 {duration}',
  waitingForNetwork: '正在等待連線，恢復後會自動繼續。',
  tryingAgainIn: '{error}{duration}後重試。',
  tryingAgain: '{error}正在重試。',
  otherTab: '正在另一個分頁中上傳',
  pausedAt: '已暫停，完成 {percent}',
  completing: '即將完成…',
  queued: '排隊中',
  uploaded: '上傳完成',
  uploadedVerified: '上傳完成，內容已驗證',
  uploadedOf: '已上傳 {done} / {count} 個',
  failedCount: '{count} 個失敗',
  unverifiedNotExposed: '未驗證：Bucket 的 CORS 規則未暴露 x-oss-hash-crc64ecma。',
  unverifiedSwitchedOff: '未驗證：已設定 no-verify。',
  leftToday: '今天已上傳 {percent}。',
  leftOn: '{day}已上傳 {percent}。',
  resumable: '{left}重新選擇該檔案即可繼續。',
  otherFile: '「{name}」不是原來的檔案，無法接續上傳。',
  changedFile: '「{name}」的內容已變更，必須重新上傳。',
  persistenceUnavailable: '此瀏覽器無法儲存上傳進度，完成前請勿關閉本頁面。',
  confirmDiscard: '已上傳 {size}，確定要捨棄嗎？',
  details: '詳細資訊',
  requestId: '要求 ID',

  rejectedType: '這裡不支援「{name}」這種類型的檔案。',
  rejectedFolder: '「{name}」是資料夾，請選擇檔案。',
  rejectedUnreadable: '無法讀取「{name}」。',
  rejectedDuplicate: '「{name}」已在清單中。',
  rejectedSize: '「{name}」超過 {size}。',
  rejectedCount: '一次只能上傳一個檔案，「{name}」未加入。',
  rejectedLimit: '最多 {count} 個檔案：未加入「{name}」。',
  rejectedKey: '「{name}」的名稱無法用於儲存。',
  rejectedByPage: '「{name}」無法在這裡上傳。',
  moreRejected: '另有 {count} 個檔案未加入。',
  fileMissing: '請上傳檔案。',
  formUploading: '上傳尚未完成，請稍候。',
  formUnfinished: '還有檔案尚未上傳。請上傳，或將其從清單中移除。',
  formFailed: '有檔案上傳失敗。請重試，或將其從清單中移除。',

  announceReady: '{name} 已選好，可以上傳。',
  announceAdded: '已加入 {count} 個檔案。',
  announceFound: '{name}：{status}',
  announceStart: '開始上傳 {name}。',
  announceStartMany: '正在上傳 {count} 個檔案。',
  announceStep: '已上傳 {percent}。',
  announceResumed: '從 {percent} 處繼續上傳。',
  announceDone: '{name} 上傳完成。',
  announceCancelled: '已取消上傳 {name}。',

  errors: {
    'region-missing': {
      message: '未設定地區。',
      hint: '請設定 region 屬性，例如 region="oss-cn-hangzhou"。',
    },
    'bucket-missing': {
      message: '未設定 Bucket。',
      hint: '請將 bucket 屬性設為 Bucket 的名稱。',
    },
    'credentials-missing': {
      message: '不知道要從哪裡取得上傳憑證。',
      hint: '請將 credentials-url 設為傳回 STS 憑證的網址，或設定 getCredentials 屬性。',
    },
    'option-invalid': {
      message: '{option} 的值無效：{value}',
      hint: '請更正 {option}。',
    },
    'key-invalid': {
      message: '無法使用此物件名稱：{key}',
      hint: '物件名稱須為 1 至 1023 位元組，不能以斜線開頭，也不能含有「.」或「..」路徑區段。',
    },
    'credentials-refused': {
      message: '您尚未登入，或沒有在此上傳的權限。',
      hint: '請登入後重試。',
    },
    'credentials-failed': {
      message: '網站暫時無法提供上傳憑證。',
      hint: '請稍後重試；如果問題持續發生，請聯絡網站管理員。',
    },
    'credentials-not-json': {
      message: '網站傳回的不是上傳憑證，可能是登入頁面。',
      hint: '請登入後重試。開發人員請注意：credentials-url 須傳回 JSON。',
    },
    'credentials-incomplete': {
      message: '上傳憑證缺少 {field}。',
      hint: '開發人員請注意：須傳回 AccessKeyId、AccessKeySecret、SecurityToken 和 Expiration。',
    },
    'credentials-expired': {
      message: '網站提供的上傳憑證已過期。',
      hint: '請重試。開發人員請注意：不要快取 credentials-url 的回應。',
    },
    'credentials-timeout': {
      message: '網站未能及時提供上傳憑證。',
      hint: '請檢查連線後重試。',
    },
    'credentials-unreachable': {
      message: '無法連線到網站以取得上傳憑證。',
      hint: '請檢查連線後重試。開發人員請注意：其他來源的網址須透過 CORS 允許本頁面存取。',
    },
    'credentials-redirected': {
      message: '取得憑證的要求被重新導向到其他網站。',
      hint: '請登入後重試。開發人員請注意：credentials-url 不能重新導向到其他來源。',
    },
    'credentials-rejected': {
      message: '儲存服務不接受上傳憑證，更換新憑證後仍是如此。',
      hint: '開發人員請檢查：簽發憑證的角色及其存取金鑰，以及 credentials-url 所在伺服器的時鐘。',
    },
    'signature-refused': {
      message: '儲存服務不接受本次上傳的簽名。',
      hint: '開發人員請檢查：region 是否為 Bucket 所在地區，AccessKeySecret 是否正確。',
    },
    'access-denied': {
      message: '儲存服務不允許本次上傳。',
      hint: '開發人員請注意：RAM 策略須允許對 Bucket「{bucket}」中的「{key}」執行 oss:PutObject。',
    },
    'bucket-not-found': {
      message: 'Bucket「{bucket}」不存在。',
      hint: '請檢查 bucket、region 和 endpoint 屬性。',
    },
    'endpoint-refused': {
      message: '無法透過目前的網址存取 Bucket「{bucket}」。',
      hint: '請將 region 設為該 Bucket 所在地區，或將 endpoint 和 cname 設為已綁定的自訂網域名稱。',
    },
    'object-exists': {
      message: '已有名為「{key}」的檔案。',
      hint: '請重新命名後再選擇。',
    },
    'cors-blocked': {
      message: '可以連線到儲存服務，但它不允許本頁面上傳。',
      hint: '開發人員請確認 Bucket「{bucket}」存在，並為它設定 CORS 規則：來源 {origin}；方法 PUT、POST、GET、HEAD、DELETE；允許 Headers 為 *；暴露 Headers 為 ETag、x-oss-request-id、x-oss-hash-crc64ecma。',
    },
    'etag-hidden': {
      message: '儲存服務未告知本頁面哪些內容已送達。',
      hint: '開發人員請注意：「{bucket}」的 CORS 規則須暴露 ETag 標頭。',
    },
    'clock-skewed': {
      message: '本裝置的時間不正確。',
      hint: '請校正日期和時間後重試。',
    },
    'upload-gone': {
      message: '儲存服務上已沒有本次上傳的記錄。',
      hint: '請重試，將會從頭開始上傳。',
    },
    'callback-failed': {
      message: '檔案已儲存，但未能通知網站。',
      hint: '請告知網站管理員：上傳回呼失敗。',
    },
    throttled: {
      message: '儲存服務忙碌中。',
      hint: '請稍後重試。',
    },
    'server-error': {
      message: '儲存服務發生故障。',
      hint: '請稍後重試。',
    },
    'request-refused': {
      message: '儲存服務拒絕了本次上傳（{ossCode}）。',
      hint: '請聯絡網站管理員。',
    },
    network: {
      message: '與儲存服務的連線已中斷。',
      hint: '請檢查連線後重試，已上傳的部分會保留。',
    },
    timeout: {
      message: '儲存服務長時間沒有回應。',
      hint: '請檢查連線後重試，已上傳的部分會保留。',
    },
    'file-unreadable': {
      message: '無法再讀取該檔案。',
      hint: '檔案可能已被移動、修改或刪除，請重新選擇。',
    },
    'file-changed': {
      message: '上傳開始後，檔案發生了變更。',
      hint: '重試會將目前的版本從頭上傳。',
    },
    'file-too-large': {
      message: '檔案過大。',
      hint: '請選擇較小的檔案。',
    },
    'checkpoint-mismatch': {
      message: '這不是先前上傳的那個檔案，或上傳記錄已損毀。',
      hint: '請選擇同一個檔案，或重新開始上傳。',
    },
    'verification-failed': {
      message: '儲存服務收到的內容與傳送的不一致。',
      hint: '請重試，受損的部分會重新傳送。',
    },
    'sdk-unavailable': {
      message: '上傳元件的一部分未能載入。',
      hint: '請檢查連線後重試。',
    },
    unexpected: {
      message: '發生了未預期的問題。',
      hint: '請重試；如果問題持續發生，請聯絡網站管理員。',
    },
  },
};

export default traditionalChinese;
