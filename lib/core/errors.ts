/** What went wrong, in words. Only `lib/http/problem.ts` knows which status number a kind becomes. */
export type ErrorKind =
  | "malformed"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "method"
  | "conflict"
  | "too_large"
  | "unsupported"
  | "invalid"
  | "limited"
  | "internal"
  | "upstream"
  | "unavailable"
  | "timed_out";

type ErrorEntry = { kind: ErrorKind; title: string; help: string };

/** Every error the product can answer with. `help` is what the page at `/problems/<code>` tells people. */
export const errorTable = {
  "request.malformed": {
    kind: "malformed",
    title: "The request could not be read",
    help: "The body is not valid JSON, or a part of the address is not valid. Check quotes and commas, and send the header Content-Type: application/json.",
  },
  "request.two_credentials": {
    kind: "malformed",
    title: "Two different credentials were sent",
    help: "Send either the Authorization header or the X-API-Key header, not both.",
  },
  "request.cross_site": {
    kind: "forbidden",
    title: "The request came from another site",
    help: "A browser sent this from a page that is not part of this app, so it was refused to protect the signed-in person. If you reach the app under an address of your own, set BASE_URL to that address; to let another site of yours call it, add that site to CORS_ORIGINS.",
  },
  "request.invalid": {
    kind: "invalid",
    title: "The request was understood but is not valid",
    help: "Each entry of `errors` points at one value, says what is wrong with it and how to mend it. Nothing was changed.",
  },
  "request.unsupported_type": {
    kind: "unsupported",
    title: "This kind of content is not accepted here",
    help: "Send JSON with the header Content-Type: application/json.",
  },
  "request.too_large": {
    kind: "too_large",
    title: "The request is too large",
    help: "Send less in one request. The limit for JSON is 1 MiB.",
  },
  "request.method_not_allowed": {
    kind: "method",
    title: "This address does not support that method",
    help: "The Allow header of the answer lists the methods that work here.",
  },
  "request.idempotency_key_reused": {
    kind: "invalid",
    title: "This Idempotency-Key was used for a different request",
    help: "Use a new key for each different request. The same key may only be sent again with the very same body.",
  },
  "request.in_progress": {
    kind: "conflict",
    title: "The same request is still running",
    help: "An earlier request with the same Idempotency-Key has not finished. Wait a moment, then send it again.",
  },
  "route.not_found": {
    kind: "not_found",
    title: "There is nothing at this address",
    help: "Check the spelling of the address. The full list of routes is at /api/openapi.json.",
  },
  "auth.required": {
    kind: "unauthenticated",
    title: "Sign in first",
    help: "This needs a signed-in session. Sessions end when you sign out, when your password or role changes, or after their lifetime.",
  },
  "auth.invalid_token": {
    kind: "unauthenticated",
    title: "The credential is not valid",
    help: "The Authorization or X-API-Key header holds something this app does not accept. It may be mistyped, expired or revoked.",
  },
  "auth.invalid_credentials": {
    kind: "unauthenticated",
    title: "E-mail or password is wrong",
    help: "Check both and try again. If you no longer know the password, the sign-in page has a link to choose a new one.",
  },
  "auth.too_many_attempts": {
    kind: "limited",
    title: "Too many sign-in attempts",
    help: "To protect accounts from guessing, only a few wrong passwords are accepted from one place in a quarter of an hour. Wait for the time the answer states, then try again.",
  },
  "auth.busy": {
    kind: "unavailable",
    title: "Too many people are signing in right now",
    help: "Checking a password takes work on purpose, and the queue is full. Try again in a few seconds.",
  },
  "auth.scope_missing": {
    kind: "forbidden",
    title: "The key or token may not do this",
    help: "An API key or token can do only what it was made for. Make a key with the scope that the answer names, or sign in.",
  },
  "auth.refresh_reused": {
    kind: "unauthenticated",
    title: "This refresh token was used before",
    help: "A refresh token works once. This one came back later, so somebody may have copied it: the whole sign-in was ended to be safe. Sign in again, and let only one place keep the tokens.",
  },
  "auth.forbidden": {
    kind: "forbidden",
    title: "You are signed in, but may not do this",
    help: "This belongs to administrators. Ask one of them to do it or to change your role.",
  },
  "auth.wrong_password": {
    kind: "forbidden",
    title: "The current password is wrong",
    help: "To change a password, the current one has to be given. Try again.",
  },
  "auth.registration_closed": {
    kind: "forbidden",
    title: "Nobody can register here by themselves",
    help: "Accounts are made by administrators of this install, or by invitation. Ask one of them. An administrator can open registration under Settings.",
  },
  "auth.second_factor_required": {
    kind: "unauthenticated",
    title: "A second factor is needed",
    help: "The password was right; this account asks for one thing more: a code from the authenticator app, a recovery code, or a passkey. Programs send the code as otp beside e-mail and password.",
  },
  "auth.second_factor_setup_required": {
    kind: "unauthenticated",
    title: "This account needs a second factor before it can sign in",
    help: "The install asks everybody of this role for a second factor. Sign in with a browser: the page shows how to set one up, which takes a minute.",
  },
  "auth.wrong_code": {
    kind: "unauthenticated",
    title: "The code is wrong",
    help: "A code works once and for about half a minute. Wait for the next one in the app, and check that the clock of the phone is right. A recovery code works once, too.",
  },
  "auth.too_many_codes": {
    kind: "limited",
    title: "Too many wrong codes",
    help: "Five codes may be tried in a quarter of an hour, wherever they are typed. Wait for the time the answer states, then try again.",
  },
  "auth.sign_in_over": {
    kind: "unauthenticated",
    title: "This sign-in took too long",
    help: "A sign-in that was begun has to be finished within ten minutes, and each step works once. Begin again.",
  },
  "auth.step_up_required": {
    kind: "forbidden",
    title: "Prove once more that it is you",
    help: "This changes who can get in, so it asks for a fresh proof when the last one is more than a quarter of an hour old: the password, a code or a passkey at POST /api/auth/step-up. Then send the same request again.",
  },
  "auth.captcha_required": {
    kind: "unauthenticated",
    title: "A proof of work is needed",
    help: "After a few failed tries the browser has to solve a small riddle first, which takes it a second and makes guessing dear. Get one at GET /api/auth/captcha and send the solution as captcha. Each solution counts once.",
  },
  "auth.not_linked": {
    kind: "unauthenticated",
    title: "This sign-in belongs to no account here",
    help: "Sign in with your password first, then connect it under Account, Sign-in. It is never matched by e-mail address, because whoever controls that address elsewhere could then take the account over.",
  },
  "auth.provider_failed": {
    kind: "unauthenticated",
    title: "The sign-in through the other service failed",
    help: "What the other service answered was missing, too old or not what was asked for. Begin again; when it stays like this, an administrator can look at the service's settings under Administration, Sign-in services.",
  },
  "auth.proxy_refused": {
    kind: "unauthenticated",
    title: "The web server in front named nobody who may come in",
    help: "This install lets a web server in front say who somebody is. What it said was missing, doubled, or not from that server, or the account does not exist or is disabled.",
  },
  "auth.proxy_second_factor": {
    kind: "forbidden",
    title: "This account has a second factor, which the web server in front does not ask for",
    help: "Sign in on the page with the password and the second factor. If the web server in front asks for a second factor itself, an administrator can say so under Settings.",
  },
  "factor.not_found": {
    kind: "not_found",
    title: "There is no such second factor",
    help: "It does not exist, or it is not yours.",
  },
  "factor.already_on": {
    kind: "conflict",
    title: "An authenticator app is connected already",
    help: "Remove it first to connect another one. To have several devices, add passkeys.",
  },
  "factor.last_required": {
    kind: "conflict",
    title: "This is the last second factor, and your role needs one",
    help: "Add another one first, then remove this.",
  },
  "passkey.refused": {
    kind: "invalid",
    title: "The passkey was not accepted",
    help: "The answer of the device did not fit what was asked, or came too late. Try once more. A passkey works only under the address it was made for.",
  },
  "provider.not_found": {
    kind: "not_found",
    title: "There is no such sign-in service",
    help: "It does not exist, or it is switched off.",
  },
  "provider.name_taken": {
    kind: "conflict",
    title: "A sign-in service has this name already",
    help: "Names stand in addresses, so each is used once. Choose another.",
  },
  "account.not_found": {
    kind: "not_found",
    title: "No such service is connected to your account",
    help: "It was disconnected already, or never connected.",
  },
  "account.already_linked": {
    kind: "conflict",
    title: "This sign-in is connected to another account",
    help: "Sign in to that account and disconnect it there first.",
  },
  "account.last_way_in": {
    kind: "conflict",
    title: "This is your only way in",
    help: "Set a password or add a passkey first, then disconnect it.",
  },
  "mail.not_found": {
    kind: "not_found",
    title: "There is no such mail",
    help: "It does not exist, or it was removed after its time.",
  },
  "mail.not_waiting": {
    kind: "conflict",
    title: "This mail cannot be sent again",
    help: "Only a mail that could not be sent, or that was kept because there is no mail server, can be.",
  },
  "settings.own_factor_first": {
    kind: "conflict",
    title: "Set up your own second factor first",
    help: "You would lock yourself out: under Account, Sign-in, connect an authenticator app or add a passkey, then switch this on.",
  },
  "key.revoked": {
    kind: "unauthenticated",
    title: "This API key was revoked",
    help: "Its owner or an administrator took it back. Make a new key under API keys and put it into your program.",
  },
  "key.expired": {
    kind: "unauthenticated",
    title: "This API key has expired",
    help: "Keys can have an end date, and rolled keys stop when their overlap is over. Make a new key, or use the one that replaced it.",
  },
  "key.frozen": {
    kind: "unauthenticated",
    title: "This API key was reported as leaked",
    help: "Somebody found its secret where it should not be, so it was frozen. Make a new key and revoke this one.",
  },
  "key.address_not_allowed": {
    kind: "forbidden",
    title: "This API key may not be used from here",
    help: "The key is limited to certain network addresses, and this request came from another one. Its owner can change the list under API keys.",
  },
  "key.not_found": {
    kind: "not_found",
    title: "There is no such API key",
    help: "The key does not exist, or it is not one you may see.",
  },
  "key.too_many": {
    kind: "conflict",
    title: "You have as many API keys as one person may have",
    help: "Revoke one that is not used any more. An administrator can raise the number under Settings.",
  },
  "key.not_usable": {
    kind: "conflict",
    title: "This API key no longer works",
    help: "A key that was revoked, frozen, replaced or has expired cannot be changed. Make a new one.",
  },
  "rate.limited": {
    kind: "limited",
    title: "Too many calls in a short time",
    help: "The answer's Retry-After says how many seconds to wait, and the RateLimit headers say which limit it was. A call that is refused does not count. Limits belong to your plan and to the key; strangers share a small one per address.",
  },
  "rate.too_many_at_once": {
    kind: "limited",
    title: "Too many calls at the same time",
    help: "Wait for one of your running calls to end before starting the next. How many may run at once belongs to your plan and to the key.",
  },
  "link.invalid": {
    kind: "unauthenticated",
    title: "This link no longer works",
    help: "Links work once and for a limited time, and only the newest one counts. Ask for a new one where you asked for this one.",
  },
  "password.too_weak": {
    kind: "invalid",
    title: "Choose another password",
    help: "A password needs at least 8 characters and must not be one of the commonest ones. Long beats complicated: a few unrelated words are better than symbols.",
  },
  "user.not_found": {
    kind: "not_found",
    title: "There is no such user",
    help: "The account does not exist, or it is not one you may see.",
  },
  "user.email_taken": {
    kind: "conflict",
    title: "This e-mail address already has an account",
    help: "Look the account up under Administration, Users.",
  },
  "user.email_taken_by_deleted": {
    kind: "conflict",
    title: "This e-mail address belongs to a deleted account",
    help: "A deleted account keeps its address, so that nobody can take it over. Restore that account instead.",
  },
  "user.last_admin": {
    kind: "conflict",
    title: "This is the last active administrator",
    help: "Somebody has to be able to run this install. Make another person an administrator first.",
  },
  "user.not_active": {
    kind: "conflict",
    title: "This account is not active",
    help: "Restore or enable the account first.",
  },
  "user.already_active": {
    kind: "conflict",
    title: "The invitation was already accepted",
    help: "This account has a password. Start a password reset instead.",
  },
  "user.too_many_invitations": {
    kind: "conflict",
    title: "You have invited many people already",
    help: "One person may have ten invitations open at a time. Wait until some are over, or ask an administrator to make the account.",
  },
  "user.changed_meanwhile": {
    kind: "conflict",
    title: "Somebody else changed this account at the same moment",
    help: "Load it again and repeat your change if it is still wanted.",
  },
  "plan.not_found": {
    kind: "invalid",
    title: "There is no such plan",
    help: "Choose one of the existing plans.",
  },
  "model.not_found": {
    kind: "not_found",
    title: "There is no such model",
    help: "The model does not exist, or it is not one you may use. The page Models lists yours; a key can be bound to fewer.",
  },
  "model.version_not_found": {
    kind: "not_found",
    title: "The model has no such version",
    help: "Leave version out for the one in use, or name one of the numbers that the model's page lists. next exists only while a version is on trial.",
  },
  "model.without_tensors": {
    kind: "invalid",
    title: "This model is asked in rows, not in tensors",
    help: "The service behind it takes named values and has no tensors, so the Open Inference Protocol cannot speak of it. Call it at /api/v1/predictions.",
  },
  "model.paused": {
    kind: "unavailable",
    title: "The model is paused",
    help: "An administrator took it out of service for a while. Nothing is wrong with your call; send it again later.",
  },
  "model.busy": {
    kind: "unavailable",
    title: "The model has more calls waiting than it can take",
    help: "Try again after the time that Retry-After names. An administrator can give the model more runners or a longer queue.",
  },
  "model.timed_out": {
    kind: "timed_out",
    title: "The model did not answer in time",
    help: "The call was stopped at the model's time limit, and the work with it. Send fewer rows at once, or ask an administrator for a longer limit.",
  },
  "model.crashed": {
    kind: "unavailable",
    title: "The program that runs the model stopped during your call",
    help: "It is started again by itself; send the call once more. If the same input does it every time, tell an administrator the request id.",
  },
  "model.failed": {
    kind: "upstream",
    title: "The model could not work with this input",
    help: "The input has the right shape, but the model itself reported an error. Compare it with the example on the model's page.",
  },
  "model.not_loadable": {
    kind: "unavailable",
    title: "The model cannot be started",
    help: "Its file cannot be loaded right now, often because the memory it may use is too small. Administrators see the reason on the model's page.",
  },
  "model.name_taken": {
    kind: "conflict",
    title: "There is a model of this name already",
    help: "Choose another name, or add a version to the model that has it. The name of a deleted model stays taken, so that no key opens something it was not made for.",
  },
  "model.file_unusable": {
    kind: "invalid",
    title: "This file cannot be used as a model",
    help: "It has to be one complete .onnx file whose inputs and outputs are tensors. The answer says what was wrong with this one.",
  },
  "model.file_unknown": {
    kind: "invalid",
    title: "No such file was uploaded",
    help: "Upload the file first; the answer to that names its SHA-256. Files that no model uses are removed after a day.",
  },
  "model.digest_mismatch": {
    kind: "invalid",
    title: "The file arrived changed",
    help: "Its SHA-256 is not the one the upload announced, so nothing was kept. Upload it again.",
  },
  "upstream.unreachable": {
    kind: "upstream",
    title: "The service behind the model does not answer",
    help: "The connection failed. Nothing is wrong with your call; administrators see the reason on the model's page.",
  },
  "upstream.invalid_answer": {
    kind: "upstream",
    title: "The service behind the model gave an answer that cannot be used",
    help: "What it sent does not fit the model's signature, or was broken or too large, so it was not passed on. Administrators see the reason on the model's page.",
  },
  "upstream.resting": {
    kind: "unavailable",
    title: "The service behind the model failed too often and is left alone for a moment",
    help: "After several failures in a row calls are answered at once instead of waiting for another one. Try again after the time that Retry-After names.",
  },
  "upstream.address_not_allowed": {
    kind: "invalid",
    title: "This address may not be called",
    help: "It leads to this machine or into a private network. If the service really is there, allow it for this model; that lets this model, and nothing else, reach it.",
  },
  "prediction.not_found": {
    kind: "not_found",
    title: "There is no such prediction",
    help: "It does not exist, is not yours, or was kept for fewer days than have passed. An API key sees only the calls made with it.",
  },
  "refusal.not_found": {
    kind: "not_found",
    title: "Nothing is known about this request",
    help: "Refused and failed requests are kept for seven days, of a flood of them only the first hundred a minute, and one sees one's own. A request that succeeded was not refused: look under Predictions.",
  },
  "quota.exceeded": {
    kind: "limited",
    title: "The quota of this month is used up",
    help: "Your plan includes so many units a month; a unit is one predicted row. The answer says how many there are, how many are used or held by calls that still run, and when the month begins anew. An administrator can give extra units or another plan.",
  },
  "quota.budget_exceeded": {
    kind: "limited",
    title: "The budget is used up",
    help: "Your plan has a budget for the month or the day, so that nothing costs more than was agreed. The answer says what is spent, what running calls may still cost, and when it begins anew. An administrator can change it.",
  },
  "key.unusual_use": {
    kind: "limited",
    title: "This API key is being used quite unlike before",
    help: "Its use suddenly differed from its own history, so it was slowed down to be safe. Its owner finds an alert in the app: one click says that all is well and lifts it.",
  },
  "task.not_found": {
    kind: "not_found",
    title: "There is no such task",
    help: "Check the id. Tasks are seen by their owner alone, and are removed some time after they ended.",
  },
  "task.rows_invalid": {
    kind: "invalid",
    title: "Some rows of the task are not valid",
    help: "Each entry of `errors` names a row, what is wrong with it and how to mend it. Nothing was started and nothing was charged.",
  },
  "task.not_possible": {
    kind: "conflict",
    title: "The task is not in a state for that",
    help: "Only a task that still runs can be cancelled, only one that stopped early can go on, and only one that is over can be deleted.",
  },
  "task.too_many": {
    kind: "conflict",
    title: "Too many tasks are waiting",
    help: "Wait until some of your tasks are over, or cancel one.",
  },
  "webhook.not_found": {
    kind: "not_found",
    title: "There is no such webhook",
    help: "Check the id. Webhooks are seen by their owner alone.",
  },
  "webhook.disabled": {
    kind: "conflict",
    title: "The webhook is switched off",
    help: "Nothing is sent to a webhook that is switched off. Switch it on first.",
  },
  "webhook.too_many": {
    kind: "conflict",
    title: "There are as many webhooks as one person may have",
    help: "Delete one that is no longer needed.",
  },
  "alert.nothing_to_undo": {
    kind: "conflict",
    title: "There is nothing to undo",
    help: "This alert changed nothing by itself, or that was undone before.",
  },
  "alert.not_found": {
    kind: "not_found",
    title: "There is no such alert",
    help: "Check the id. Alerts are removed after some months.",
  },
  "plan.in_use": {
    kind: "conflict",
    title: "People are on this plan",
    help: "Give them another plan first; a plan that somebody has cannot be deleted.",
  },
  "plan.id_taken": {
    kind: "conflict",
    title: "There is a plan with this id",
    help: "Choose another id: it stands in addresses and filters, so each plan has its own.",
  },
  "session.not_found": {
    kind: "not_found",
    title: "There is no such session",
    help: "It may have ended already.",
  },
  "audit.unavailable": {
    kind: "unavailable",
    title: "The change was refused because it could not be recorded",
    help: "Every change is written to the audit log in the same step. The log could not be written, so nothing was changed. Check disk space and the log of the app.",
  },
  "service.unavailable": {
    kind: "unavailable",
    title: "The app cannot answer right now",
    help: "A part it depends on, usually the database, did not answer in time. It recovers by itself; try again shortly. If it lasts, check disk space and the log of the app.",
  },
  "service.error": {
    kind: "internal",
    title: "Something went wrong on our side",
    help: "The request id of the answer finds the reason in the log of the app.",
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;

export const isErrorCode = (value: string): value is ErrorCode => Object.hasOwn(errorTable, value);

/** One fault in an input: where it is (RFC 6901 pointer), what is wrong, how to mend it. */
export type Fault = { pointer: string; message: string; fix: string };

type Subject = { userId: string; keyId: string };

type AppErrorOptions = {
  /** The one public sentence; the table's title when absent. */
  detail?: string;
  faults?: Fault[];
  retryAfterSeconds?: number;
  /** Further public members of the problem body. */
  extra?: Record<string, unknown>;
  /** Headers of the answer that belong to this error. */
  headers?: Record<string, string>;
  /** Whose credential was refused, so that its owner can be told why; never part of the answer. */
  subject?: Subject | undefined;
  /** For the log only; never leaves the process. */
  cause?: unknown;
};

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly faults: Fault[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly extra: Record<string, unknown> | undefined;
  readonly headers: Record<string, string> | undefined;
  readonly subject: Subject | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.detail ?? `${errorTable[code].title}.`, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.faults = options.faults;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.extra = options.extra;
    this.headers = options.headers;
    this.subject = options.subject;
  }
}

/** A fault in one named value, as a ready error. */
export function invalid(
  pointer: string,
  message: string,
  fix: string,
  code: ErrorCode = "request.invalid",
): AppError {
  return new AppError(code, { detail: message, faults: [{ pointer, message, fix }] });
}
