import { route } from "@/lib/http/route";
import { lookAtLink } from "@/lib/users/links";
import { inspectLinkBody, linkInspectionView } from "@/lib/users/schema";

export const POST = route(
  {
    summary: "Look at a one-time link without using it",
    auth: "anonymous",
    body: inspectLinkBody,
    response: { status: 200, schema: linkInspectionView },
    errors: ["link.invalid"],
  },
  async ({ body }) => lookAtLink(body.purpose, body.token),
);
