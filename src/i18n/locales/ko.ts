/** Korean (한국어). Nouns follow the values, so that no particle depends on how a value ends. */

import type { Locale } from '../types.js';

const notSetUp = '이 사이트의 업로드 기능이 올바르게 설정되지 않았습니다. 사이트 관리자에게 문의하세요.';
const sessionExpired = '로그인이 만료되었을 수 있습니다. 로그인한 후 다시 시도하세요.';

const korean: Locale = {
  uploader: '파일 업로드',

  dragFile: '여기로 파일을 끌어오거나',
  dragAnotherFile: '여기로 다른 파일을 끌어오거나',
  dragFiles: '여기로 파일을 끌어오거나',
  dragFolder: '여기로 폴더를 끌어오거나',
  addMoreFiles: '파일 더 추가',
  dropFileHere: '여기에 파일을 놓으세요',
  dropFilesHere: '여기에 파일을 놓으세요',
  dropTypeRefused: '허용되지 않는 파일 형식입니다',
  dropLimitReached: '지금은 파일을 더 추가할 수 없습니다',
  dropFinishFirst: '먼저 현재 업로드를 완료하거나 취소하세요',
  dropReplaces: '놓으면 {name} 파일을 대체합니다',
  chooseFile: '파일 선택',
  chooseNamed: '{name} 선택',
  chooseFiles: '파일 선택',
  chooseFolder: '폴더 선택',
  chooseOrTakePhoto: '파일 선택 또는 사진 촬영',
  maximumSize: '최대 크기: {size}',
  typesAndSize: '{types}, 최대 {size}',
  loadFailed: '업로드 기능의 일부를 불러오지 못했습니다. 연결을 확인하거나 페이지를 새로고침하세요.',

  upload: '업로드',
  pause: '일시중지',
  resume: '계속',
  retry: '다시 시도',
  retryNow: '지금 다시 시도',
  cancel: '취소',
  remove: '제거',
  removeFromList: '목록에서 제거',
  undo: '실행 취소',
  replace: '바꾸기',
  copyKey: '객체 이름 복사',
  openFile: '새 탭에서 열기',
  discard: '삭제',
  keepUploading: '계속 업로드',
  discardUpload: '업로드 삭제',
  discardUploads: '업로드 삭제',
  uploadAll: '모두 업로드',
  pauseAll: '모두 일시중지',
  resumeAll: '모두 계속',
  retryAll: '모두 다시 시도',
  cancelAll: '모두 취소',
  clearCompleted: '완료된 항목 지우기',
  dismiss: '닫기',

  preparing: '준비 중…',
  transferred: '{loaded} / {total}',
  timeLeft: '{duration} 남음',
  waitingForNetwork: '오프라인 상태입니다. 연결되면 업로드가 자동으로 재개됩니다.',
  retryingIn: '{error} {duration} 후에 다시 시도합니다.',
  retrying: '{error} 다시 시도하는 중입니다.',
  uploadingInOtherTab: '다른 탭에서 업로드 중',
  pausedAt: '{percent}에서 일시중지됨',
  completing: '마무리하는 중…',
  queued: '대기 중',
  uploaded: '업로드 완료',
  uploadedVerified: '업로드 및 검증 완료',
  copied: '복사됨',
  uploadCancelled: '업로드 취소됨',
  uploadsCancelled: '업로드 {count}개 취소됨',
  fileRemoved: '목록에서 제거됨',
  filesReady: '파일 {count}개, {size}',
  uploadedCount: '{count}개 중 {done}개 업로드됨',
  failedCount: '{count}개 실패',
  finishedCount: '{count}개 업로드됨',
  notVerifiedHeaderHidden: '검증되지 않음: 버킷의 CORS 규칙이 x-oss-hash-crc64ecma 헤더를 노출하지 않습니다.',
  notVerifiedSwitchedOff: '검증되지 않음: no-verify 속성이 설정되어 있습니다.',
  stoppedToday: '업로드가 {percent}에서 중단되었습니다.',
  stoppedOn: '업로드가 {day}에 {percent}에서 중단되었습니다.',
  selectFile: '{stopped} 계속하려면 ‘{name}’ 파일을 선택하세요.',
  fileNotOriginal: '‘{name}’ 파일은 처음에 선택한 파일이 아닙니다. ‘{original}’ 파일을 선택하세요.',
  fileChanged: '‘{name}’ 파일이 변경되어 처음부터 다시 업로드해야 합니다.',
  uploadInstead: '대신 {name} 업로드',
  persistenceUnavailable: '이 페이지를 닫지 마세요. 이 브라우저는 진행 상황을 저장할 수 없습니다.',
  confirmDiscard: '이 업로드를 삭제할까요? 업로드된 크기: {size}.',
  confirmDiscardAll: '완료되지 않은 업로드를 모두 삭제할까요? 업로드된 크기: {size}.',
  details: '자세히',
  requestId: '요청 ID',

  rejectedType: '‘{name}’ 파일은 허용되지 않는 형식입니다.',
  rejectedTypeWithList: '‘{name}’ 파일은 허용되지 않는 형식입니다. 허용되는 형식: {types}.',
  typeImages: '이미지',
  typeVideos: '동영상',
  typeAudio: '오디오',
  rejectedFolder: '‘{name}’ 항목은 폴더입니다. 파일을 선택하세요.',
  rejectedUnreadable: '‘{name}’ 파일을 읽을 수 없습니다. 이동되었거나 삭제되지 않았는지 확인하세요.',
  rejectedEmptyDrop:
    '끌어다 놓은 항목에 파일이 없습니다. 앱이나 페이지에서 가져온 경우 먼저 기기에 저장하세요.',
  rejectedDuplicate: '‘{name}’ 파일은 이미 목록에 있습니다.',
  rejectedSize: '‘{name}’ 파일이 너무 큽니다. 최대 크기: {size}.',
  rejectedOnlyOne: '파일은 하나만 추가할 수 있습니다. ‘{name}’ 파일은 추가되지 않았습니다.',
  rejectedTooMany: '파일은 {count}개까지 추가할 수 있습니다. ‘{name}’ 파일은 추가되지 않았습니다.',
  rejectedName: '‘{name}’ 파일의 이름을 바꾼 후 다시 시도하세요.',
  rejectedUnchecked: '‘{name}’ 파일을 확인할 수 없습니다. 다시 추가해 보세요.',
  rejectedBySite: '이 사이트에서는 ‘{name}’ 파일을 받지 않습니다.',
  notAdded: '파일 {count}개가 추가되지 않았습니다.',
  rejectedTypeSeveral: '파일 {rejected}개는 허용되지 않는 형식입니다.',
  rejectedTypeWithListSeveral: '파일 {rejected}개는 허용되지 않는 형식입니다. 허용되는 형식: {types}.',
  rejectedFolderSeveral: '폴더 {rejected}개는 추가되지 않았습니다. 파일을 선택하세요.',
  rejectedUnreadableSeveral:
    '파일 {rejected}개를 읽을 수 없습니다. 이동되었거나 삭제되지 않았는지 확인하세요.',
  rejectedDuplicateSeveral: '파일 {rejected}개는 이미 목록에 있습니다.',
  rejectedKeySeveral:
    '파일 {rejected}개를 추가하면 목록의 다른 파일을 덮어씁니다. 이름을 바꾸거나 다른 파일을 제거하세요.',
  rejectedSizeSeveral: '파일 {rejected}개가 너무 큽니다. 최대 크기: {size}.',
  rejectedOnlyOneSeveral: '파일은 하나만 추가할 수 있습니다. 파일 {rejected}개는 추가되지 않았습니다.',
  rejectedTooManySeveral: '파일은 {count}개까지 추가할 수 있습니다. 파일 {rejected}개는 추가되지 않았습니다.',
  rejectedNameSeveral: '파일 {rejected}개의 이름을 바꾼 후 다시 시도하세요.',
  rejectedUncheckedSeveral: '파일 {rejected}개를 확인할 수 없습니다. 다시 추가해 보세요.',
  rejectedBySiteSeveral: '이 사이트에서는 파일 {rejected}개를 받지 않습니다.',
  moreNotAdded: '그 밖에 파일 {count}개가 추가되지 않았습니다.',

  formFileMissing: '파일을 업로드하세요.',
  formUploading: '업로드가 아직 완료되지 않았습니다. 완료될 때까지 기다려 주세요.',
  formUnfinished: '아직 업로드되지 않은 파일이 있습니다. 업로드하거나 제거하세요.',
  formFailed: '업로드하지 못한 파일이 있습니다. 다시 시도하거나 제거하세요.',

  announceReady: '{name} 파일을 업로드할 수 있습니다.',
  announceAdded: '파일 {count}개를 추가했습니다.',
  announceFailedOnly: '실패한 파일만 표시합니다.',
  announceAllShown: '모든 파일을 표시합니다.',
  announceFileStatus: '{name}: {status}',
  announceStart: '{name} 파일을 업로드하는 중입니다.',
  announceStartMany: '파일 {count}개를 업로드하는 중입니다.',
  announceProgress: '{percent} 업로드됨.',
  announceResumed: '{percent}에서 재개되었습니다.',
  announceUploaded: '{name} 파일이 업로드되었습니다.',
  announceCancelled: '{name} 파일 업로드가 취소되었습니다.',
  announceRemoved: '{name} 파일을 목록에서 제거했습니다.',
  announceRemovedMany: '파일 {count}개를 목록에서 제거했습니다.',
  announceRestored: '{name} 파일이 목록에 다시 추가되었습니다.',
  announceUndo: '몇 초 동안 실행을 취소할 수 있습니다.',

  errors: {
    'region-missing': {
      message: notSetUp,
      hint: 'region 속성을 설정하세요. 예: region="oss-cn-hangzhou"',
    },
    'bucket-missing': {
      message: notSetUp,
      hint: 'bucket 속성에 버킷 이름을 설정하세요.',
    },
    'credentials-missing': {
      message: notSetUp,
      hint: 'credentials-url 속성에 STS 자격 증명을 반환하는 URL을 설정하거나 getCredentials 속성을 설정하세요.',
    },
    'option-invalid': {
      message: notSetUp,
      hint: '{option} 값이 잘못되었습니다: {value}. {fix}',
    },
    'key-invalid': {
      message: '사용할 수 없는 파일 이름입니다. 이름을 바꾼 후 다시 선택하세요.',
      hint: '잘못된 객체 이름입니다: ‘{key}’. 이름은 1~1,023바이트여야 하고, 슬래시로 시작하거나 ‘.’ 또는 ‘..’ 구간을 포함할 수 없습니다.',
    },
    'duplicate-key': {
      message:
        '‘{name}’ 파일을 추가하면 목록의 다른 파일을 덮어씁니다. 이름을 바꾸거나 다른 파일을 제거하세요.',
      hint: '목록의 두 파일이 같은 객체 이름 ‘{key}’을(를) 사용합니다. on-collision="rename"을 설정하거나 object-key에 고유한 이름을 만드는 템플릿을 사용하세요.',
    },
    'credentials-refused': {
      message: '로그인하지 않았거나 업로드 권한이 없습니다. 로그인한 후 다시 시도하세요.',
      hint: 'credentials-url이 HTTP 401 또는 403을 반환했습니다.',
    },
    'credentials-failed': {
      message: '이 사이트에서 업로드를 승인하지 못했습니다. 문제가 계속되면 사이트 관리자에게 문의하세요.',
      hint: 'credentials-url이 오류 상태를 반환했거나 getCredentials가 실패했습니다. 서버 로그를 확인하세요.',
    },
    'credentials-not-json': {
      message: sessionExpired,
      hint: 'credentials-url이 JSON이 아닌 응답을 반환했습니다. 로그인 페이지일 수 있습니다.',
    },
    'credentials-incomplete': {
      message: notSetUp,
      hint: '자격 증명에 {field} 항목이 없습니다. AccessKeyId, AccessKeySecret, SecurityToken, Expiration을 반환하세요.',
    },
    'credentials-expired': {
      message: '업로드 승인이 만료되었습니다. 다시 시도하세요.',
      hint: '자격 증명을 받았을 때 이미 만료된 상태였습니다. credentials-url의 응답을 캐시하지 마세요.',
    },
    'credentials-timeout': {
      message: '이 사이트의 응답이 너무 오래 걸립니다. 연결을 확인하세요.',
      hint: '제시간에 자격 증명을 받지 못했습니다. credentials-url의 응답 시간을 확인하세요.',
    },
    'credentials-unreachable': {
      message: '이 사이트에 연결할 수 없습니다. 연결을 확인하세요.',
      hint: 'credentials-url 요청이 실패했습니다. 다른 출처의 URL이라면 CORS 헤더로 이 출처를 허용해야 합니다.',
    },
    'credentials-redirected': {
      message: sessionExpired,
      hint: 'credentials-url이 다른 출처로 리디렉션합니다. 로그인 페이지일 수 있습니다. 자격 증명을 직접 반환해야 합니다. 페이지와 다른 출처에서는 리디렉션할 수 없습니다.',
    },
    'credentials-rejected': {
      message: notSetUp,
      hint: 'OSS가 새로 받은 자격 증명도 거부합니다. RAM 역할과 액세스 키, credentials-url 서버의 시계를 확인하세요.',
    },
    'signature-refused': {
      message: notSetUp,
      hint: 'OSS가 서명을 거부합니다. region이 버킷의 리전과 같은지, AccessKeySecret이 올바른지 확인하세요.',
    },
    'access-denied': {
      message: '이 파일을 업로드할 권한이 없습니다. 사이트 관리자에게 문의하세요.',
      hint: 'RAM 정책에서 ‘{bucket}’ 버킷의 ‘{key}’에 대한 oss:PutObject를 허용해야 합니다.',
    },
    'bucket-not-found': {
      message: notSetUp,
      hint: '‘{bucket}’ 버킷이 없습니다. bucket, region, endpoint 속성을 확인하세요.',
    },
    'endpoint-refused': {
      message: notSetUp,
      hint: '이 엔드포인트로는 ‘{bucket}’ 버킷에 접근할 수 없습니다. region을 버킷의 리전으로 설정하거나, 버킷에 연결된 도메인을 endpoint로 설정하고 cname 특성을 추가하세요.',
    },
    'object-exists': {
      message: '이름이 ‘{key}’인 파일이 이미 있습니다. 파일 이름을 바꾼 후 다시 선택하세요.',
      hint: '같은 이름의 객체가 있습니다. 덮어쓰려면 overwrite 속성을 설정하고, 피하려면 object-key에 고유한 이름을 만드는 템플릿을 사용하세요.',
    },
    'cors-blocked': {
      message: '이 사이트는 이 저장소에 업로드할 수 없습니다. 사이트 관리자에게 문의하세요.',
      hint: '‘{bucket}’ 버킷이 있는지 확인하고 CORS 규칙을 추가하세요. 출처: {origin}, 메서드: PUT, POST, GET, HEAD, DELETE, 허용 헤더: *, 노출 헤더: ETag, x-oss-request-id, x-oss-hash-crc64ecma.',
    },
    'etag-hidden': {
      message: notSetUp,
      hint: '페이지에서 응답의 ETag를 읽을 수 없습니다. ‘{bucket}’ 버킷의 CORS 규칙이 ETag 헤더를 노출해야 합니다.',
    },
    'clock-skewed': {
      message: '이 기기의 날짜 또는 시간이 맞지 않습니다. 기기 설정에서 바로잡으세요.',
      hint: '서명 시간이 OSS의 시간과 15분 넘게 차이 나면 OSS가 요청을 거부합니다(RequestTimeTooSkewed).',
    },
    'upload-gone': {
      message: '이 업로드는 만료되었습니다. 다시 시도하면 처음부터 업로드합니다.',
      hint: '업로드 ID가 더 이상 존재하지 않습니다(NoSuchUpload). 업로드가 완료되었거나 중단되었거나, 수명 주기 규칙으로 파트가 삭제되었습니다.',
    },
    'callback-failed': {
      message:
        '파일은 업로드되었지만 이 사이트에 알리지 못했습니다. 다시 시도하거나 사이트 관리자에게 문의하세요.',
      hint: '‘{key}’ 객체는 ‘{bucket}’ 버킷에 저장되었지만 콜백에 대한 응답이 없습니다. 콜백 URL과 그 응답을 확인하세요. 다시 시도하면 OSS가 콜백을 다시 보냅니다. 이를 위해 oss:GetObject 권한과 노출 헤더 x-oss-hash-crc64ecma가 필요합니다.',
    },
    throttled: {
      message: '저장소가 혼잡합니다. 진행 상황은 저장되어 있습니다.',
      hint: 'OSS가 요청 속도나 대역폭을 제한합니다. parallel과 concurrent-files를 줄이거나 버킷의 한도를 높이세요.',
    },
    'server-error': {
      message: '저장소에서 오류를 반환했습니다. 진행 상황은 저장되어 있습니다.',
      hint: 'OSS가 5xx 상태나 잘못된 응답을 반환했습니다. 문제가 계속되면 요청 ID를 가지고 Alibaba Cloud 지원팀에 문의하세요.',
    },
    'request-refused': {
      message: '저장소가 업로드를 거부했습니다. 사이트 관리자에게 문의하세요.',
      hint: 'OSS가 반환한 코드: {ossCode}. OSS 문서에서 이 오류 코드를 찾아보세요.',
    },
    network: {
      message: '연결이 끊어졌습니다. 진행 상황은 저장되어 있습니다.',
      hint: 'OSS 요청이 응답 없이 실패했습니다. 네트워크, 프록시, 방화벽을 확인하세요.',
    },
    timeout: {
      message: '저장소가 응답하지 않습니다. 진행 상황은 저장되어 있습니다.',
      hint: 'OSS 요청 시간이 초과되었습니다. 네트워크, 프록시, 방화벽을 확인하세요.',
    },
    redirected: {
      message: '네트워크가 업로드를 리디렉션했습니다. 로그인 페이지가 있으면 로그인한 후 다시 시도하세요.',
      hint: '{endpoint}에 대한 요청이 리디렉션되어 이 업로드의 모든 요청을 중단했습니다. OSS는 리디렉션하지 않습니다. endpoint에 최종 URL을 지정하세요.',
    },
    'lossy-connection': {
      message: '보낸 데이터의 대부분이 도착하지 않습니다. 다른 네트워크를 사용하거나 VPN을 끄세요.',
      hint: '{sent}바이트를 보냈지만 OSS는 {stored}바이트만 확인했습니다. 프록시, VPN 또는 백신 프로그램이 나머지를 버리고 있을 수 있습니다.',
    },
    'file-unreadable': {
      message: '파일을 읽을 수 없습니다. 이동, 변경 또는 삭제되었을 수 있습니다. 다시 선택하세요.',
      hint: '브라우저가 파일에 더 이상 접근할 수 없습니다(NotReadableError 또는 NotFoundError).',
    },
    'file-changed': {
      message: '업로드를 시작한 후 파일이 변경되었습니다. 다시 시도하면 새 버전을 처음부터 업로드합니다.',
      hint: '파일의 크기나 내용이 업로드된 것과 다르거나, 수정 날짜가 다르고 비교할 체크섬이 없습니다.',
    },
    'file-too-large': {
      message: '파일이 너무 큽니다. 더 작은 파일을 선택하세요.',
      hint: 'OSS 객체는 48.8TiB까지 저장할 수 있습니다. max-size를 설정하면 큰 파일을 추가할 때 거부할 수 있습니다.',
    },
    'checkpoint-mismatch': {
      message: '처음에 선택한 파일이 아닙니다. 원래 파일을 선택하거나 새로 업로드하세요.',
      hint: '체크포인트가 손상되었거나 다른 파일의 것입니다.',
    },
    'verification-failed': {
      message: '파일이 전송 중에 손상되었습니다. 다시 시도하여 다시 보내세요.',
      hint: '객체의 CRC-64가 파일의 값과 다릅니다.',
    },
    'sdk-unavailable': {
      message: '업로드 기능의 일부를 불러오지 못했습니다. 연결을 확인하거나 페이지를 새로고침하세요.',
      hint: 'SDK 모듈을 가져오지 못했습니다. 기본 모듈과 같은 위치에 배포되었는지, CSP에서 허용하는지 확인하세요.',
    },
    unexpected: {
      message: '문제가 발생했습니다. 다시 시도하세요. 문제가 계속되면 사이트 관리자에게 문의하세요.',
      hint: '버그일 수 있습니다. 오류의 cause 속성에 원래 오류가 있습니다.',
    },
  },
};

export default korean;
