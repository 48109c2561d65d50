/** Japanese (日本語). */

import type { Locale } from '../types.js';

const notSetUp =
  'このサイトのアップロード機能は正しく設定されていません。サイトの管理者にお問い合わせください。';
const sessionExpired =
  'サインインの有効期限が切れた可能性があります。サインインして、もう一度お試しください。';

const japanese: Locale = {
  uploader: 'ファイルのアップロード',

  dragFile: 'ここにファイルをドラッグするか、',
  dragAnotherFile: 'ここに別のファイルをドラッグするか、',
  dragFiles: 'ここにファイルをドラッグするか、',
  dragFolder: 'ここにフォルダーをドラッグするか、',
  addMoreFiles: 'ファイルをさらに追加',
  dropFileHere: 'ここにファイルをドロップしてください',
  dropFilesHere: 'ここにファイルをドロップしてください',
  dropTypeRefused: 'この種類のファイルは追加できません',
  dropLimitReached: '現在、これ以上ファイルを追加できません',
  dropFinishFirst: '先に現在のアップロードを完了するか、キャンセルしてください',
  dropReplaces: 'ドロップして {name} を置き換え',
  chooseFile: 'ファイルを選択',
  chooseNamed: '{name} を選択',
  chooseFiles: 'ファイルを選択',
  chooseFolder: 'フォルダーを選択',
  chooseOrTakePhoto: 'ファイルを選択または写真を撮影',
  maximumSize: '最大サイズ：{size}',
  typesAndSize: '{types}、最大{size}',
  loadFailed:
    'アップロード機能の一部を読み込めませんでした。接続を確認するか、ページを再読み込みしてください。',

  upload: 'アップロード',
  pause: '一時停止',
  resume: '再開',
  retry: '再試行',
  retryNow: '今すぐ再試行',
  cancel: 'キャンセル',
  remove: '削除',
  removeFromList: 'リストから削除',
  undo: '元に戻す',
  replace: '置き換え',
  copyKey: 'オブジェクト名をコピー',
  openFile: '新しいタブで開く',
  discard: '破棄',
  keepUploading: 'アップロードを続ける',
  discardUpload: 'アップロードを破棄',
  discardUploads: 'アップロードを破棄',
  uploadAll: 'すべてアップロード',
  pauseAll: 'すべて一時停止',
  resumeAll: 'すべて再開',
  retryAll: 'すべて再試行',
  cancelAll: 'すべてキャンセル',
  clearCompleted: '完了した項目を消去',
  dismiss: '閉じる',

  preparing: '準備しています…',
  transferred: '{loaded} / {total}',
  timeLeft: '残り {duration}',
  waitingForNetwork: 'オフラインです。接続が回復すると、アップロードは自動的に再開されます。',
  retryingIn: '{error}{duration}後に再試行します。',
  retrying: '{error}再試行しています。',
  uploadingInOtherTab: '別のタブでアップロードしています',
  pausedAt: '{percent} で一時停止中',
  completing: 'まもなく完了します…',
  queued: '待機中',
  uploaded: 'アップロード済み',
  uploadedVerified: 'アップロード済み（検証済み）',
  copied: 'コピーしました',
  uploadCancelled: 'アップロードをキャンセルしました',
  uploadsCancelled: '{count} 件のアップロードをキャンセルしました',
  fileRemoved: 'リストから削除しました',
  filesReady: '{count} 個のファイル、{size}',
  uploadedCount: '{count} 個中 {done} 個アップロード済み',
  failedCount: '{count} 個失敗',
  finishedCount: '{count} 個アップロード済み',
  notVerifiedHeaderHidden: '未検証：バケットの CORS ルールで x-oss-hash-crc64ecma が公開されていません。',
  notVerifiedSwitchedOff: '未検証：no-verify 属性が設定されています。',
  stoppedToday: 'アップロードは {percent} で停止しました。',
  stoppedOn: 'アップロードは{day}に {percent} で停止しました。',
  selectFile: '{stopped}続けるには「{name}」を選択してください。',
  fileNotOriginal: '「{name}」は最初に選択したファイルではありません。「{original}」を選択してください。',
  fileChanged: '「{name}」が変更されているため、最初からアップロードし直す必要があります。',
  uploadInstead: '代わりに {name} をアップロード',
  persistenceUnavailable:
    'このページを開いたままにしてください。このブラウザーでは進行状況を保存できません。',
  confirmDiscard: 'このアップロードを破棄しますか？ {size} がアップロード済みです。',
  confirmDiscardAll: '未完了のアップロードをすべて破棄しますか？ {size} がアップロード済みです。',
  details: '詳細',
  requestId: 'リクエスト ID',

  rejectedType: '「{name}」は対応していない種類のファイルです。',
  rejectedTypeWithList: '「{name}」は対応していない種類のファイルです。対応形式：{types}。',
  typeImages: '画像',
  typeVideos: '動画',
  typeAudio: '音声',
  rejectedFolder: '「{name}」はフォルダーです。ファイルを選択してください。',
  rejectedUnreadable: '「{name}」を読み取れません。移動または削除されていないか確認してください。',
  rejectedEmptyDrop:
    'ドロップした項目にファイルが含まれていません。アプリやページからドラッグした場合は、先にデバイスに保存してください。',
  rejectedDuplicate: '「{name}」はすでにリストにあります。',
  rejectedSize: '「{name}」は大きすぎます。最大サイズ：{size}。',
  rejectedOnlyOne: '追加できるファイルは 1 つだけです。「{name}」は追加されませんでした。',
  rejectedTooMany: '追加できるファイルは {count} 個までです。「{name}」は追加されませんでした。',
  rejectedName: '「{name}」の名前を変更して、もう一度お試しください。',
  rejectedUnchecked: '「{name}」を確認できませんでした。もう一度追加してください。',
  rejectedBySite: 'このサイトでは「{name}」を受け付けていません。',
  notAdded: '{count} 個のファイルは追加されませんでした。',
  rejectedTypeSeveral: '{rejected} 個のファイルは対応していない種類です。',
  rejectedTypeWithListSeveral: '{rejected} 個のファイルは対応していない種類です。対応形式：{types}。',
  rejectedFolderSeveral: '{rejected} 個のフォルダーは追加されませんでした。ファイルを選択してください。',
  rejectedUnreadableSeveral:
    '{rejected} 個のファイルを読み取れません。移動または削除されていないか確認してください。',
  rejectedDuplicateSeveral: '{rejected} 個のファイルはすでにリストにあります。',
  rejectedKeySeveral:
    '{rejected} 個のファイルを追加すると、リスト内の別のファイルが置き換えられます。名前を変更するか、別のファイルを削除してください。',
  rejectedSizeSeveral: '{rejected} 個のファイルは大きすぎます。最大サイズ：{size}。',
  rejectedOnlyOneSeveral:
    '追加できるファイルは 1 つだけです。{rejected} 個のファイルは追加されませんでした。',
  rejectedTooManySeveral:
    '追加できるファイルは {count} 個までです。{rejected} 個のファイルは追加されませんでした。',
  rejectedNameSeveral: '{rejected} 個のファイルの名前を変更して、もう一度お試しください。',
  rejectedUncheckedSeveral: '{rejected} 個のファイルを確認できませんでした。もう一度追加してください。',
  rejectedBySiteSeveral: 'このサイトでは {rejected} 個のファイルを受け付けていません。',
  moreNotAdded: 'ほかに {count} 個のファイルが追加されませんでした。',

  formFileMissing: 'ファイルをアップロードしてください。',
  formUploading: 'アップロードはまだ完了していません。完了するまでお待ちください。',
  formUnfinished: 'まだアップロードされていないファイルがあります。アップロードするか、削除してください。',
  formFailed: 'アップロードできなかったファイルがあります。再試行するか、削除してください。',

  announceReady: '{name} をアップロードできます。',
  announceAdded: '{count} 個のファイルを追加しました。',
  announceFailedOnly: '失敗したファイルのみを表示しています。',
  announceAllShown: 'すべてのファイルを表示しています。',
  announceFileStatus: '{name}：{status}',
  announceStart: '{name} をアップロードしています。',
  announceStartMany: '{count} 個のファイルをアップロードしています。',
  announceProgress: '{percent} アップロードしました。',
  announceResumed: '{percent} から再開しました。',
  announceUploaded: '{name} をアップロードしました。',
  announceCancelled: '{name} のアップロードをキャンセルしました。',
  announceRemoved: '{name} をリストから削除しました。',
  announceRemovedMany: '{count} 個のファイルをリストから削除しました。',
  announceRestored: '{name} をリストに戻しました。',
  announceUndo: '数秒以内であれば元に戻せます。',

  errors: {
    'region-missing': {
      message: notSetUp,
      hint: 'region 属性を設定してください。例：region="oss-cn-hangzhou"',
    },
    'bucket-missing': {
      message: notSetUp,
      hint: 'bucket 属性にバケットの名前を設定してください。',
    },
    'credentials-missing': {
      message: notSetUp,
      hint: 'STS の認証情報を返す URL を credentials-url 属性に設定するか、getCredentials プロパティを設定してください。',
    },
    'option-invalid': {
      message: notSetUp,
      hint: '{option} の値が無効です：{value}。{fix}',
    },
    'key-invalid': {
      message: 'このファイル名は使用できません。ファイル名を変更して、もう一度選択してください。',
      hint: 'オブジェクト名「{key}」は無効です。オブジェクト名は 1～1,023 バイトで、先頭にスラッシュを置くことや、「.」または「..」のセグメントを含めることはできません。',
    },
    'duplicate-key': {
      message:
        '「{name}」を追加すると、リスト内の別のファイルが置き換えられます。名前を変更するか、別のファイルを削除してください。',
      hint: 'リスト内の 2 つのファイルのオブジェクト名が同じ「{key}」です。on-collision="rename" を設定するか、object-key に一意の名前になるテンプレートを設定してください。',
    },
    'credentials-refused': {
      message:
        'サインインしていないか、アップロードする権限がありません。サインインして、もう一度お試しください。',
      hint: 'credentials-url が HTTP 401 または 403 を返しました。',
    },
    'credentials-failed': {
      message:
        'サイトでアップロードを許可できませんでした。解決しない場合は、サイトの管理者にお問い合わせください。',
      hint: 'credentials-url がエラーを返したか、getCredentials が失敗しました。サーバーのログを確認してください。',
    },
    'credentials-not-json': {
      message: sessionExpired,
      hint: 'credentials-url が JSON 以外の応答を返しました。サインインページの可能性があります。',
    },
    'credentials-incomplete': {
      message: notSetUp,
      hint: '認証情報に {field} がありません。AccessKeyId、AccessKeySecret、SecurityToken、Expiration を返してください。',
    },
    'credentials-expired': {
      message: 'アップロードの許可の有効期限が切れています。もう一度お試しください。',
      hint: '受け取った時点で認証情報の有効期限が切れていました。credentials-url の応答をキャッシュしないでください。',
    },
    'credentials-timeout': {
      message: 'サイトからの応答に時間がかかっています。接続を確認してください。',
      hint: '認証情報を時間内に取得できませんでした。credentials-url の応答時間を確認してください。',
    },
    'credentials-unreachable': {
      message: 'サイトに接続できません。接続を確認してください。',
      hint: 'credentials-url へのリクエストが失敗しました。別のオリジンの場合は、CORS ヘッダーでこのオリジンを許可してください。',
    },
    'credentials-redirected': {
      message: sessionExpired,
      hint: 'credentials-url が別のオリジンにリダイレクトしました。サインインページの可能性があります。認証情報を直接返してください。ページと異なるオリジンでは、リダイレクトは一切できません。',
    },
    'credentials-rejected': {
      message: notSetUp,
      hint: '新しく取得した認証情報も OSS に拒否されました。RAM ロールとその AccessKey、credentials-url のサーバーの時刻を確認してください。',
    },
    'signature-refused': {
      message: notSetUp,
      hint: '署名が OSS に拒否されました。region がバケットのリージョンと一致しているか、AccessKeySecret が正しいかを確認してください。',
    },
    'access-denied': {
      message: 'このファイルをアップロードする権限がありません。サイトの管理者にお問い合わせください。',
      hint: 'バケット「{bucket}」の「{key}」に対する oss:PutObject を、RAM ポリシーで許可してください。',
    },
    'bucket-not-found': {
      message: notSetUp,
      hint: 'バケット「{bucket}」は存在しません。bucket、region、endpoint の各属性を確認してください。',
    },
    'endpoint-refused': {
      message: notSetUp,
      hint: 'このエンドポイントからはバケット「{bucket}」にアクセスできません。region をバケットのリージョンに合わせるか、バケットにマッピングしたカスタムドメイン名を endpoint に設定して cname 属性を追加してください。',
    },
    'object-exists': {
      message:
        '「{key}」という名前のファイルはすでにあります。ファイル名を変更して、もう一度選択してください。',
      hint: '同じ名前のオブジェクトがあります。上書きするには overwrite 属性を設定し、避けるには object-key に一意の名前になるテンプレートを設定してください。',
    },
    'cors-blocked': {
      message:
        'このサイトからこのストレージへのアップロードは許可されていません。サイトの管理者にお問い合わせください。',
      hint: 'バケット「{bucket}」が存在することを確認し、次の CORS ルールを設定してください。オリジン：{origin}、メソッド：PUT、POST、GET、HEAD、DELETE、許可ヘッダー：*、公開ヘッダー：ETag、x-oss-request-id、x-oss-hash-crc64ecma',
    },
    'etag-hidden': {
      message: notSetUp,
      hint: 'ページから応答の ETag を読み取れません。バケット「{bucket}」の CORS ルールで ETag ヘッダーを公開してください。',
    },
    'clock-skewed': {
      message: 'このデバイスの日付または時刻が正しくありません。デバイスの設定で修正してください。',
      hint: '署名の時刻が OSS の時刻と 15 分を超えてずれていると、OSS はリクエストを拒否します (RequestTimeTooSkewed)。',
    },
    'upload-gone': {
      message: 'このアップロードは期限が切れました。再試行すると、最初からやり直します。',
      hint: 'アップロード ID がすでに存在しません (NoSuchUpload)。完了または中止されたか、ライフサイクルルールでパートが削除されました。',
    },
    'callback-failed': {
      message:
        'ファイルはアップロードされましたが、サイトに通知できませんでした。再試行するか、サイトの管理者にお問い合わせください。',
      hint: 'オブジェクト「{key}」はバケット「{bucket}」に保存されていますが、コールバックへの応答がありません。コールバックの URL とその応答を確認してください。再試行すると OSS がコールバックを再送します。それには oss:GetObject の許可と、公開ヘッダー x-oss-hash-crc64ecma が必要です。',
    },
    throttled: {
      message: 'ストレージが混み合っています。アップロード済みの部分は保持されます。',
      hint: 'OSS がリクエスト数または帯域幅を制限しています。parallel と concurrent-files を減らすか、バケットの上限を引き上げてください。',
    },
    'server-error': {
      message: 'ストレージがエラーを返しました。アップロード済みの部分は保持されます。',
      hint: 'OSS が 5xx ステータスまたは無効な応答を返しました。解決しない場合は、リクエスト ID を添えて Alibaba Cloud のサポートに連絡してください。',
    },
    'request-refused': {
      message: 'アップロードがストレージに拒否されました。サイトの管理者にお問い合わせください。',
      hint: 'OSS が {ossCode} を返しました。このエラーコードを OSS のドキュメントで確認してください。',
    },
    network: {
      message: '接続が切れました。アップロード済みの部分は保持されます。',
      hint: 'OSS へのリクエストが応答なしで失敗しました。ネットワーク、プロキシ、ファイアウォールを確認してください。',
    },
    timeout: {
      message: 'ストレージが応答していません。アップロード済みの部分は保持されます。',
      hint: 'OSS へのリクエストがタイムアウトしました。ネットワーク、プロキシ、ファイアウォールを確認してください。',
    },
    redirected: {
      message:
        'ネットワークがアップロードをリダイレクトしました。ログインページがある場合は、ログインしてから再試行してください。',
      hint: '{endpoint} へのリクエストがリダイレクトされたため、このアップロードのすべてのリクエストを中止しました。OSS はリダイレクトしません。endpoint に最終的な URL を指定してください。',
    },
    'lossy-connection': {
      message: '送信したデータの大部分が届いていません。別のネットワークを使うか、VPN をオフにしてください。',
      hint: '{sent} バイトを送信しましたが、OSS が受信を確認したのは {stored} バイトだけです。プロキシ、VPN、ウイルス対策ソフトが残りを破棄している可能性があります。',
    },
    'file-unreadable': {
      message:
        'ファイルを読み取れません。移動、変更、または削除された可能性があります。もう一度選択してください。',
      hint: 'ブラウザーがファイルにアクセスできなくなりました（NotReadableError または NotFoundError）。',
    },
    'file-changed': {
      message:
        'アップロードの開始後にファイルが変更されました。再試行すると、新しい内容を最初からアップロードします。',
      hint: 'ファイルのサイズまたは内容がアップロード済みの部分と一致しないか、更新日時が異なり、比較できるチェックサムがありません。',
    },
    'file-too-large': {
      message: 'ファイルが大きすぎます。もっと小さいファイルを選択してください。',
      hint: 'OSS に保存できるオブジェクトは 48.8 TiB までです。max-size を設定すると、大きなファイルを追加時に拒否できます。',
    },
    'checkpoint-mismatch': {
      message:
        '最初に選択したファイルではありません。元のファイルを選択するか、新しくアップロードしてください。',
      hint: 'チェックポイントが破損しているか、別のファイルのものです。',
    },
    'verification-failed': {
      message: 'ファイルが転送中に破損しました。再試行すると送信し直します。',
      hint: 'オブジェクトの CRC-64 がファイルのものと一致しません。',
    },
    'sdk-unavailable': {
      message:
        'アップロード機能の一部を読み込めませんでした。接続を確認するか、ページを再読み込みしてください。',
      hint: 'SDK モジュールをインポートできませんでした。メインモジュールと同じ場所に配置されているか、CSP で許可されているかを確認してください。',
    },
    unexpected: {
      message:
        '問題が発生しました。もう一度お試しください。解決しない場合は、サイトの管理者にお問い合わせください。',
      hint: 'バグの可能性があります。エラーの cause プロパティに元のエラーがあります。',
    },
  },
};

export default japanese;
