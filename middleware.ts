import { type NextRequest, NextResponse } from "next/server";
import { gate } from "./lib/http/gate";

export function middleware(request: NextRequest) {
  return gate(request) ?? NextResponse.next();
}

export const config = { runtime: "nodejs", matcher: ["/((?!_next/static|icon.svg).*)"] };
