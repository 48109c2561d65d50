/**
 * Portuguese (português), for Brazil and Portugal. Avoids words that only one of them uses, such as the gerund,
 * “tela” or “ecrã”, “registro” or “registo”. They share no word for a file; “arquivo” is understood in both.
 */

import type { Locale } from '../types.js';

const notSetUp = 'O envio de arquivos não está bem configurado neste site. Fale com o administrador do site.';
const sessionExpired = 'A sessão pode ter expirado. Inicie sessão e tente de novo.';

const portuguese: Locale = {
  uploader: 'Envio de arquivos',

  dragFile: 'Arraste um arquivo para aqui ou',
  dragAnotherFile: 'Arraste outro arquivo para aqui ou',
  dragFiles: 'Arraste arquivos para aqui ou',
  dragFolder: 'Arraste uma pasta para aqui ou',
  addMoreFiles: 'Adicione mais arquivos',
  dropFileHere: 'Solte o arquivo aqui',
  dropFilesHere: 'Solte os arquivos aqui',
  dropTypeRefused: 'Este tipo de arquivo não é aceito',
  dropLimitReached: 'Não é possível adicionar mais arquivos agora',
  dropFinishFirst: 'Conclua ou cancele este envio primeiro',
  dropReplaces: 'Solte o arquivo para substituir {name}',
  chooseFile: 'Escolher arquivo',
  chooseNamed: 'Escolher {name}',
  chooseFiles: 'Escolher arquivos',
  chooseFolder: 'Escolher pasta',
  chooseOrTakePhoto: 'Escolher arquivo ou tirar foto',
  maximumSize: 'Tamanho máximo: {size}',
  typesAndSize: '{types}, até {size}',
  loadFailed:
    'Não foi possível carregar uma parte necessária ao envio. Verifique a sua conexão ou recarregue a página.',

  upload: 'Enviar',
  pause: 'Pausar',
  resume: 'Retomar',
  retry: 'Tentar de novo',
  retryNow: 'Tentar agora',
  cancel: 'Cancelar',
  remove: 'Remover',
  removeFromList: 'Remover da lista',
  undo: 'Desfazer',
  replace: 'Substituir',
  copyKey: 'Copiar nome de objeto',
  openFile: 'Abrir em uma nova guia',
  discard: 'Descartar',
  keepUploading: 'Continuar o envio',
  discardUpload: 'Descartar envio',
  discardUploads: 'Descartar envios',
  uploadAll: 'Enviar tudo',
  pauseAll: 'Pausar tudo',
  resumeAll: 'Retomar tudo',
  retryAll: 'Tentar tudo de novo',
  cancelAll: 'Cancelar tudo',
  clearCompleted: 'Limpar concluídos',
  dismiss: 'Fechar',

  preparing: 'Em preparação…',
  transferred: '{loaded} de {total}',
  timeLeft: 'tempo restante: {duration}',
  waitingForNetwork: 'Sem conexão à internet. O envio será retomado automaticamente.',
  retryingIn: '{error} Nova tentativa em {duration}.',
  retrying: '{error} Nova tentativa em curso.',
  uploadingInOtherTab: 'Envio em curso em outra página',
  pausedAt: 'Em pausa: {percent}',
  completing: 'Quase concluído…',
  queued: 'Na fila',
  uploaded: 'Enviado',
  uploadedVerified: 'Enviado e verificado',
  copied: 'Copiado',
  uploadCancelled: 'Envio cancelado',
  uploadsCancelled: '{count} envios cancelados',
  fileRemoved: 'Removido da lista',
  filesReady: '{count} arquivos, {size}',
  uploadedCount: '{done} de {count} enviados',
  failedCount: 'Com falha: {count}',
  finishedCount: 'Enviados: {count}',
  notVerifiedHeaderHidden: 'Não verificado: a regra de CORS do bucket não expõe x-oss-hash-crc64ecma.',
  notVerifiedSwitchedOff: 'Não verificado: o atributo no-verify está definido.',
  stoppedToday: 'O envio parou em {percent}.',
  stoppedOn: 'O envio parou em {percent} ({day}).',
  selectFile: '{stopped} Selecione “{name}” para continuar.',
  fileNotOriginal: '“{name}” não é o arquivo inicial. Selecione “{original}”.',
  fileChanged: '“{name}” mudou, por isso o envio tem de recomeçar.',
  uploadInstead: 'Enviar {name} no lugar',
  persistenceUnavailable: 'Mantenha esta página aberta. Este navegador não consegue guardar o progresso.',
  confirmDiscard: 'Descartar este envio? Já enviado: {size}.',
  confirmDiscardAll: 'Descartar todos os envios por concluir? Já enviado: {size}.',
  details: 'Detalhes',
  requestId: 'ID da solicitação',

  rejectedType: 'O tipo de “{name}” não é aceito.',
  rejectedTypeWithList: 'O tipo de “{name}” não é aceito. Tipos aceitos: {types}.',
  typeImages: 'imagens',
  typeVideos: 'vídeos',
  typeAudio: 'áudio',
  rejectedFolder: '“{name}” é uma pasta. Escolha um arquivo.',
  rejectedUnreadable: 'Não é possível ler “{name}”. Verifique se não foi movido ou apagado.',
  rejectedEmptyDrop:
    'O que você soltou não contém arquivos. Se veio de um aplicativo ou de uma página, salve-o primeiro no dispositivo.',
  rejectedDuplicate: '“{name}” já está na lista.',
  rejectedSize: '“{name}” é grande demais. Tamanho máximo: {size}.',
  rejectedOnlyOne: 'Só é permitido um arquivo. “{name}” não foi adicionado.',
  rejectedTooMany: 'São permitidos até {count} arquivos. “{name}” não foi adicionado.',
  rejectedName: 'Mude o nome de “{name}” e tente de novo.',
  rejectedUnchecked: 'Não foi possível verificar “{name}”. Tente adicioná-lo de novo.',
  rejectedBySite: 'Este site não aceita “{name}”.',
  notAdded: '{count} arquivos não foram adicionados.',
  rejectedTypeSeveral: 'O tipo de {rejected} arquivos não é aceito.',
  rejectedTypeWithListSeveral: 'O tipo de {rejected} arquivos não é aceito. Tipos aceitos: {types}.',
  rejectedFolderSeveral: '{rejected} pastas não foram adicionadas. Escolha arquivos.',
  rejectedUnreadableSeveral:
    'Não é possível ler {rejected} arquivos. Verifique se não foram movidos ou apagados.',
  rejectedDuplicateSeveral: '{rejected} arquivos já estão na lista.',
  rejectedKeySeveral:
    '{rejected} arquivos substituiriam outros arquivos da lista. Mude o nome deles ou remova os outros arquivos.',
  rejectedSizeSeveral: '{rejected} arquivos são grandes demais. Tamanho máximo: {size}.',
  rejectedOnlyOneSeveral: 'Só é permitido um arquivo. {rejected} arquivos não foram adicionados.',
  rejectedTooManySeveral: 'São permitidos até {count} arquivos. {rejected} arquivos não foram adicionados.',
  rejectedNameSeveral: 'Mude o nome de {rejected} arquivos e tente de novo.',
  rejectedUncheckedSeveral: 'Não foi possível verificar {rejected} arquivos. Tente adicioná-los de novo.',
  rejectedBySiteSeveral: 'Este site não aceita {rejected} dos arquivos.',
  moreNotAdded: 'Outros {count} arquivos não foram adicionados.',

  formFileMissing: 'Envie um arquivo para continuar.',
  formUploading: 'O envio ainda não terminou. Aguarde até que termine.',
  formUnfinished: 'Há um arquivo por enviar. Envie-o ou remova-o.',
  formFailed: 'Não foi possível enviar um arquivo. Tente de novo ou remova-o.',

  announceReady: '{name} está pronto para enviar.',
  announceAdded: '{count} arquivos adicionados.',
  announceFailedOnly: 'Exibindo apenas os arquivos com falha.',
  announceAllShown: 'Exibindo todos os arquivos.',
  announceFileStatus: '{name}: {status}',
  announceStart: 'Envio de {name} em curso.',
  announceStartMany: 'Envio de {count} arquivos em curso.',
  announceProgress: '{percent} enviados.',
  announceResumed: 'Envio retomado em {percent}.',
  announceUploaded: '{name} foi enviado.',
  announceCancelled: 'Envio de {name} cancelado.',
  announceRemoved: '{name} foi removido da lista.',
  announceRemovedMany: '{count} arquivos foram removidos.',
  announceRestored: '{name} voltou para a lista.',
  announceUndo: 'Você pode desfazer isso por alguns segundos.',

  errors: {
    'region-missing': {
      message: notSetUp,
      hint: 'Defina o atributo region, por exemplo region="oss-cn-hangzhou".',
    },
    'bucket-missing': {
      message: notSetUp,
      hint: 'Defina o atributo bucket com o nome do bucket.',
    },
    'credentials-missing': {
      message: notSetUp,
      hint: 'Defina o atributo credentials-url com uma URL que devolva credenciais STS, ou defina a propriedade getCredentials.',
    },
    'option-invalid': {
      message: notSetUp,
      hint: 'O valor de {option} não é válido: {value}. {fix}',
    },
    'key-invalid': {
      message: 'O nome deste arquivo não pode ser usado. Mude o nome e escolha o arquivo de novo.',
      hint: 'O nome de objeto “{key}” não é válido. Deve ter de 1 a 1023 bytes, não começar com uma barra e não conter segmentos “.” ou “..”.',
    },
    'duplicate-key': {
      message: '“{name}” substituiria outro arquivo da lista. Mude o nome dele ou remova o outro arquivo.',
      hint: 'Dois arquivos da lista têm o nome de objeto “{key}”. Defina on-collision="rename", ou use em object-key um modelo que gere nomes únicos.',
    },
    'credentials-refused': {
      message: 'Não iniciou sessão ou não tem permissão para enviar. Inicie sessão e tente de novo.',
      hint: 'credentials-url devolveu HTTP 401 ou 403.',
    },
    'credentials-failed': {
      message:
        'Este site não conseguiu autorizar o envio. Se o problema continuar, fale com o administrador do site.',
      hint: 'credentials-url devolveu um código de erro, ou getCredentials falhou. Verifique os logs do servidor.',
    },
    'credentials-not-json': {
      message: sessionExpired,
      hint: 'credentials-url não devolveu JSON, mas talvez uma página de início de sessão.',
    },
    'credentials-incomplete': {
      message: notSetUp,
      hint: 'Falta {field} nas credenciais. Devolva AccessKeyId, AccessKeySecret, SecurityToken e Expiration.',
    },
    'credentials-expired': {
      message: 'A autorização deste envio expirou. Tente de novo.',
      hint: 'As credenciais já tinham expirado quando foram recebidas. Não guarde em cache a resposta de credentials-url.',
    },
    'credentials-timeout': {
      message: 'Este site demora demais a responder. Verifique a sua conexão.',
      hint: 'As credenciais não foram recebidas a tempo. Verifique quanto tempo credentials-url demora a responder.',
    },
    'credentials-unreachable': {
      message: 'Não é possível chegar a este site. Verifique a sua conexão.',
      hint: 'A solicitação a credentials-url falhou. Se a URL for de outra origem, deve permitir esta com cabeçalhos CORS.',
    },
    'credentials-redirected': {
      message: sessionExpired,
      hint: 'credentials-url redireciona para outra origem, talvez para uma página de início de sessão. Deve devolver as credenciais diretamente. Numa origem diferente da página, não pode redirecionar.',
    },
    'credentials-rejected': {
      message: notSetUp,
      hint: 'O OSS rejeita as credenciais, mesmo as novas. Verifique a função (role) de RAM, a sua chave de acesso e o relógio do servidor de credentials-url.',
    },
    'signature-refused': {
      message: notSetUp,
      hint: 'O OSS rejeita a assinatura. Verifique se region é a região do bucket e se o AccessKeySecret está correto.',
    },
    'access-denied': {
      message: 'Não tem permissão para enviar este arquivo. Fale com o administrador do site.',
      hint: 'A política de RAM deve permitir oss:PutObject em “{key}” no bucket “{bucket}”.',
    },
    'bucket-not-found': {
      message: notSetUp,
      hint: 'O bucket “{bucket}” não existe. Verifique os atributos bucket, region e endpoint.',
    },
    'endpoint-refused': {
      message: notSetUp,
      hint: 'Não é possível chegar ao bucket “{bucket}” por este endpoint. Defina region com a região do bucket, ou endpoint com um domínio associado a ele e adicione o atributo cname.',
    },
    'object-exists': {
      message: 'Já existe um arquivo com o nome “{key}”. Mude o nome do seu arquivo e escolha-o de novo.',
      hint: 'Já existe um objeto com este nome. Defina o atributo overwrite para o substituir, ou use em object-key um modelo que gere nomes únicos.',
    },
    'cors-blocked': {
      message:
        'Este site não tem permissão para enviar arquivos para este armazenamento. Fale com o administrador do site.',
      hint: 'Verifique se o bucket “{bucket}” existe e adicione-lhe uma regra de CORS: origem {origin}; métodos PUT, POST, GET, HEAD, DELETE; cabeçalhos permitidos *; cabeçalhos expostos ETag, x-oss-request-id, x-oss-hash-crc64ecma.',
    },
    'etag-hidden': {
      message: notSetUp,
      hint: 'A página não consegue ler o ETag de uma resposta. A regra de CORS do bucket “{bucket}” deve expor o cabeçalho ETag.',
    },
    'clock-skewed': {
      message: 'A data ou a hora deste dispositivo está incorreta. Corrija-a no dispositivo.',
      hint: 'O OSS rejeita assinaturas cuja hora difere da sua em mais de 15 minutos (RequestTimeTooSkewed).',
    },
    'upload-gone': {
      message: 'Este envio expirou. Tente de novo para recomeçar do início.',
      hint: 'O ID do envio já não existe (NoSuchUpload). O envio foi concluído ou cancelado, ou uma regra de ciclo de vida apagou as suas partes.',
    },
    'callback-failed': {
      message:
        'O arquivo foi enviado, mas este site não foi avisado. Tente de novo ou fale com o administrador do site.',
      hint: 'O objeto “{key}” está guardado no bucket “{bucket}”, mas nenhum callback foi respondido. Verifique a URL do callback e a sua resposta. Ao tentar de novo, o OSS volta a enviar o callback, o que exige oss:GetObject e o cabeçalho exposto x-oss-hash-crc64ecma.',
    },
    throttled: {
      message: 'O serviço de armazenamento está sobrecarregado. O seu progresso está guardado.',
      hint: 'O OSS limita a taxa de solicitações ou a largura de banda. Reduza parallel e concurrent-files, ou aumente os limites do bucket.',
    },
    'server-error': {
      message: 'O serviço de armazenamento devolveu um erro. O seu progresso está guardado.',
      hint: 'O OSS devolveu um código 5xx ou uma resposta inválida. Se continuar, indique o ID da solicitação ao suporte da Alibaba Cloud.',
    },
    'request-refused': {
      message: 'O serviço de armazenamento rejeitou o envio. Fale com o administrador do site.',
      hint: 'O OSS devolveu {ossCode}. Procure este código de erro na documentação do OSS.',
    },
    network: {
      message: 'A conexão foi perdida. O seu progresso está guardado.',
      hint: 'Uma solicitação ao OSS falhou sem resposta. Verifique a rede, os proxies e as firewalls.',
    },
    timeout: {
      message: 'O serviço de armazenamento não responde. O seu progresso está guardado.',
      hint: 'Uma solicitação ao OSS excedeu o tempo limite. Verifique a rede, os proxies e as firewalls.',
    },
    redirected: {
      message:
        'A sua rede redirecionou o envio. Se ela tiver uma página de início de sessão, inicie sessão e tente de novo.',
      hint: 'Uma solicitação a {endpoint} foi redirecionada; por isso, todas as solicitações deste envio foram canceladas. O OSS nunca redireciona; indique a URL final em endpoint.',
    },
    'lossy-connection': {
      message: 'A maior parte do que você envia não chega. Tente outra rede ou desative a VPN.',
      hint: 'Foram enviados {sent} bytes, mas o OSS só confirmou {stored}. Um proxy, uma VPN ou um antivírus pode estar descartando o resto.',
    },
    'file-unreadable': {
      message: 'Não é possível ler o arquivo. Pode ter sido movido, alterado ou apagado. Escolha-o de novo.',
      hint: 'O navegador já não tem acesso ao arquivo (NotReadableError ou NotFoundError).',
    },
    'file-changed': {
      message:
        'O arquivo mudou desde o início do envio. Tente de novo para enviar a nova versão desde o início.',
      hint: 'O tamanho ou o conteúdo do arquivo difere do que foi enviado, ou a data é outra e não há soma de verificação para comparar.',
    },
    'file-too-large': {
      message: 'O arquivo é grande demais. Escolha um arquivo menor.',
      hint: 'O OSS guarda objetos de até 48,8 TiB. Defina max-size para recusar arquivos grandes quando são adicionados.',
    },
    'checkpoint-mismatch': {
      message: 'Este não é o arquivo inicial. Escolha o arquivo original ou comece um novo envio.',
      hint: 'O ponto de retomada está danificado ou pertence a outro arquivo.',
    },
    'verification-failed': {
      message: 'O arquivo foi danificado na transferência. Tente de novo para o reenviar.',
      hint: 'O CRC-64 do objeto difere do CRC-64 do arquivo.',
    },
    'sdk-unavailable': {
      message:
        'Não foi possível carregar uma parte necessária ao envio. Verifique a sua conexão ou recarregue a página.',
      hint: 'O módulo do SDK não pôde ser importado. Verifique se está junto ao módulo principal e se a CSP o permite.',
    },
    unexpected: {
      message:
        'Ocorreu um problema. Tente de novo. Se o problema continuar, fale com o administrador do site.',
      hint: 'Pode ser um erro do programa. A propriedade cause do erro contém o erro original.',
    },
  },
};

export default portuguese;
