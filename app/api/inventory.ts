import type { DeclaredRoute } from "@/lib/http/openapi";
import type { RouteHandler } from "@/lib/http/route";
import * as jwks from "../.well-known/jwks.json/route";
import * as serverMetadata from "../.well-known/oauth-authorization-server/route";
import * as oauthIntrospect from "../oauth/introspect/route";
import * as oauthRevoke from "../oauth/revoke/route";
import * as oauthToken from "../oauth/token/route";
import * as inferenceLive from "../v2/health/live/route";
import * as inferenceReady from "../v2/health/ready/route";
import * as infer from "../v2/models/[model]/infer/route";
import * as inferenceModelReady from "../v2/models/[model]/ready/route";
import * as inferenceModel from "../v2/models/[model]/route";
import * as inferVersion from "../v2/models/[model]/versions/[version]/infer/route";
import * as inferenceVersionReady from "../v2/models/[model]/versions/[version]/ready/route";
import * as inferenceVersion from "../v2/models/[model]/versions/[version]/route";
import * as inferenceServer from "../v2/route";
import * as accountLink from "./auth/accounts/[provider]/link/route";
import * as ownAccount from "./auth/accounts/[provider]/route";
import * as ownAccounts from "./auth/accounts/route";
import * as captcha from "./auth/captcha/route";
import * as emailChange from "./auth/email/change/route";
import * as emailProof from "./auth/email/proof/route";
import * as emailVerify from "./auth/email/verify/route";
import * as invitationAccept from "./auth/invitation/accept/route";
import * as invitations from "./auth/invitations/route";
import * as linkInspect from "./auth/link/inspect/route";
import * as login from "./auth/login/route";
import * as logout from "./auth/logout/route";
import * as ownData from "./auth/me/export/route";
import * as me from "./auth/me/route";
import * as mfaChallenge from "./auth/mfa/challenge/route";
import * as passkey from "./auth/mfa/passkeys/[id]/route";
import * as newPasskeyOptions from "./auth/mfa/passkeys/options/route";
import * as passkeys from "./auth/mfa/passkeys/route";
import * as recoveryCodes from "./auth/mfa/recovery-codes/route";
import * as mfa from "./auth/mfa/route";
import * as mfaSetup from "./auth/mfa/setup/route";
import * as totpConfirm from "./auth/mfa/totp/confirm/route";
import * as totp from "./auth/mfa/totp/route";
import * as passkeyOptions from "./auth/passkey/options/route";
import * as passwordChange from "./auth/password/change/route";
import * as passwordForgot from "./auth/password/forgot/route";
import * as passwordReset from "./auth/password/reset/route";
import * as refresh from "./auth/refresh/route";
import * as registerConfirm from "./auth/register/confirm/route";
import * as register from "./auth/register/route";
import * as ownSession from "./auth/sessions/[id]/route";
import * as ownSessions from "./auth/sessions/route";
import * as stepUpOptions from "./auth/step-up/options/route";
import * as stepUp from "./auth/step-up/route";
import * as live from "./health/live/route";
import * as ready from "./health/ready/route";
import * as metrics from "./metrics/route";
import * as auditExport from "./v1/admin/audit/export/route";
import * as audit from "./v1/admin/audit/route";
import * as auditVerify from "./v1/admin/audit/verify/route";
import * as adminKeyRevoke from "./v1/admin/keys/[id]/revoke/route";
import * as adminKey from "./v1/admin/keys/[id]/route";
import * as adminKeys from "./v1/admin/keys/route";
import * as mail from "./v1/admin/mails/[id]/route";
import * as mailSend from "./v1/admin/mails/[id]/send/route";
import * as mails from "./v1/admin/mails/route";
import * as modelFiles from "./v1/admin/model-files/route";
import * as modelUpstreams from "./v1/admin/model-upstreams/route";
import * as modelPromote from "./v1/admin/models/[model]/promote/route";
import * as adminModel from "./v1/admin/models/[model]/route";
import * as modelTry from "./v1/admin/models/[model]/try/route";
import * as modelVersions from "./v1/admin/models/[model]/versions/route";
import * as adminModels from "./v1/admin/models/route";
import * as plan from "./v1/admin/plans/[id]/route";
import * as plans from "./v1/admin/plans/route";
import * as provider from "./v1/admin/providers/[id]/route";
import * as providers from "./v1/admin/providers/route";
import * as settings from "./v1/admin/settings/route";
import * as signingKeys from "./v1/admin/signing-keys/route";
import * as adminUsageCalls from "./v1/admin/usage/calls/route";
import * as nearCap from "./v1/admin/usage/near-cap/route";
import * as adminUsage from "./v1/admin/usage/route";
import * as userFactors from "./v1/admin/users/[id]/factors/route";
import * as userGrants from "./v1/admin/users/[id]/grants/route";
import * as userInvitation from "./v1/admin/users/[id]/invitation/route";
import * as userLimits from "./v1/admin/users/[id]/limits/route";
import * as userPassword from "./v1/admin/users/[id]/password/route";
import * as userRestore from "./v1/admin/users/[id]/restore/route";
import * as user from "./v1/admin/users/[id]/route";
import * as userSessions from "./v1/admin/users/[id]/sessions/route";
import * as userStatement from "./v1/admin/users/[id]/statements/[month]/route";
import * as users from "./v1/admin/users/route";
import * as alertSeen from "./v1/alerts/[id]/seen/route";
import * as alertUndo from "./v1/alerts/[id]/undo/route";
import * as alertChoices from "./v1/alerts/choices/route";
import * as alerts from "./v1/alerts/route";
import * as keyRoll from "./v1/keys/[id]/roll/route";
import * as key from "./v1/keys/[id]/route";
import * as keyReport from "./v1/keys/report/route";
import * as keys from "./v1/keys/route";
import * as modelOpenApi from "./v1/models/[model]/openapi.json/route";
import * as model from "./v1/models/[model]/route";
import * as models from "./v1/models/route";
import * as prediction from "./v1/predictions/[id]/route";
import * as predictionEstimate from "./v1/predictions/estimate/route";
import * as predictions from "./v1/predictions/route";
import * as refusal from "./v1/refusals/[id]/route";
import * as taskCancel from "./v1/tasks/[id]/cancel/route";
import * as taskResults from "./v1/tasks/[id]/results/route";
import * as taskResume from "./v1/tasks/[id]/resume/route";
import * as task from "./v1/tasks/[id]/route";
import * as taskEstimate from "./v1/tasks/estimate/route";
import * as tasks from "./v1/tasks/route";
import * as usageCalls from "./v1/usage/calls/route";
import * as usageLimits from "./v1/usage/limits/route";
import * as usage from "./v1/usage/route";
import * as ownStatement from "./v1/usage/statements/[month]/route";
import * as verify from "./v1/verify/route";
import * as deliveryReplay from "./v1/webhooks/[id]/deliveries/[delivery]/replay/route";
import * as webhookDeliveries from "./v1/webhooks/[id]/deliveries/route";
import * as webhookRoll from "./v1/webhooks/[id]/roll/route";
import * as webhook from "./v1/webhooks/[id]/route";
import * as webhookTest from "./v1/webhooks/[id]/test/route";
import * as webhooks from "./v1/webhooks/route";

