import { type NextRequest, NextResponse } from "next/server";
import { gate } from "./lib/http/gate";
import { isOwnHost } from "./lib/http/host";

/** Our own host has asked the gate before it called Next; under any other host it is asked here. */
export async function middleware(request: NextRequest) {
  return (isOwnHost() ? null : await gate(request)) ?? NextResponse.next();
}

export const config = { runtime: "nodejs", matcher: ["/((?!_next/static|icon.svg).*)"] };
