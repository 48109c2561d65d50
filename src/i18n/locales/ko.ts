/** 한국어. */

import type { Locale } from '../types.js';

const korean: Locale = {
  uploader: '파일 업로드',
  drop: '여기에 파일을 끌어다 놓거나',
  dropAnother: '여기에 다른 파일을 끌어다 놓거나',
  dropNow: '여기에 파일을 놓으세요',
  dropFiles: '여기에 파일을 놓거나',
  dropFolder: '여기에 폴더를 놓거나',
  dropMore: '더 놓거나',
  dropFilesNow: '여기에 놓으세요',
  dropWrongType: '이 종류의 파일은 업로드할 수 없습니다',
  dropNoRoom: '지금은 파일을 더 추가할 수 없습니다',
  chooseFile: '파일 선택',
  chooseFiles: '파일 선택',
  chooseFolder: '폴더 선택',
  upTo: '최대 {size}',

  upload: '업로드',
  pause: '일시중지',
  resume: '계속',
  retry: '다시 시도',
  tryNow: '지금 다시 시도',
  cancel: '취소',
  remove: '제거',
  keep: '유지',
  discard: '버리기',
  uploadAll: '모두 업로드',
  pauseAll: '모두 일시정지',
  resumeAll: '모두 재개',
  retryAll: '모두 다시 시도',
  cancelAll: '모두 취소',
  clearFinished: '목록 비우기',

  preparing: '준비 중…',
  transferred: '{loaded} / {total}',
  timeLeft: '{duration} 남음',
  waitingForNetwork: '네트워크 연결을 기다리는 중입니다. 연결되면 자동으로 계속됩니다.',
  tryingAgainIn: '{error} {duration} 후에 다시 시도합니다.',
  tryingAgain: '{error} 다시 시도하는 중입니다.',
  otherTab: '다른 탭에서 업로드 중',
  pausedAt: '{percent}에서 일시중지됨',
  completing: '마무리하는 중…',
  queued: '차례를 기다리는 중',
  uploaded: '업로드 완료',
  uploadedVerified: '업로드 및 검증 완료',
  uploadedOf: '{count}개 중 {done}개 업로드됨',
  failedCount: '{count}개 실패',
  unverifiedNotExposed: '검증되지 않음: 버킷의 CORS 규칙이 x-oss-hash-crc64ecma 헤더를 노출하지 않습니다.',
  unverifiedSwitchedOff: '검증되지 않음: no-verify 속성이 설정되어 있습니다.',
  leftToday: '오늘 {percent}까지 업로드했습니다.',
  leftOn: '{day}에 {percent}까지 업로드했습니다.',
  resumable: '{left} 계속하려면 같은 파일을 다시 선택하세요.',
  otherFile: '‘{name}’ 파일은 다른 파일이므로 이어서 업로드할 수 없습니다.',
  changedFile: '‘{name}’ 파일은 그 후 변경되어 처음부터 업로드해야 합니다.',
  persistenceUnavailable:
    '이 브라우저는 업로드 진행 상황을 저장할 수 없습니다. 완료될 때까지 이 페이지를 열어 두세요.',
  confirmDiscard: '{size}가 업로드되었습니다. 버릴까요?',
  details: '자세히',
  requestId: '요청 ID',

  rejectedType: '‘{name}’ 파일은 여기에 업로드할 수 없는 형식입니다.',
  rejectedFolder: '‘{name}’ 항목은 폴더입니다. 파일을 선택하세요.',
  rejectedUnreadable: '“{name}”을(를) 읽을 수 없습니다.',
  rejectedDuplicate: '“{name}”은(는) 이미 목록에 있습니다.',
  rejectedSize: '‘{name}’ 파일이 {size}보다 큽니다.',
  rejectedCount: '한 번에 파일 하나만 업로드할 수 있습니다. ‘{name}’ 파일은 추가되지 않았습니다.',
  rejectedLimit: '한 번에 {count}개까지입니다. “{name}”은(는) 추가되지 않았습니다.',
  rejectedKey: '‘{name}’ 파일은 이 이름으로 저장할 수 없습니다.',
  rejectedByPage: '‘{name}’ 파일은 여기에 업로드할 수 없습니다.',
  moreRejected: '그 밖에 {count}개가 추가되지 않았습니다.',
  fileMissing: '파일을 업로드하세요.',
  formUploading: '업로드가 아직 끝나지 않았습니다. 잠시 기다려 주세요.',
  formUnfinished: '아직 업로드되지 않은 파일이 있습니다. 업로드하거나 목록에서 제거하세요.',
  formFailed: '업로드하지 못한 파일이 있습니다. 다시 시도하거나 목록에서 제거하세요.',

  announceReady: '{name} 파일을 업로드할 수 있습니다.',
  announceAdded: '파일 {count}개를 추가했습니다.',
  announceFound: '{name}: {status}',
  announceStart: '{name} 파일을 업로드합니다.',
  announceStartMany: '파일 {count}개를 업로드하는 중입니다.',
  announceStep: '{percent} 업로드했습니다.',
  announceResumed: '{percent}부터 계속합니다.',
  announceDone: '{name} 파일 업로드가 완료되었습니다.',
  announceCancelled: '{name} 파일 업로드가 취소되었습니다.',

  errors: {
    'region-missing': {
      message: '리전이 설정되지 않았습니다.',
      hint: 'region 속성을 설정하세요. 예: region="oss-cn-hangzhou"',
    },
    'bucket-missing': {
      message: '버킷이 설정되지 않았습니다.',
      hint: 'bucket 속성에 버킷 이름을 설정하세요.',
    },
    'credentials-missing': {
      message: '자격 증명을 어디에서 받아야 하는지 설정되지 않았습니다.',
      hint: 'credentials-url에 STS 자격 증명을 반환하는 주소를 설정하거나 getCredentials 속성을 설정하세요.',
    },
    'option-invalid': {
      message: '{option}의 값을 사용할 수 없습니다: {value}',
      hint: '{option} 값을 수정하세요.',
    },
    'key-invalid': {
      message: '이 객체 이름을 사용할 수 없습니다: {key}',
      hint: '객체 이름은 1~1,023바이트여야 하며, 슬래시로 시작하거나 경로에 ‘.’ 또는 ‘..’ 구간이 있으면 안 됩니다.',
    },
    'credentials-refused': {
      message: '로그인하지 않았거나 여기에 업로드할 권한이 없습니다.',
      hint: '로그인한 후 다시 시도하세요.',
    },
    'credentials-failed': {
      message: '사이트에서 업로드용 자격 증명을 받지 못했습니다.',
      hint: '잠시 후 다시 시도하세요. 문제가 계속되면 사이트 운영자에게 알려 주세요.',
    },
    'credentials-not-json': {
      message: '사이트가 자격 증명이 아닌 응답을 보냈습니다. 로그인 페이지일 수 있습니다.',
      hint: '로그인한 후 다시 시도하세요. 개발자용: credentials-url은 JSON을 반환해야 합니다.',
    },
    'credentials-incomplete': {
      message: '자격 증명에 {field} 항목이 없습니다.',
      hint: '개발자용: AccessKeyId, AccessKeySecret, SecurityToken, Expiration을 반환하세요.',
    },
    'credentials-expired': {
      message: '사이트에서 받은 자격 증명이 이미 만료되었습니다.',
      hint: '다시 시도하세요. 개발자용: credentials-url의 응답을 캐시하지 마세요.',
    },
    'credentials-timeout': {
      message: '사이트에서 제때 자격 증명을 받지 못했습니다.',
      hint: '연결을 확인한 후 다시 시도하세요.',
    },
    'credentials-unreachable': {
      message: '자격 증명을 받기 위해 사이트에 연결할 수 없습니다.',
      hint: '연결을 확인한 후 다시 시도하세요. 개발자용: 다른 출처의 주소라면 CORS로 이 페이지를 허용해야 합니다.',
    },
    'credentials-redirected': {
      message: '자격 증명 요청이 다른 사이트로 리디렉션되었습니다.',
      hint: '로그인한 후 다시 시도하세요. 개발자용: credentials-url은 다른 출처로 리디렉션하면 안 됩니다.',
    },
    'credentials-rejected': {
      message: '새로 받은 자격 증명도 저장소에서 받아들이지 않습니다.',
      hint: '개발자용: 역할과 액세스 키, credentials-url에 응답하는 서버의 시계를 확인하세요.',
    },
    'signature-refused': {
      message: '저장소가 업로드 서명을 받아들이지 않습니다.',
      hint: '개발자용: region이 버킷의 리전과 같은지, AccessKeySecret이 올바른지 확인하세요.',
    },
    'access-denied': {
      message: '저장소가 이 업로드를 허용하지 않습니다.',
      hint: '개발자용: RAM 정책에서 ‘{bucket}’ 버킷의 ‘{key}’에 대한 oss:PutObject를 허용해야 합니다.',
    },
    'bucket-not-found': {
      message: '‘{bucket}’ 버킷이 없습니다.',
      hint: 'bucket, region, endpoint 속성을 확인하세요.',
    },
    'endpoint-refused': {
      message: '이 주소로는 ‘{bucket}’ 버킷에 접근할 수 없습니다.',
      hint: 'region을 버킷의 리전으로 설정하거나, 버킷에 연결된 도메인을 endpoint와 cname으로 설정하세요.',
    },
    'object-exists': {
      message: '‘{key}’ 이름으로 저장된 파일이 이미 있습니다.',
      hint: '파일 이름을 바꾼 후 다시 선택하세요.',
    },
    'cors-blocked': {
      message: '저장소에 연결할 수 있지만, 이 페이지에서의 업로드는 허용되지 않습니다.',
      hint: '개발자용: ‘{bucket}’ 버킷이 있는지 확인하고 CORS 규칙을 설정하세요. 출처 {origin}, 메서드 PUT, POST, GET, HEAD, DELETE, 허용 헤더 *, 노출 헤더 ETag, x-oss-request-id, x-oss-hash-crc64ecma.',
    },
    'etag-hidden': {
      message: '무엇이 도착했는지 이 페이지에서 확인할 수 없습니다.',
      hint: '개발자용: ‘{bucket}’ 버킷의 CORS 규칙이 ETag 헤더를 노출해야 합니다.',
    },
    'clock-skewed': {
      message: '이 기기의 시계가 맞지 않습니다.',
      hint: '날짜와 시간을 맞춘 후 다시 시도하세요.',
    },
    'upload-gone': {
      message: '저장소에 이 업로드의 기록이 남아 있지 않습니다.',
      hint: '다시 시도하면 처음부터 업로드합니다.',
    },
    'callback-failed': {
      message: '파일은 저장되었지만 사이트에 알리지 못했습니다.',
      hint: '업로드 콜백이 실패한다고 사이트 운영자에게 알려 주세요.',
    },
    throttled: {
      message: '저장소가 혼잡합니다.',
      hint: '잠시 후 다시 시도하세요.',
    },
    'server-error': {
      message: '저장소에 장애가 발생했습니다.',
      hint: '잠시 후 다시 시도하세요.',
    },
    'request-refused': {
      message: '저장소가 업로드를 거부했습니다({ossCode}).',
      hint: '사이트 운영자에게 알려 주세요.',
    },
    network: {
      message: '저장소와의 연결이 끊어졌습니다.',
      hint: '연결을 확인한 후 다시 시도하세요. 이미 업로드된 부분은 유지됩니다.',
    },
    timeout: {
      message: '저장소가 오랫동안 응답하지 않았습니다.',
      hint: '연결을 확인한 후 다시 시도하세요. 이미 업로드된 부분은 유지됩니다.',
    },
    'file-unreadable': {
      message: '파일을 더 이상 읽을 수 없습니다.',
      hint: '이동, 변경 또는 삭제되었을 수 있습니다. 파일을 다시 선택하세요.',
    },
    'file-changed': {
      message: '업로드를 시작한 후 파일이 변경되었습니다.',
      hint: '다시 시도하면 현재 내용을 처음부터 업로드합니다.',
    },
    'file-too-large': {
      message: '파일이 너무 큽니다.',
      hint: '더 작은 파일을 선택하세요.',
    },
    'checkpoint-mismatch': {
      message: '업로드를 시작한 파일이 아니거나 업로드 기록이 손상되었습니다.',
      hint: '같은 파일을 선택하거나 처음부터 시작하세요.',
    },
    'verification-failed': {
      message: '저장소가 받은 내용이 보낸 내용과 다릅니다.',
      hint: '다시 시도하면 손상된 부분을 다시 보냅니다.',
    },
    'sdk-unavailable': {
      message: '업로드 기능의 일부를 불러오지 못했습니다.',
      hint: '연결을 확인한 후 다시 시도하세요.',
    },
    unexpected: {
      message: '예기치 않은 문제가 발생했습니다.',
      hint: '다시 시도하세요. 문제가 계속되면 사이트 운영자에게 알려 주세요.',
    },
  },
};

export default korean;
