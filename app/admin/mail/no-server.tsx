import { Alert } from "@/app/_components/alert";

/** The plain words for an install that sends nothing yet. */
export const NoServer = () => (
  <Alert
    tone="info"
    className="mb-4"
    title="No mail server is set, so mails are kept here instead of being sent"
    text={
      <>
        Open one to read it and to hand over its link yourself; the same texts lie as files in the folder{" "}
        <Code>outbox</Code> of the data directory. To have them sent, start the app with{" "}
        <Code>SMTP_URL=smtp://user:password@mail.example.org:587</Code> and with the address they come from,{" "}
        <Code>MAIL_FROM=app@example.org</Code>.
      </>
    }
  />
);

const Code = ({ children }: { children: string }) => (
  <code className="font-mono text-[13px] text-ink wrap-anywhere">{children}</code>
);
