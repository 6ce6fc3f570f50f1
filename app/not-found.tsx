import type { Metadata } from "next";
import { LinkButton } from "./_components/button";
import { Notice } from "./_components/notice";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Notice
      eyebrow="404"
      title="There is nothing at this address"
      text="The link may be old, or a letter of the address may be wrong."
      action={
        <LinkButton href="/" variant="primary">
          Go to the start page
        </LinkButton>
      }
    />
  );
}
