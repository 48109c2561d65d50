/** Traditional Chinese (繁體中文). */

import type { Locale } from '../types.js';

const notSetUp = '此網站的上傳功能未正確設定，請聯絡網站管理員。';
const sessionExpired = '登入可能已失效，請登入後重試。';

const traditionalChinese: Locale = {
  uploader: '檔案上傳',

  dragFile: '將檔案拖曳到此處，或',
  dragAnotherFile: '將其他檔案拖曳到此處，或',
  dragFiles: '將檔案拖曳到此處，或',
  dragFolder: '將資料夾拖曳到此處，或',
  addMoreFiles: '加入更多檔案',
  dropFileHere: '放開即可加入檔案',
  dropFilesHere: '放開即可加入檔案',
  dropTypeRefused: '不支援此檔案類型',
  dropLimitReached: '目前無法加入更多檔案',
  dropFinishFirst: '請先完成或取消目前的上傳',
  dropReplaces: '放開即可取代 {name}',
  chooseFile: '選擇檔案',
  chooseNamed: '選擇 {name}',
  chooseFiles: '選擇檔案',
  chooseFolder: '選擇資料夾',
  chooseOrTakePhoto: '選擇檔案或拍照',
  maximumSize: '大小上限：{size}',
  typesAndSize: '{types}，最大 {size}',

  upload: '上傳',
  pause: '暫停',
  resume: '繼續',
  retry: '重試',
  retryNow: '立即重試',
  cancel: '取消',
  remove: '移除',
  discard: '捨棄',
  keepUploading: '繼續上傳',
  discardUpload: '捨棄上傳',
  discardUploads: '捨棄上傳',
  uploadAll: '全部上傳',
  pauseAll: '全部暫停',
  resumeAll: '全部繼續',
  retryAll: '全部重試',
  cancelAll: '全部取消',
  clearCompleted: '清除已完成',

  preparing: '正在準備…',
  transferred: '{loaded} / {total}',
  timeLeft: '剩餘 {duration}',
  waitingForNetwork: '網路已中斷，恢復後會自動繼續上傳。',
  retryingIn: '{error}{duration}後重試。',
  retrying: '{error}正在重試。',
  uploadingInOtherTab: '正在另一個分頁中上傳',
  pausedAt: '已暫停於 {percent}',
  completing: '即將完成…',
  queued: '排隊中',
  uploaded: '已上傳',
  uploadedVerified: '已上傳並驗證',
  filesReady: '{count} 個檔案，{size}',
  uploadedCount: '已上傳 {done} / {count} 個',
  failedCount: '{count} 個失敗',
  notVerifiedHeaderHidden: '未驗證：儲存空間 (Bucket) 的 CORS 規則未公開 x-oss-hash-crc64ecma。',
  notVerifiedSwitchedOff: '未驗證：已設定 no-verify 屬性。',
  stoppedToday: '上傳停在 {percent}。',
  stoppedOn: '上傳於{day}停在 {percent}。',
  selectFile: '{stopped}選擇「{name}」即可繼續。',
  fileNotOriginal: '「{name}」不是最初上傳的檔案，請選擇「{original}」。',
  fileChanged: '「{name}」已變更，必須重新上傳。',
  uploadInstead: '改為上傳 {name}',
  persistenceUnavailable: '請勿關閉此頁面。此瀏覽器無法儲存上傳進度。',
  confirmDiscard: '要捨棄這次上傳嗎？已上傳 {size}。',
  confirmDiscardAll: '要捨棄所有未完成的上傳嗎？已上傳 {size}。',
  details: '詳細資訊',
  requestId: '要求 ID',

  rejectedType: '不支援「{name}」的檔案類型。',
  rejectedTypeWithList: '不支援「{name}」的檔案類型。支援：{types}。',
  typeImages: '圖片',
  typeVideos: '影片',
  typeAudio: '音訊',
  rejectedFolder: '「{name}」是資料夾，請選擇檔案。',
  rejectedUnreadable: '無法讀取「{name}」，請確認它未被移動或刪除。',
  rejectedEmptyDrop: '拖放的內容中沒有檔案。如果來自應用程式或網頁，請先將其儲存到裝置。',
  rejectedDuplicate: '「{name}」已在清單中。',
  rejectedSize: '「{name}」過大。大小上限：{size}。',
  rejectedOnlyOne: '只能上傳一個檔案，未加入「{name}」。',
  rejectedTooMany: '最多可加入 {count} 個檔案，未加入「{name}」。',
  rejectedName: '請重新命名「{name}」，然後再試一次。',
  rejectedBySite: '此網站不接受「{name}」。',
  moreNotAdded: '另有 {count} 個檔案未加入。',

  formFileMissing: '請上傳檔案。',
  formUploading: '上傳尚未完成，請稍候。',
  formUnfinished: '有檔案尚未上傳，請上傳或移除。',
  formFailed: '有檔案上傳失敗，請重試或移除。',

  announceReady: '{name} 可以上傳了。',
  announceAdded: '已加入 {count} 個檔案。',
  announceFileStatus: '{name}：{status}',
  announceStart: '正在上傳 {name}。',
  announceStartMany: '正在上傳 {count} 個檔案。',
  announceProgress: '已上傳 {percent}。',
  announceResumed: '已從 {percent} 處繼續上傳。',
  announceUploaded: '{name} 已上傳。',
  announceCancelled: '已取消上傳 {name}。',
  announceRemoved: '已移除 {name}。',
  announceRemovedMany: '已移除 {count} 個檔案。',

  errors: {
    'region-missing': {
      message: notSetUp,
      hint: '請設定 region 屬性，例如 region="oss-cn-hangzhou"。',
    },
    'bucket-missing': {
      message: notSetUp,
      hint: '請將 bucket 屬性設為儲存空間 (Bucket) 的名稱。',
    },
    'credentials-missing': {
      message: notSetUp,
      hint: '未設定上傳憑證的網址。請將 credentials-url 屬性設為傳回 STS 憑證的網址，或設定 getCredentials 屬性。',
    },
    'option-invalid': {
      message: notSetUp,
      hint: '{option} 的值無效：{value}。{fix}',
    },
    'key-invalid': {
      message: '無法使用此檔案名稱，請重新命名後再選擇。',
      hint: '物件名稱「{key}」無效。物件名稱須為 1 至 1023 位元組，不能以斜線開頭，也不能含有「.」或「..」路徑區段。',
    },
    'duplicate-key': {
      message: '「{name}」會覆寫清單中的另一個檔案。請重新命名該檔案，或移除另一個檔案。',
      hint: '清單中的兩個檔案使用了相同的物件名稱「{key}」。請設定 on-collision="rename"，或在 object-key 中使用能產生唯一名稱的範本。',
    },
    'credentials-refused': {
      message: '您尚未登入或沒有上傳權限，請登入後重試。',
      hint: 'credentials-url 傳回了 HTTP 401 或 403。',
    },
    'credentials-failed': {
      message: '此網站未能授權上傳。如果問題持續發生，請聯絡網站管理員。',
      hint: 'credentials-url 傳回了錯誤狀態碼，或 getCredentials 執行失敗。請檢查伺服器記錄。',
    },
    'credentials-not-json': {
      message: sessionExpired,
      hint: 'credentials-url 傳回的不是 JSON，可能是登入頁面。',
    },
    'credentials-incomplete': {
      message: notSetUp,
      hint: '上傳憑證缺少 {field}。須傳回 AccessKeyId、AccessKeySecret、SecurityToken 和 Expiration。',
    },
    'credentials-expired': {
      message: '上傳授權已過期，請重試。',
      hint: '收到的上傳憑證已過期。請勿快取 credentials-url 的回應。',
    },
    'credentials-timeout': {
      message: '此網站的回應時間過長，請檢查網路連線。',
      hint: '未能及時收到上傳憑證。請檢查 credentials-url 的回應時間。',
    },
    'credentials-unreachable': {
      message: '無法連線到此網站，請檢查網路連線。',
      hint: '對 credentials-url 的要求失敗。如果該網址屬於其他來源，須透過 CORS 標頭允許此頁面的來源。',
    },
    'credentials-redirected': {
      message: sessionExpired,
      hint: 'credentials-url 重新導向到其他來源，可能是登入頁面。該網址須直接傳回上傳憑證；如果它與頁面來源不同，則完全不能重新導向。',
    },
    'credentials-rejected': {
      message: notSetUp,
      hint: 'OSS 不接受上傳憑證，更換新憑證後仍是如此。請檢查 RAM 角色及其存取金鑰，以及 credentials-url 所在伺服器的時鐘。',
    },
    'signature-refused': {
      message: notSetUp,
      hint: 'OSS 不接受簽章。請檢查 region 是否為儲存空間 (Bucket) 所在地區，AccessKeySecret 是否正確。',
    },
    'access-denied': {
      message: '您沒有上傳此檔案的權限，請聯絡網站管理員。',
      hint: 'RAM 政策須允許對儲存空間 (Bucket)「{bucket}」中的「{key}」執行 oss:PutObject。',
    },
    'bucket-not-found': {
      message: notSetUp,
      hint: '儲存空間 (Bucket)「{bucket}」不存在。請檢查 bucket、region 和 endpoint 屬性。',
    },
    'endpoint-refused': {
      message: notSetUp,
      hint: '無法透過此網域名稱存取儲存空間 (Bucket)「{bucket}」。請將 region 設為其所在地區，或將 endpoint 和 cname 設為已綁定的自訂網域名稱。',
    },
    'object-exists': {
      message: '已有名為「{key}」的檔案，請重新命名後再選擇。',
      hint: '已有同名物件。請設定 overwrite 屬性以覆寫它，或在 object-key 中使用能產生唯一名稱的範本。',
    },
    'cors-blocked': {
      message: '此網站無權上傳到這個儲存服務，請聯絡網站管理員。',
      hint: '請確認儲存空間 (Bucket)「{bucket}」存在，並為它設定 CORS 規則：來源 {origin}；方法 PUT、POST、GET、HEAD、DELETE；允許的標頭 *；公開的標頭 ETag、x-oss-request-id、x-oss-hash-crc64ecma。',
    },
    'etag-hidden': {
      message: notSetUp,
      hint: '頁面無法讀取儲存服務的回應（ETag）。儲存空間 (Bucket)「{bucket}」的 CORS 規則須公開 ETag 標頭。',
    },
    'clock-skewed': {
      message: '此裝置的日期或時間不正確，請在裝置設定中校正。',
      hint: '簽章時間與 OSS 的時間相差超過 15 分鐘時，OSS 會拒絕要求 (RequestTimeTooSkewed)。',
    },
    'upload-gone': {
      message: '這次上傳已失效，將重新開始。',
      hint: 'Upload ID 已不存在 (NoSuchUpload)：上傳已完成、已取消，或分片已被生命週期規則刪除。',
    },
    'callback-failed': {
      message: '檔案已上傳，但未能通知此網站。請重試，或聯絡網站管理員。',
      hint: '物件「{key}」已儲存在儲存空間 (Bucket)「{bucket}」中，但沒有任何回呼得到回應。請檢查回呼網址及其回應。重試會讓 OSS 再次發出回呼，這需要 oss:GetObject 權限以及公開的標頭 x-oss-hash-crc64ecma。',
    },
    throttled: {
      message: '儲存服務忙碌中，已上傳的部分會保留。',
      hint: 'OSS 限制了要求速率或頻寬。請減小 parallel 和 concurrent-files，或提高儲存空間 (Bucket) 的限額。',
    },
    'server-error': {
      message: '儲存服務傳回了錯誤，已上傳的部分會保留。',
      hint: 'OSS 傳回了 5xx 狀態碼或無效的回應。如果問題持續發生，請將要求 ID 提供給阿里雲技術支援。',
    },
    'request-refused': {
      message: '儲存服務拒絕了這次上傳，請聯絡網站管理員。',
      hint: 'OSS 傳回了 {ossCode}。請在 OSS 文件中查詢此錯誤碼。',
    },
    network: {
      message: '網路連線已中斷，已上傳的部分會保留。',
      hint: '對 OSS 的要求失敗，沒有收到回應。請檢查網路、Proxy 和防火牆。',
    },
    timeout: {
      message: '儲存服務沒有回應，已上傳的部分會保留。',
      hint: '對 OSS 的要求逾時。請檢查網路、Proxy 和防火牆。',
    },
    redirected: {
      message: '網路重新導向了上傳。如果該網路有登入頁面，請登入後重試。',
      hint: '對 {endpoint} 的要求被重新導向，因此已中止此上傳的所有要求。OSS 不會重新導向要求；請將 endpoint 設為最終的 URL。',
    },
    'lossy-connection': {
      message: '傳送的大部分資料沒有送達。請改用其他網路，或關閉 VPN。',
      hint: '已傳送 {sent} 位元組，但 OSS 只確認了 {stored} 位元組。其餘資料可能被 Proxy、VPN 或防毒軟體丟棄。',
    },
    'file-unreadable': {
      message: '無法讀取該檔案。它可能已被移動、修改或刪除，請重新選擇。',
      hint: '瀏覽器已無法存取該檔案（NotReadableError 或 NotFoundError）。',
    },
    'file-changed': {
      message: '上傳開始後檔案已變更。重試會重新上傳目前的版本。',
      hint: '檔案的大小或內容與已上傳的部分不一致，或者修改日期不同且沒有可比較的總和檢查碼。',
    },
    'file-too-large': {
      message: '檔案過大，請選擇較小的檔案。',
      hint: 'OSS 的單一物件上限為 48.8 TiB。可設定 max-size，在加入檔案時拒絕過大的檔案。',
    },
    'checkpoint-mismatch': {
      message: '這不是最初上傳的檔案。請選擇原來的檔案，或重新開始上傳。',
      hint: '續傳記錄已損毀或屬於其他檔案。',
    },
    'verification-failed': {
      message: '檔案在傳輸中損毀，請重試以重新傳送。',
      hint: '物件的 CRC-64 與檔案不一致。',
    },
    'sdk-unavailable': {
      message: '上傳元件的一部分未能載入，請檢查網路連線。',
      hint: '無法匯入 SDK 模組。請檢查它是否與主模組部署在同一位置，以及 CSP 是否允許載入。',
    },
    unexpected: {
      message: '發生了問題，請重試。如果問題持續發生，請聯絡網站管理員。',
      hint: '這可能是程式錯誤。錯誤的 cause 屬性包含原始錯誤。',
    },
  },
};

export default traditionalChinese;
