import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The optimiser is the part of Next with the worst security record, and no page here needs it.
  images: { unoptimized: true },
  // Loaded by Node itself: native code, WebAssembly and worker files do not survive bundling.
  serverExternalPackages: [
    "@prisma/adapter-better-sqlite3",
    "@prisma/adapter-pg",
    "@prisma/client",
    "@prisma/schema-engine-wasm",
    "better-sqlite3",
    "bcryptjs",
    "ioredis",
    "pg",
    "pino",
  ],
  experimental: { authInterrupts: true },
};

export default config;
