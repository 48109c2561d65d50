/** 日本語。 */

import type { Locale } from '../types.js';

const japanese: Locale = {
  uploader: 'ファイルのアップロード',
  drop: 'ここにファイルをドロップするか、',
  dropAnother: 'ここに別のファイルをドロップするか、',
  dropNow: 'ここにドロップしてください',
  dropFiles: 'ここにファイルをドロップ、または',
  dropFolder: 'ここにフォルダーをドロップ、または',
  dropMore: 'さらにドロップ、または',
  dropFilesNow: 'ここにドロップしてください',
  dropWrongType: 'この種類のファイルはアップロードできません',
  dropNoRoom: '今はこれ以上追加できません',
  chooseFile: 'ファイルを選択',
  chooseFiles: 'ファイルを選択',
  chooseFolder: 'フォルダーを選択',
  upTo: '{size} まで',

  upload: 'アップロード',
  pause: '一時停止',
  resume: '再開',
  retry: '再試行',
  tryNow: '今すぐ再試行',
  cancel: 'キャンセル',
  remove: '取り除く',
  keep: '残す',
  discard: '破棄',
  uploadAll: 'すべてアップロード',
  pauseAll: 'すべて一時停止',
  resumeAll: 'すべて再開',
  retryAll: 'すべて再試行',
  cancelAll: 'すべてキャンセル',
  clearFinished: '一覧を消去',

  preparing: '準備しています…',
  transferred: '{loaded} / {total}',
  timeLeft: '残り {duration}',
  waitingForNetwork: 'ネットワークへの接続を待っています。自動的に再開します。',
  tryingAgainIn: '{error}{duration}後に再試行します。',
  tryingAgain: '{error}再試行しています。',
  otherTab: '別のタブでアップロードしています',
  pausedAt: '{percent} で一時停止中',
  completing: 'まもなく完了します…',
  queued: '順番を待っています',
  uploaded: 'アップロード完了',
  uploadedVerified: 'アップロード完了（検証済み）',
  uploadedOf: '{count} 件中 {done} 件アップロード済み',
  failedCount: '{count} 件失敗',
  unverifiedNotExposed: '未検証：バケットの CORS ルールで x-oss-hash-crc64ecma が公開されていません。',
  unverifiedSwitchedOff: '未検証：no-verify が設定されています。',
  leftToday: '今日 {percent} までアップロードしました。',
  leftOn: '{day}に {percent} までアップロードしました。',
  resumable: '{left}続けるには、同じファイルをもう一度選択してください。',
  otherFile: '「{name}」は別のファイルのため、続きをアップロードできません。',
  changedFile: '「{name}」はその後変更されているため、最初からアップロードする必要があります。',
  persistenceUnavailable:
    'このブラウザーはアップロードの途中経過を保存できません。完了するまでこのページを開いたままにしてください。',
  confirmDiscard: '{size} をアップロード済みです。破棄しますか？',
  details: '詳細',
  requestId: 'リクエスト ID',

  rejectedType: '「{name}」は、ここではアップロードできない種類のファイルです。',
  rejectedFolder: '「{name}」はフォルダーです。ファイルを選択してください。',
  rejectedUnreadable: '「{name}」を読み取れません。',
  rejectedDuplicate: '「{name}」はすでに一覧にあります。',
  rejectedSize: '「{name}」は {size} を超えています。',
  rejectedCount: '一度にアップロードできるファイルは 1 つです。「{name}」は追加されませんでした。',
  rejectedLimit: '一度に {count} 件までです。「{name}」は追加されませんでした。',
  rejectedKey: '「{name}」はこの名前では保存できません。',
  rejectedByPage: '「{name}」はここではアップロードできません。',
  moreRejected: 'ほかに {count} 件が追加されませんでした。',
  fileMissing: 'ファイルをアップロードしてください。',
  formUploading: 'アップロードが終わるまでお待ちください。',
  formUnfinished:
    'まだアップロードされていないファイルがあります。アップロードするか、一覧から外してください。',
  formFailed: 'アップロードできなかったファイルがあります。再試行するか、一覧から外してください。',

  announceReady: '{name} をアップロードできます。',
  announceAdded: '{count} 件のファイルを追加しました。',
  announceFound: '{name}：{status}',
  announceStart: '{name} をアップロードしています。',
  announceStartMany: '{count} 件のファイルをアップロードしています。',
  announceStep: '{percent} アップロードしました。',
  announceResumed: '{percent} から再開します。',
  announceDone: '{name} のアップロードが完了しました。',
  announceCancelled: '{name} のアップロードをキャンセルしました。',

  errors: {
    'region-missing': {
      message: 'リージョンが設定されていません。',
      hint: 'region 属性を設定してください。例：region="oss-cn-hangzhou"',
    },
    'bucket-missing': {
      message: 'バケットが設定されていません。',
      hint: 'bucket 属性にバケットの名前を設定してください。',
    },
    'credentials-missing': {
      message: '認証情報の取得先が設定されていません。',
      hint: 'STS の認証情報を返すアドレスを credentials-url に設定するか、getCredentials プロパティを設定してください。',
    },
    'option-invalid': {
      message: '{option} の値は使用できません：{value}',
      hint: '{option} を修正してください。',
    },
    'key-invalid': {
      message: 'このオブジェクト名は使用できません：{key}',
      hint: 'オブジェクト名は 1～1,023 バイトで、先頭にスラッシュを置くことや、パスの要素を「.」または「..」にすることはできません。',
    },
    'credentials-refused': {
      message: 'サインインしていないか、ここにアップロードする権限がありません。',
      hint: 'サインインして、もう一度お試しください。',
    },
    'credentials-failed': {
      message: 'サイトからアップロード用の認証情報を取得できませんでした。',
      hint: 'しばらくしてからもう一度お試しください。解決しない場合は、サイトの管理者にお知らせください。',
    },
    'credentials-not-json': {
      message: 'サイトから認証情報以外の応答がありました。サインインページの可能性があります。',
      hint: 'サインインして、もう一度お試しください。開発者の方へ：credentials-url は JSON を返す必要があります。',
    },
    'credentials-incomplete': {
      message: '認証情報に {field} がありません。',
      hint: '開発者の方へ：AccessKeyId、AccessKeySecret、SecurityToken、Expiration を返してください。',
    },
    'credentials-expired': {
      message: 'サイトから取得した認証情報は、すでに有効期限が切れています。',
      hint: 'もう一度お試しください。開発者の方へ：credentials-url の応答をキャッシュしないでください。',
    },
    'credentials-timeout': {
      message: 'サイトから認証情報を時間内に取得できませんでした。',
      hint: '接続を確認して、もう一度お試しください。',
    },
    'credentials-unreachable': {
      message: '認証情報を取得するためのサイトに接続できません。',
      hint: '接続を確認して、もう一度お試しください。開発者の方へ：別のオリジンの場合は、CORS でこのページを許可してください。',
    },
    'credentials-redirected': {
      message: '認証情報のリクエストが別のサイトにリダイレクトされました。',
      hint: 'サインインして、もう一度お試しください。開発者の方へ：credentials-url から別のオリジンにリダイレクトしないでください。',
    },
    'credentials-rejected': {
      message: '新しく取得した認証情報も、ストレージに受け付けられませんでした。',
      hint: '開発者の方へ：ロールとその AccessKey、credentials-url のサーバーの時刻を確認してください。',
    },
    'signature-refused': {
      message: 'アップロードの署名がストレージに受け付けられませんでした。',
      hint: '開発者の方へ：region がバケットのリージョンと一致しているか、AccessKeySecret が正しいかを確認してください。',
    },
    'access-denied': {
      message: 'このアップロードはストレージで許可されていません。',
      hint: '開発者の方へ：バケット「{bucket}」の「{key}」に対する oss:PutObject を、RAM ポリシーで許可してください。',
    },
    'bucket-not-found': {
      message: 'バケット「{bucket}」は存在しません。',
      hint: 'bucket、region、endpoint の各属性を確認してください。',
    },
    'endpoint-refused': {
      message: 'このアドレスからはバケット「{bucket}」にアクセスできません。',
      hint: 'region をバケットのリージョンに合わせるか、バケットにマッピングしたカスタムドメイン名を endpoint と cname で設定してください。',
    },
    'object-exists': {
      message: '「{key}」という名前のファイルはすでに保存されています。',
      hint: 'ファイルの名前を変えて、もう一度選択してください。',
    },
    'cors-blocked': {
      message: 'ストレージには接続できますが、このページからのアップロードは許可されていません。',
      hint: '開発者の方へ：バケット「{bucket}」が存在することを確認し、次の CORS ルールを設定してください。オリジン：{origin}、メソッド：PUT、POST、GET、HEAD、DELETE、許可ヘッダー：*、公開ヘッダー：ETag、x-oss-request-id、x-oss-hash-crc64ecma',
    },
    'etag-hidden': {
      message: 'どこまで届いたかを、このページからストレージに確認できません。',
      hint: '開発者の方へ：「{bucket}」の CORS ルールで ETag ヘッダーを公開してください。',
    },
    'clock-skewed': {
      message: 'このデバイスの時刻が正しくありません。',
      hint: '日付と時刻を合わせて、もう一度お試しください。',
    },
    'upload-gone': {
      message: 'このアップロードの記録は、ストレージに残っていません。',
      hint: '再試行すると、最初からアップロードします。',
    },
    'callback-failed': {
      message: 'ファイルは保存されましたが、サイトに通知できませんでした。',
      hint: 'アップロードのコールバックが失敗していることを、サイトの管理者にお知らせください。',
    },
    throttled: {
      message: 'ストレージが混み合っています。',
      hint: 'しばらくしてからもう一度お試しください。',
    },
    'server-error': {
      message: 'ストレージで障害が発生しています。',
      hint: 'しばらくしてからもう一度お試しください。',
    },
    'request-refused': {
      message: 'アップロードがストレージに拒否されました（{ossCode}）。',
      hint: 'サイトの管理者にお知らせください。',
    },
    network: {
      message: 'ストレージとの接続が切れました。',
      hint: '接続を確認して、もう一度お試しください。アップロード済みの分は残っています。',
    },
    timeout: {
      message: 'ストレージから長い間応答がありません。',
      hint: '接続を確認して、もう一度お試しください。アップロード済みの分は残っています。',
    },
    'file-unreadable': {
      message: 'ファイルを読み取れなくなりました。',
      hint: '移動、変更、または削除された可能性があります。もう一度選択してください。',
    },
    'file-changed': {
      message: 'アップロードの開始後にファイルが変更されました。',
      hint: '再試行すると、現在の内容を最初からアップロードします。',
    },
    'file-too-large': {
      message: 'ファイルが大きすぎます。',
      hint: 'もっと小さいファイルを選択してください。',
    },
    'checkpoint-mismatch': {
      message: 'アップロードを始めたときのファイルではないか、アップロードの記録が破損しています。',
      hint: '同じファイルを選択するか、最初からやり直してください。',
    },
    'verification-failed': {
      message: 'ストレージが受け取った内容が、送信した内容と一致しません。',
      hint: '再試行すると、破損した部分を送信し直します。',
    },
    'sdk-unavailable': {
      message: 'アップロード機能の一部を読み込めませんでした。',
      hint: '接続を確認して、もう一度お試しください。',
    },
    unexpected: {
      message: '予期しない問題が発生しました。',
      hint: 'もう一度お試しください。解決しない場合は、サイトの管理者にお知らせください。',
    },
  },
};

export default japanese;