/** Every route module by its address; `npm run check` compares it with the files on disk. */
export const inventory: Record<string, object> = {
  "/.well-known/jwks.json": jwks,
  "/.well-known/oauth-authorization-server": serverMetadata,
  "/api/auth/email/change": emailChange,
  "/api/auth/email/proof": emailProof,
  "/api/auth/email/verify": emailVerify,
  "/api/auth/captcha": captcha,
  "/api/auth/accounts": ownAccounts,
  "/api/auth/accounts/{provider}": ownAccount,
  "/api/auth/accounts/{provider}/link": accountLink,
  "/api/auth/invitation/accept": invitationAccept,
  "/api/auth/invitations": invitations,
  "/api/auth/link/inspect": linkInspect,
  "/api/auth/login": login,
  "/api/auth/logout": logout,
  "/api/auth/me": me,
  "/api/auth/me/export": ownData,
  "/api/auth/mfa": mfa,
  "/api/auth/mfa/challenge": mfaChallenge,
  "/api/auth/mfa/passkeys": passkeys,
  "/api/auth/mfa/passkeys/options": newPasskeyOptions,
  "/api/auth/mfa/passkeys/{id}": passkey,
  "/api/auth/mfa/recovery-codes": recoveryCodes,
  "/api/auth/mfa/setup": mfaSetup,
  "/api/auth/mfa/totp": totp,
  "/api/auth/mfa/totp/confirm": totpConfirm,
  "/api/auth/passkey/options": passkeyOptions,
  "/api/auth/password/change": passwordChange,
  "/api/auth/password/forgot": passwordForgot,
  "/api/auth/password/reset": passwordReset,
  "/api/auth/refresh": refresh,
  "/api/auth/register": register,
  "/api/auth/register/confirm": registerConfirm,
  "/api/auth/sessions": ownSessions,
  "/api/auth/sessions/{id}": ownSession,
  "/api/auth/step-up": stepUp,
  "/api/auth/step-up/options": stepUpOptions,
  "/api/health/live": live,
  "/api/health/ready": ready,
  "/api/metrics": metrics,
  "/api/v1/admin/audit": audit,
  "/api/v1/admin/audit/export": auditExport,
  "/api/v1/admin/audit/verify": auditVerify,
  "/api/v1/admin/keys": adminKeys,
  "/api/v1/admin/keys/{id}": adminKey,
  "/api/v1/admin/keys/{id}/revoke": adminKeyRevoke,
  "/api/v1/admin/mails": mails,
  "/api/v1/admin/mails/{id}": mail,
  "/api/v1/admin/mails/{id}/send": mailSend,
  "/api/v1/admin/model-files": modelFiles,
  "/api/v1/admin/model-upstreams": modelUpstreams,
  "/api/v1/admin/models": adminModels,
  "/api/v1/admin/models/{model}": adminModel,
  "/api/v1/admin/models/{model}/promote": modelPromote,
  "/api/v1/admin/models/{model}/try": modelTry,
  "/api/v1/admin/models/{model}/versions": modelVersions,
  "/api/v1/admin/plans": plans,
  "/api/v1/admin/plans/{id}": plan,
  "/api/v1/admin/providers": providers,
  "/api/v1/admin/providers/{id}": provider,
  "/api/v1/admin/settings": settings,
  "/api/v1/admin/signing-keys": signingKeys,
  "/api/v1/admin/usage": adminUsage,
  "/api/v1/admin/usage/calls": adminUsageCalls,
  "/api/v1/admin/usage/near-cap": nearCap,
  "/api/v1/admin/users": users,
  "/api/v1/admin/users/{id}": user,
  "/api/v1/admin/users/{id}/factors": userFactors,
  "/api/v1/admin/users/{id}/grants": userGrants,
  "/api/v1/admin/users/{id}/invitation": userInvitation,
  "/api/v1/admin/users/{id}/limits": userLimits,
  "/api/v1/admin/users/{id}/password": userPassword,
  "/api/v1/admin/users/{id}/restore": userRestore,
  "/api/v1/admin/users/{id}/sessions": userSessions,
  "/api/v1/admin/users/{id}/statements/{month}": userStatement,
  "/api/v1/alerts": alerts,
  "/api/v1/alerts/choices": alertChoices,
  "/api/v1/alerts/{id}/seen": alertSeen,
  "/api/v1/alerts/{id}/undo": alertUndo,
  "/oauth/introspect": oauthIntrospect,
  "/oauth/revoke": oauthRevoke,
  "/oauth/token": oauthToken,
  "/api/v1/keys": keys,
  "/api/v1/keys/report": keyReport,
  "/api/v1/keys/{id}": key,
  "/api/v1/keys/{id}/roll": keyRoll,
  "/api/v1/models": models,
  "/api/v1/models/{model}": model,
  "/api/v1/models/{model}/openapi.json": modelOpenApi,
  "/api/v1/refusals/{id}": refusal,
  "/api/v1/predictions": predictions,
  "/api/v1/predictions/estimate": predictionEstimate,
  "/api/v1/predictions/{id}": prediction,
  "/api/v1/usage": usage,
  "/api/v1/usage/calls": usageCalls,
  "/api/v1/usage/limits": usageLimits,
  "/api/v1/usage/statements/{month}": ownStatement,
  "/api/v1/tasks": tasks,
  "/api/v1/tasks/estimate": taskEstimate,
  "/api/v1/tasks/{id}": task,
  "/api/v1/tasks/{id}/cancel": taskCancel,
  "/api/v1/tasks/{id}/results": taskResults,
  "/api/v1/tasks/{id}/resume": taskResume,
  "/api/v1/verify": verify,
  "/api/v1/webhooks": webhooks,
  "/api/v1/webhooks/{id}": webhook,
  "/api/v1/webhooks/{id}/deliveries": webhookDeliveries,
  "/api/v1/webhooks/{id}/deliveries/{delivery}/replay": deliveryReplay,
  "/api/v1/webhooks/{id}/roll": webhookRoll,
  "/api/v1/webhooks/{id}/test": webhookTest,
  "/v2": inferenceServer,
  "/v2/health/live": inferenceLive,
  "/v2/health/ready": inferenceReady,
  "/v2/models/{model}": inferenceModel,
  "/v2/models/{model}/infer": infer,
  "/v2/models/{model}/ready": inferenceModelReady,
  "/v2/models/{model}/versions/{version}": inferenceVersion,
  "/v2/models/{model}/versions/{version}/infer": inferVersion,
  "/v2/models/{model}/versions/{version}/ready": inferenceVersionReady,
};

export const declaredRoutes = (): DeclaredRoute[] =>
  Object.entries(inventory).flatMap(([path, module]) =>
    Object.entries(module).map(([method, handler]) => ({
      method,
      path,
      declaration: (handler as RouteHandler).declaration,
    })),
  );
