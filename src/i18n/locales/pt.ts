/**
 * Português, for Brazil and Portugal alike: without what only one of them writes (the gerund, “tela” or “ecrã”,
 * “registro” or “registo”). They share no word for a file; “arquivo” is understood in both.
 */

import type { Locale } from '../types.js';

const portuguese: Locale = {
  uploader: 'Envio de arquivos',
  drop: 'Arraste um arquivo até aqui ou',
  dropAnother: 'Arraste outro arquivo até aqui ou',
  dropNow: 'Solte o arquivo aqui',
  dropFiles: 'Solte arquivos aqui ou',
  dropFolder: 'Solte uma pasta aqui ou',
  dropMore: 'Solte mais aqui ou',
  dropFilesNow: 'Solte os arquivos aqui',
  dropWrongType: 'Este tipo de arquivo não pode ser enviado aqui',
  dropNoRoom: 'Não é possível adicionar mais arquivos agora',
  chooseFile: 'Escolher arquivo',
  chooseFiles: 'Escolher arquivos',
  chooseFolder: 'Escolher pasta',
  upTo: 'até {size}',

  upload: 'Enviar',
  pause: 'Pausar',
  resume: 'Retomar',
  retry: 'Tentar de novo',
  tryNow: 'Tentar agora',
  cancel: 'Cancelar',
  remove: 'Remover',
  keep: 'Manter',
  discard: 'Descartar',
  uploadAll: 'Enviar tudo',
  pauseAll: 'Pausar tudo',
  resumeAll: 'Retomar tudo',
  retryAll: 'Tentar tudo de novo',
  cancelAll: 'Cancelar tudo',
  clearFinished: 'Limpar lista',

  preparing: 'Em preparação…',
  transferred: '{loaded} de {total}',
  timeLeft: 'tempo restante: {duration}',
  waitingForNetwork: 'À espera da rede. Continua automaticamente.',
  tryingAgainIn: '{error} Nova tentativa em {duration}.',
  tryingAgain: '{error} Nova tentativa em curso.',
  otherTab: 'Envio em curso em outra página',
  pausedAt: 'Em pausa: {percent}',
  completing: 'Quase concluído…',
  queued: 'Aguardando a vez',
  uploaded: 'Enviado',
  uploadedVerified: 'Enviado e verificado',
  uploadedOf: '{done} de {count} enviados',
  failedCount: 'Com falha: {count}',
  unverifiedNotExposed: 'Não verificado: a regra de CORS do bucket não expõe x-oss-hash-crc64ecma.',
  unverifiedSwitchedOff: 'Não verificado: no-verify está definido.',
  leftToday: '{percent} enviados hoje.',
  leftOn: '{percent} enviados ({day}).',
  resumable: '{left} Escolha o arquivo de novo para continuar.',
  otherFile: '“{name}” é outro arquivo; o envio não pode continuar com ele.',
  changedFile: '“{name}” mudou desde então e deve ser enviado desde o início.',
  persistenceUnavailable:
    'Mantenha esta página aberta até o envio terminar: este navegador não consegue guardar o progresso.',
  confirmDiscard: '{size} já foram enviados. Descartar?',
  details: 'Detalhes',
  requestId: 'ID da solicitação',

  rejectedType: 'Este tipo de arquivo não é permitido aqui: “{name}”.',
  rejectedFolder: '“{name}” é uma pasta. Escolha um arquivo.',
  rejectedUnreadable: 'Não é possível ler “{name}”.',
  rejectedDuplicate: '“{name}” já está na lista.',
  rejectedSize: '“{name}” ultrapassa {size}.',
  rejectedCount: 'Um arquivo de cada vez: “{name}” não foi adicionado.',
  rejectedLimit: 'No máximo {count} por vez: “{name}” não foi adicionado.',
  rejectedKey: '“{name}” não pode ser guardado com esse nome.',
  rejectedByPage: '“{name}” não pode ser enviado aqui.',
  moreRejected: 'Também não adicionados: {count}.',
  fileMissing: 'Envie um arquivo.',
  formUploading: 'O envio ainda não terminou. Aguarde.',
  formUnfinished: 'Há um arquivo que ainda não foi enviado. Envie-o ou remova-o da lista.',
  formFailed: 'Não foi possível enviar um arquivo. Tente de novo ou remova-o da lista.',

  announceReady: '{name} está pronto para enviar.',
  announceAdded: 'Arquivos adicionados: {count}.',
  announceFound: '{name}: {status}',
  announceStart: 'Envio de {name} em curso.',
  announceStartMany: 'Enviando. Arquivos: {count}.',
  announceStep: '{percent} enviados.',
  announceResumed: 'O envio continua a partir de {percent}.',
  announceDone: '{name} foi enviado.',
  announceCancelled: 'O envio de {name} foi cancelado.',

  errors: {
    'region-missing': {
      message: 'O envio não tem região.',
      hint: 'Defina o atributo region, por exemplo region="oss-cn-hangzhou".',
    },
    'bucket-missing': {
      message: 'O envio não tem bucket.',
      hint: 'Defina o atributo bucket com o nome do bucket.',
    },
    'credentials-missing': {
      message: 'Não foi indicado onde obter as credenciais.',
      hint: 'Defina credentials-url com um endereço que devolva credenciais STS, ou a propriedade getCredentials.',
    },
    'option-invalid': {
      message: 'O valor de {option} não é válido: {value}',
      hint: 'Corrija {option}.',
    },
    'key-invalid': {
      message: 'Este nome de objeto não é válido: {key}',
      hint: 'O nome deve ter de 1 a 1023 bytes, não começar com uma barra e não conter segmentos “.” ou “..”.',
    },
    'credentials-refused': {
      message: 'A sessão não foi iniciada ou não há permissão para enviar aqui.',
      hint: 'Inicie sessão e tente de novo.',
    },
    'credentials-failed': {
      message: 'O site não conseguiu fornecer credenciais para o envio.',
      hint: 'Tente de novo mais tarde; se o problema continuar, avise os responsáveis pelo site.',
    },
    'credentials-not-json': {
      message: 'O site não devolveu credenciais, mas talvez uma página de início de sessão.',
      hint: 'Inicie sessão e tente de novo. Para programadores: credentials-url deve devolver JSON.',
    },
    'credentials-incomplete': {
      message: 'Falta {field} nas credenciais.',
      hint: 'Para programadores: devolva AccessKeyId, AccessKeySecret, SecurityToken e Expiration.',
    },
    'credentials-expired': {
      message: 'As credenciais fornecidas pelo site já expiraram.',
      hint: 'Tente de novo. Para programadores: não guarde em cache a resposta de credentials-url.',
    },
    'credentials-timeout': {
      message: 'O site não forneceu as credenciais a tempo.',
      hint: 'Verifique a rede e tente de novo.',
    },
    'credentials-unreachable': {
      message: 'Não é possível chegar ao site para obter credenciais.',
      hint: 'Verifique a rede e tente de novo. Para programadores: outra origem deve permitir esta por CORS.',
    },
    'credentials-redirected': {
      message: 'O pedido de credenciais é redirecionado para outro site.',
      hint: 'Inicie sessão e tente de novo. Para programadores: credentials-url não deve redirecionar para outra origem.',
    },
    'credentials-rejected': {
      message: 'O armazenamento não aceita as credenciais, nem mesmo as novas.',
      hint: 'Para programadores: verifique a função (role), a sua chave de acesso e o relógio do servidor que responde a credentials-url.',
    },
    'signature-refused': {
      message: 'O armazenamento não aceita a assinatura do envio.',
      hint: 'Para programadores: verifique se region é a do bucket e se o AccessKeySecret está correto.',
    },
    'access-denied': {
      message: 'O armazenamento não permite este envio.',
      hint: 'Para programadores: a política de RAM deve permitir oss:PutObject em “{key}” de “{bucket}”.',
    },
    'bucket-not-found': {
      message: 'O bucket “{bucket}” não existe.',
      hint: 'Verifique os atributos bucket, region e endpoint.',
    },
    'endpoint-refused': {
      message: 'Não é possível chegar ao bucket “{bucket}” por este endereço.',
      hint: 'Defina region com a do bucket, ou endpoint e cname com um domínio associado a ele.',
    },
    'object-exists': {
      message: 'Já existe um arquivo guardado como “{key}”.',
      hint: 'Mude o nome do arquivo e escolha-o de novo.',
    },
    'cors-blocked': {
      message: 'O armazenamento responde, mas não permite envios a partir desta página.',
      hint: 'Para programadores: verifique se o bucket “{bucket}” existe e dê-lhe uma regra de CORS com origem {origin}, métodos PUT, POST, GET, HEAD, DELETE, cabeçalhos *, cabeçalhos expostos ETag, x-oss-request-id, x-oss-hash-crc64ecma.',
    },
    'etag-hidden': {
      message: 'O armazenamento não diz a esta página o que já chegou.',
      hint: 'Para programadores: a regra de CORS de “{bucket}” deve expor o cabeçalho ETag.',
    },
    'clock-skewed': {
      message: 'O relógio deste dispositivo não está certo.',
      hint: 'Acerte a data e a hora e tente de novo.',
    },
    'upload-gone': {
      message: 'O armazenamento já não conhece este envio.',
      hint: 'Tente de novo: o envio começa do início.',
    },
    'callback-failed': {
      message: 'O arquivo está guardado, mas não foi possível avisar o site.',
      hint: 'Diga aos responsáveis pelo site que o callback do envio falha.',
    },
    throttled: {
      message: 'O armazenamento está sobrecarregado.',
      hint: 'Tente de novo mais tarde.',
    },
    'server-error': {
      message: 'O armazenamento tem uma falha.',
      hint: 'Tente de novo mais tarde.',
    },
    'request-refused': {
      message: 'O armazenamento recusa o envio ({ossCode}).',
      hint: 'Avise os responsáveis pelo site.',
    },
    network: {
      message: 'A conexão com o armazenamento foi interrompida.',
      hint: 'Verifique a rede e tente de novo: o que já chegou é mantido.',
    },
    timeout: {
      message: 'O armazenamento não responde há muito tempo.',
      hint: 'Verifique a rede e tente de novo: o que já chegou é mantido.',
    },
    'file-unreadable': {
      message: 'Já não é possível ler o arquivo.',
      hint: 'Talvez tenha sido movido, alterado ou apagado. Escolha-o de novo.',
    },
    'file-changed': {
      message: 'O arquivo mudou desde o início do envio.',
      hint: 'Tente de novo para enviá-lo desde o início, tal como está agora.',
    },
    'file-too-large': {
      message: 'O arquivo é grande demais.',
      hint: 'Escolha um arquivo menor.',
    },
    'checkpoint-mismatch': {
      message: 'Este não é o arquivo com que o envio começou, ou os dados do envio estão danificados.',
      hint: 'Escolha o mesmo arquivo ou comece de novo.',
    },
    'verification-failed': {
      message: 'O que o armazenamento recebeu não é igual ao que foi enviado.',
      hint: 'Tente de novo: a parte danificada é enviada outra vez.',
    },
    'sdk-unavailable': {
      message: 'Não foi possível carregar uma parte necessária ao envio.',
      hint: 'Verifique a rede e tente de novo.',
    },
    unexpected: {
      message: 'Aconteceu algo inesperado.',
      hint: 'Tente de novo; se o problema continuar, avise os responsáveis pelo site.',
    },
  },
};

export default portuguese;
