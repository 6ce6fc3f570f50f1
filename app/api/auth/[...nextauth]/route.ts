import { nextAuthGet, nextAuthPost } from "@/lib/http/next-auth";

export const GET = nextAuthGet;
export const POST = nextAuthPost;
