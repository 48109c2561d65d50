// The application server that OSS calls once an object is stored. Fails as a schedule demands.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { serveLoopback, type LoopbackServer } from '../../dev/oss-emulator/loopback-server.js';
import type { CallbackFailure } from './schedule.js';

export class ApplicationServer {
  #server!: LoopbackServer;
  #failure: CallbackFailure['response'] | undefined;
  /** The number of calls that fail, from now on. */
  #failing = 0;
  #answered: string[] = [];

  private constructor() {}

  static async start(): Promise<ApplicationServer> {
    const application = new ApplicationServer();
    application.#server = await serveLoopback((request, response) => {
      application.#handle(request, response).catch(() => response.destroy());
    });
    return application;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.port}/uploaded`;
  }

  async close(): Promise<void> {
    await this.#server.close();
  }

  /** Fails a number of calls, by default all. Forgets earlier calls. */
  fail(failure: CallbackFailure['response'], times = Infinity): void {
    this.#failure = failure;
    this.#failing = times;
    this.#answered = [];
  }

  /** The bodies of the calls that were answered with success, in order. */
  get answered(): readonly string[] {
    return this.#answered;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    this.#failing -= 1;
    const failure = this.#failing >= 0 ? this.#failure : undefined;
    switch (failure) {
      case 'error':
        return void response.writeHead(500).end();
      case 'not-json':
        return void response.writeHead(200).end('thanks');
      case 'reset':
        return void request.socket.resetAndDestroy();
      case 'none':
        return;
      case undefined:
        this.#answered.push(body);
        return void response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"saved":true}');
      default:
        failure satisfies never;
    }
  }
}
