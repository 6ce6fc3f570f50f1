/** Like `Headers` as far as routes use them; that one checks every name and value once more, at ten times the cost. */
export class AnswerHeaders extends Map<string, string> {
  constructor(headers: Record<string, string> = {}) {
    super();
    for (const name in headers) this.set(name, headers[name] ?? "");
  }

  override set(name: string, value: string): this {
    return super.set(name.toLowerCase(), value);
  }
}

/** What both kinds of answers let one do with their headers. */
export type WritableHeaders = {
  get(name: string): string | null | undefined;
  has(name: string): boolean;
  set(name: string, value: string): unknown;
};

/**
 * What a route answers: a text, its status and its headers. Our own host writes it out as it is; only for other
 * hosts is it made a `Response`, which takes longer than most of the calls themselves.
 */
export class Answer {
  readonly headers: AnswerHeaders;

  constructor(
    readonly status: number,
    readonly body: string | null,
    headers?: Record<string, string>,
  ) {
    this.headers = new AnswerHeaders(headers);
  }
}

export const jsonAnswer = (status: number, value: unknown): Answer =>
  new Answer(status, JSON.stringify(value), { "content-type": "application/json" });

export const asResponse = (answer: Answer | Response): Response =>
  answer instanceof Answer
    ? new Response(answer.body, { status: answer.status, headers: [...answer.headers] })
    : answer;
