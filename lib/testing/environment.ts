const settingNames =
  /^(PORT|HOST|BASE_URL|DATA_DIR|DATABASE_URL|REDIS_URL|DB_DURABILITY|ACCESS_TOKEN_TTL|REFRESH_TOKEN_TTL|TOKEN_ALGORITHM|ADMIN_.*|AUTH_.*|NEXTAUTH_.*|CORS_ORIGINS|TRUSTED_PROXIES|MODEL_BYTES_MAX|TASK_BYTES_MAX|CURRENCY|SMTP_URL|MAIL_FROM|DEMO_MODE|DEMO_MODE_PUBLIC|LOG_LEVEL)$/;

/** The settings of a test: these and the defaults, whatever the shell that runs the tests has set. */
export function useSettings(settings: Record<string, string | undefined>): void {
  for (const name of Object.keys(process.env)) if (settingNames.test(name)) delete process.env[name];
  for (const [name, value] of Object.entries(settings)) if (value !== undefined) process.env[name] = value;
}
